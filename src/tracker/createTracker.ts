import { startPageviews } from './autotrack/pageviews.ts'
import { createBrowser } from './browser/browser.ts'
import { onInput } from './browser/input.ts'
import { isVisible, startLifecycle } from './browser/lifecycle.ts'
import { onNavigation } from './browser/navigation.ts'
import { onOnline } from './browser/online.ts'
import { hasPrivacyControl } from './browser/privacyControl.ts'
import { createConsent } from './consent.ts'
import { createDispatcher } from './dispatcher.ts'
import { createEmitter } from './emitter.ts'
import { inertTracker } from './inertTracker.ts'
import { library } from './library.ts'
import { parseOptions, type TrackerOptions } from './options.ts'
import { startPresence } from './presence.ts'
import type { Draft } from './record.ts'
import { createRecorder } from './recorder.ts'
import { toSessionView } from './sessionView.ts'
import { createStore } from './store.ts'
import type { Tracker } from './tracker.ts'
import { defined, type Event, type Session } from '../model/index.ts'

/** Milliseconds until a session that the collector does not know yet is sent: its short id is wanted. */
const firstDelay = 200
/** Milliseconds that the collector may take to find a short id. */
const shortIdWait = 1000
/** Milliseconds between two looks at the visitor's input. */
const inputEvery = 1000
/** What `reset()` tells. */
const endOfVisit = { type: 'end', reason: 'reset' } as const

/** Puts a tracker together for a page, and starts it. On a server, and with wrong options, it is one that does nothing. */
export const createTracker = (options: TrackerOptions): Tracker => {
  if (typeof document === 'undefined') return inertTracker()
  const { settings, problems } = parseOptions(options)
  if (problems.length) {
    console.error(`Sojourn did not start. ${problems.join('; ')}`)
    return inertTracker()
  }

  const { site, autotrack, batch, middleware } = settings
  const { log, emit, fail, guard, on } = createEmitter(settings.debug)
  const platform = createBrowser(settings)
  const core = { platform, settings, emit, fail }
  let shown: string | undefined

  const view = (): Session | undefined => toSessionView(store.known(), platform, settings)
  const hasShortId = (): boolean => !!store.known()?.facts?.shortId

  const store = createStore({
    ...core,
    onRecord: ({ session, facts }) => {
      presence.look()
      const state = JSON.stringify([session?.id, facts])
      if (session && state !== shown) emit('session', view()!)
      shown = state
    },
    onCommitted: () => dispatcher.schedule(hasShortId() ? batch.maxDelayMs : firstDelay),
  })
  const dispatcher = createDispatcher({
    ...core,
    store,
    envelope: () => ({
      v: 1,
      site,
      sentAt: platform.now(),
      visitor: { id: store.known()!.visitor },
      library,
      context: platform.context(),
      ...(!hasShortId() && { wait: shortIdWait }),
    }),
  })
  const consent = createConsent<Draft>(settings.honorGlobalPrivacyControl && hasPrivacyControl() ? 'denied' : settings.consent, store.add)

  /** Gives what happened its instant and id; a middleware may change what it says, not which event it is. */
  const add = (says: { type: Event['type'] } & object, at = platform.now(), change?: TrackerOptions['middleware']): void => {
    const identity = { id: platform.newId(at), at, type: says.type }
    const event = defined({ ...says, ...identity }) as Partial<Event>
    const passed = change ? change(event) : event
    log(passed ? 'event' : 'dropped', passed ?? event)
    if (passed) consent.add({ ...passed, ...identity } as Draft)
  }
  const presence = startPresence({
    platform,
    record: store.known,
    add,
    lead: batch.maxDelayMs + inputEvery,
    onState: state => emit(state, view()),
  })
  const recorder = createRecorder({ ...core, record: says => add(says, undefined, middleware) })
  const pageviews = startPageviews({
    address: () => platform.page().url,
    isVisible: () => autotrack !== false && isVisible(),
    pageview: recorder.pageview,
  })

  const stops = [
    platform.onTold(
      guard(message => {
        presence.onTold(message.inputAt)
        store.learn(message)
      }),
    ),
    // Runs after the page's own code of this task, when a router has set the title.
    onNavigation(() => platform.after(0, guard(pageviews.look))),
    onInput(guard(presence.onInput), inputEvery),
    startLifecycle(
      guard((isShown, isRestored) => {
        if (isShown || consent.isGranted()) presence.onVisible(isShown)
        if (isShown) pageviews.look(isRestored)
        else if (consent.isGranted()) dispatcher.leave(store.leave())
      }),
    ),
    onOnline(guard(dispatcher.wake)),
    presence.stop,
    dispatcher.stop,
  ]
  /** Resolves when everything so far is in the outbox; false when nothing is to be kept. */
  const settled = async (): Promise<boolean> => consent.isGranted() && (await store.committed(), true)

  const tracker: Tracker = {
    pageview: guard(recorder.pageview),
    screenview: guard(recorder.screenview),
    track: guard(recorder.track),
    identify: guard(recorder.identify),
    session: async () => ((await settled()) ? view() : undefined),
    shortId: () =>
      new Promise(resolve => {
        const tell = (session = view()): void => {
          if (session?.shortId) resolve(session.shortId)
        }
        tell()
        on('session', tell)
      }),
    on,
    flush: async () => {
      if (await settled()) await dispatcher.flush()
    },
    reset: guard(() => add(endOfVisit)),
    stop: () => stops.splice(0).forEach(stop => stop()),
    consent: guard(consent.set),
  }
  if (Array.isArray(autotrack)) stops.push(...autotrack.map(source => source(tracker)))
  return tracker
}
