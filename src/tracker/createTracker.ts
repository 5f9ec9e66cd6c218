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
import type { Envelope } from './encode.ts'
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

const defaultBatch: BatchOptions = { maxEvents: 250, maxBytes: 60_000, maxDelayMs: 5000 }
/** Milliseconds until a session that the collector does not know yet is sent: its short id is wanted. */
const firstDelay = 200
/** Milliseconds that the collector may take to find a short id. */
const shortIdWait = 1000
/** Milliseconds between two looks at the visitor's input. */
const inputEvery = 1000
/** Words that visitors search a site for are looked for in these parameters. */
const searchParameters = ['q', 'query', 'search', 's']

const troubles: Partial<Record<Trouble['code'], string>> = {
  refused: 'the collector refused events for good, they are dropped',
  tooLarge: 'an event is too large for the collector, it is dropped',
  unreachable: 'the collector cannot be reached, events wait and are sent again',
}

/** Puts a tracker together for a page, and starts it. On a server, and with wrong options, it is one that does nothing. */
export const createTracker = (options: TrackerOptions): Tracker => {
  const problems = findProblems(options)
  if (problems.length) console.error(`Sojourn did not start. ${problems.join('; ')}`)
  if (problems.length || typeof document === 'undefined') return inertTracker()

  const batch = { ...defaultBatch, ...options.batch }
  const platform = createBrowser({ ...options, collector: (options.collector ?? location.origin).replace(/\/$/, '') })
  const admission = createAdmission(platform, options)
  const log = (...details: unknown[]): void => {
    if (options.debug) console.debug('[sojourn]', ...details)
  }
  const fail = (code: Trouble['code'], message: string): void => {
    log(code, message)
    emitter.emit('error', { code, message })
  }
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
    admission,
    onRecord: record => {
      presence.look()
      view.update(record)
    },
    onCommitted: () => dispatcher.schedule(shortIdOf(store.known()) ? batch.maxDelayMs : Math.min(firstDelay, batch.maxDelayMs)),
    onStorageFailed: cause => fail('storage', `the browser's storage failed, going on in memory: ${String(cause)}`),
  })

  const envelope = (): Envelope => ({
    v: 1,
    site: options.site,
    sentAt: platform.now(),
    visitor: { id: store.known()!.visitor },
    library,
    context: platform.context(),
    ...(!shortIdOf(store.known()) && { wait: shortIdWait }),
  })

  const dispatcher = createDispatcher({
    platform,
    batch,
    envelope,
    pending: store.pending,
    acknowledge: store.acknowledge,
    onDelivered: result => {
      log('delivered', result)
      emitter.emit('delivered', result)
      for (const { id, reason } of result.rejected) fail('rejected', `the collector rejected event ${id}: ${reason}`)
    },
    onTrouble: ({ reason, status }) => fail(reason, `${troubles[reason]} (status ${status})`),
  })

  const consent = createConsent<Draft>(
    options.honorGlobalPrivacyControl && hasPrivacyControl() ? 'denied' : (options.consent ?? 'granted'),
    store.add,
  )
  const add = (draft: Draft): void => {
    log(draft.type, draft)
    consent.add(draft)
  }
  const presence = startPresence({
    platform,
    record: store.known,
    add,
    touch: store.touch,
    lead: batch.maxDelayMs + inputEvery,
    onState: state => emitter.emit(state, view.show(store.known())),
  })
  const { end, ...recorder } = createRecorder({
    platform,
    campaign: options.campaign ?? {},
    searchParameters: options.searchParameters ?? searchParameters,
    middleware: options.middleware as ((draft: Draft) => unknown) | undefined,
    add,
    refuse: message => fail('argument', message),
  })

  const stops = [
    platform.onTold(guard(store.hear)),
    onInput(guard(presence.onInput), inputEvery),
    startLifecycle({
      onShow: guard(restored => {
        presence.onVisible(true)
        pageviews?.onShow(restored)
      }),
      onHide: guard(() => {
        if (consent.state() !== 'granted') return
        presence.onVisible(false)
        dispatcher.leave(store.leave())
      }),
    }),
    onOnline(guard(dispatcher.wake)),
    presence.stop,
    dispatcher.stop,
  ]
  const pageviews =
    options.autotrack === false
      ? undefined
      : startPageviews({
          address: () => platform.page().url,
          isVisible,
          onNavigate: callback => onNavigation(guard(callback)),
          soon: callback => void platform.after(0, guard(callback)),
          pageview: () => recorder.pageview(),
        })
  if (pageviews) stops.push(pageviews.stop)

  const tracker: Tracker = {
    pageview: guard(recorder.pageview),
    screenview: guard(recorder.screenview),
    track: guard(recorder.track),
    identify: guard(recorder.identify),
    session: async () => (consent.state() === 'granted' ? view.show(await store.read()) : undefined),
    shortId: () => view.shortId(store.known()),
    on: (name, handler) => {
      if (eventNames.includes(name) && typeof handler === 'function') return emitter.on(name, handler)
      fail('argument', `on: expected one of ${eventNames.join(', ')} and a function, got ${String(name)}`)
      return () => {}
    },
    flush: async () => {
      if (consent.state() !== 'granted') return
      await store.committed()
      await dispatcher.flush()
    },
    reset: guard(end),
    stop: () => stops.splice(0).forEach(stop => stop()),
    consent: guard(consent.set),
  }
  if (Array.isArray(options.autotrack)) stops.push(...options.autotrack.map(source => source(tracker)))
  return tracker
}
