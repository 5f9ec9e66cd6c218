import { startPageviews } from './autotrack/pageviews.ts'
import { createAdmission } from './admission.ts'
import { createBrowser } from './browser/browser.ts'
import { onInput } from './browser/input.ts'
import { isVisible, startLifecycle } from './browser/lifecycle.ts'
import { onNavigation } from './browser/navigation.ts'
import { onOnline } from './browser/online.ts'
import { hasPrivacyControl } from './browser/privacyControl.ts'
import { createConsent } from './consent.ts'
import { createDispatcher, type BatchOptions } from './dispatcher.ts'
import { createEmitter, eventNames, type Trouble } from './emitter.ts'
import { createGuard } from './guard.ts'
import { inertTracker } from './inertTracker.ts'
import { library } from './library.ts'
import { findProblems, type TrackerOptions } from './options.ts'
import { startPresence } from './presence.ts'
import type { Draft } from './record.ts'
import { createRecorder } from './recorder.ts'
import { createSessionView, shortIdOf } from './sessionView.ts'
import { createStore } from './store.ts'
import type { Tracker } from './tracker.ts'
import { defined, type Event } from '../model/index.ts'

const defaultBatch: BatchOptions = { maxEvents: 250, maxBytes: 60_000, maxDelayMs: 5000 }
/** Milliseconds until a session that the collector does not know yet is sent: its short id is wanted. */
const firstDelay = 200
/** Milliseconds that the collector may take to find a short id. */
const shortIdWait = 1000
/** Milliseconds between two looks at the visitor's input. */
const inputEvery = 1000
/** Words that visitors search a site for are looked for in these parameters. */
const searchParameters = ['q', 'query', 'search', 's']

/** What `reset()` tells. */
const endOfVisit = { type: 'end', reason: 'reset' } as const

const troubles = {
  refused: 'the collector refused events for good, they are dropped',
  tooLarge: 'an event is too large for the collector, it is dropped',
  unreachable: 'the collector cannot be reached, events wait and are sent again',
  storage: "the browser's storage failed, going on in memory",
  internal: 'an event could not be taken',
}

/** Puts a tracker together for a page, and starts it. On a server, and with wrong options, it is one that does nothing. */
export const createTracker = (options: TrackerOptions): Tracker => {
  const problems = findProblems(options)
  if (problems.length) console.error(`Sojourn did not start. ${problems.join('; ')}`)
  if (problems.length || typeof document === 'undefined') return inertTracker()

  const batch = { ...defaultBatch, ...options.batch }
  const platform = createBrowser({ ...options, collector: (options.collector ?? location.origin).replace(/\/$/, '') })
  const log = (...details: unknown[]): void => {
    if (options.debug) console.debug('[sojourn]', ...details)
  }
  const fail = (code: Trouble['code'], message: string): void => {
    log(code, message)
    emitter.emit('error', { code, message })
  }
  const failFor = (code: keyof typeof troubles, cause: unknown): void => fail(code, `${troubles[code]} (${String(cause)})`)
  const guard = createGuard(cause => fail('internal', String(cause)))
  const emitter = createEmitter(guard)
  const view = createSessionView({
    now: platform.now,
    userAgent: navigator.userAgent,
    app: options.app,
    onChange: session => emitter.emit('session', session),
  })

  const store = createStore({
    platform,
    admission: createAdmission(platform, options),
    onRecord: record => {
      presence.look()
      view.update(record)
    },
    onCommitted: () => dispatcher.schedule(shortIdOf(store.known()) ? batch.maxDelayMs : Math.min(firstDelay, batch.maxDelayMs)),
    onFailed: failFor,
  })

  const dispatcher = createDispatcher({
    platform,
    batch,
    store,
    envelope: () => ({
      v: 1,
      site: options.site,
      sentAt: platform.now(),
      visitor: { id: store.known()!.visitor },
      library,
      context: platform.context(),
      ...(!shortIdOf(store.known()) && { wait: shortIdWait }),
    }),
    onDelivered: result => {
      log('delivered', result)
      emitter.emit('delivered', result)
      for (const { id, reason } of result.rejected) fail('rejected', `the collector rejected event ${id}: ${reason}`)
    },
    onTrouble: failFor,
  })

  const consent = createConsent<Draft>(
    options.honorGlobalPrivacyControl && hasPrivacyControl() ? 'denied' : (options.consent ?? 'granted'),
    store.add,
  )
  /** Gives what happened its instant and id; a middleware may change what it says, not which event it is. */
  const add = (says: { type: Event['type'] } & object, at = platform.now(), middleware?: TrackerOptions['middleware']): void => {
    const identity = { id: platform.newId(at), at, type: says.type }
    const event = defined({ ...says, ...identity }) as Partial<Event>
    const passed = middleware ? middleware(event) : event
    log(passed ? 'event' : 'dropped by the middleware', passed ?? event)
    if (passed) consent.add({ ...passed, ...identity, inputAt: presence.inputAt() } as Draft)
  }
  const presence = startPresence({
    platform,
    record: store.known,
    add,
    lead: batch.maxDelayMs + inputEvery,
    onState: state => emitter.emit(state, view.show(store.known())),
  })
  const recorder = createRecorder({
    platform,
    campaign: options.campaign,
    searchParameters: options.searchParameters ?? searchParameters,
    record: says => add(says, undefined, options.middleware),
    refuse: message => fail('argument', message),
  })

  const pageviews =
    options.autotrack !== false &&
    startPageviews({
      address: () => platform.page().url,
      isVisible,
      onNavigate: callback => onNavigation(guard(callback)),
      soon: callback => void platform.after(0, guard(callback)),
      pageview: () => recorder.pageview(),
    })
  const stops = [
    platform.onTold(
      guard(message => {
        if (message.inputAt) presence.onTold(message.inputAt)
        store.learn(message)
      }),
    ),
    onInput(guard(presence.onInput), inputEvery),
    startLifecycle({
      onShow: guard(restored => {
        presence.onVisible(true)
        if (pageviews) pageviews.onShow(restored)
      }),
      onHide: guard(() => {
        if (!consent.isGranted()) return
        presence.onVisible(false)
        dispatcher.leave(store.leave())
      }),
    }),
    onOnline(guard(dispatcher.wake)),
    presence.stop,
    dispatcher.stop,
  ]
  if (pageviews) stops.push(pageviews.stop)

  const tracker: Tracker = {
    pageview: guard(recorder.pageview),
    screenview: guard(recorder.screenview),
    track: guard(recorder.track),
    identify: guard(recorder.identify),
    session: async () => {
      if (!consent.isGranted()) return undefined
      await store.committed()
      return view.show(store.known())
    },
    shortId: () => view.shortId(store.known()),
    on: (name, handler) => {
      if (eventNames.includes(name) && typeof handler === 'function') return emitter.on(name, handler)
      fail('argument', `on: expected one of ${eventNames.join(', ')} and a function, got ${String(name)}`)
      return () => {}
    },
    flush: async () => {
      if (!consent.isGranted()) return
      await store.committed()
      await dispatcher.flush()
    },
    reset: guard(() => add(endOfVisit)),
    stop: () => stops.splice(0).forEach(stop => stop()),
    consent: guard(consent.set),
  }
  if (Array.isArray(options.autotrack)) stops.push(...options.autotrack.map(source => source(tracker)))
  return tracker
}
