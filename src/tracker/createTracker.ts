import type { Draft } from './store/admission.ts'
import { createPageviews } from './autotrack/pageviews.ts'
import { createBrowser } from './browser/browser.ts'
import type { Core, Says } from './core.ts'
import { createDispatcher } from './sending/dispatcher.ts'
import { createEmitter, type Explain } from './emitter.ts'
import type { Extension } from './extension.ts'
import { parseOptions, type TrackerOptions } from './options.ts'
import type { Links } from './parts/links.ts'
import type { LoadPart, Parts } from './parts/parts.ts'
import { createPresence } from './presence.ts'
import type { TrackerRecord } from './store/record.ts'
import { createRecorder } from './recorder.ts'
import { createStore } from './store/store.ts'
import type { Views } from './parts/viewSession.ts'
import type { Tracker } from './tracker.ts'

/** Milliseconds until a session that the collector does not know yet is sent: its short id is wanted. */
const firstDelay = 200
/** What `reset()` tells. */
const endOfVisit = { type: 'end', reason: 'reset' } as const

/** Only what JSON keeps can be sent: what is no JSON at all throws here, and not when others wait behind it. To many null says that there is nothing. */
const toDraft = (says: object): Draft => JSON.parse(JSON.stringify(says, (_, value: unknown) => value ?? undefined)) as Draft

/** Says in the console what is wrong with the options; it names them even where the words for it cannot be had. */
const refuse = async (wrong: string[], words: Promise<Parts['check']>): Promise<void> => {
  console.error('Sojourn did not start.', await words.then(({ checkOptions }) => checkOptions(wrong), () => wrong.join('; ')))
}

/** How a visit crosses to other hosts until what does it is there: not at all. */
const alone: Links = { cross: (record, change) => change(record), decorate: address => address }

/** Puts a tracker together for a page, and starts it; undefined when an option is wrong. */
export const createTracker = (options: TrackerOptions, load: LoadPart, extension?: Extension): Tracker | undefined => {
  const { settings, wrong } = parseOptions(options)
  if (wrong.length) return void refuse(wrong, load('check', settings.collector))

  const { autotrack, batch } = settings
  const explain: Explain = (code, facts) => load('message', settings.collector).then(({ toMessage }) => toMessage(code, facts), () => facts.join(' '))
  const { log, emit, fail, guard, hears, on } = createEmitter(settings.debug, explain)
  const platform = createBrowser(settings, guard, {
    onInput: () => {
      const inputAt = platform.now()
      presence.onInput(inputAt)
      platform.tell({ inputAt })
    },
    onVisible: (isShown, isRestored) => {
      isGone &&= !isShown
      // First the page, which may open a session, then the news that it is seen.
      pageviews.look(isRestored)
      presence.onVisible(isShown)
    },
    onLeave: isLast => {
      isGone ||= isLast
      leave()
    },
    onNavigation: navigation => pageviews.onNavigation(navigation),
    follow: guard(async () => (await load('history', settings.collector)).followHistory(pageviews.onNavigation)),
    lease: async (name, task) => settings.anonymous ? task() : load('lease', settings.collector).then(({ runLeased }) => runLeased(name, task), task),
    onOnline: () => dispatcher.resume(),
    onTold: message => {
      presence.onInput(message.inputAt ?? 0)
      if (message.pause) dispatcher.pause(message.pause)
      store.learn(message)
    },
    onLeft: () => store.committed(),
  })
  const known = (): TrackerRecord | undefined => store.known()
  let views: Promise<Views> | undefined
  /** What is shown to the page; it is only fetched when somebody looks or listens, and again when that has failed. */
  const see = (): Promise<Views> => {
    views ??= load('session', settings.collector).then(({ viewSession }) => viewSession(known, store.kept, { now: platform.now, context: platform.context, announce: emit }))
    views.catch(() => (views = undefined))
    return views
  }
  const tell: Core['tell'] = guard(async name => hears(name) && (await see()).show(name))
  const news = guard(async (record: TrackerRecord) => {
    if (views ?? hears('session segment outcome')) (await see()).news(record)
  })
  const leave = (): void => store.leave(dispatcher.leave)

  /** Gives what happened its instant and id, unless it says them. */
  const add = (says: Says, at = platform.now()): void => {
    store.add(() => {
      const draft = toDraft({ id: platform.newId(at), at, ...says })
      log('event', draft)
      return draft
    }, !says.state)
    if (isGone) leave()
  }

  let preparing: unknown
  const prepare = (): unknown => (preparing ??= (settings.cookieDomain ?? settings.linkDomains) && connect())
  let links = alone
  const connect = guard(async () => (links = (await load('links', settings.collector)).createLinks(settings, known, platform.isStopped)))
  const core: Core = { platform, settings, emit, fail, guard, known, inputAt: () => presence.inputAt(), tell, add, prepare, cross: (record, change) => links.cross(record, change) }
  const waiting: ((shortId: string) => void)[] = []
  let lastVisit: string
  /** The page has said goodbye: nothing can wait any more. */
  let isGone = false
  const store = createStore(core, {
    onRecord: record => {
      presence.look()
      void news(record)
      const shortId = record.facts?.shortId
      if (shortId) waiting.splice(0).forEach(resolve => resolve(shortId))
    },
    onCommitted: () => {
      const { told, session } = known() ?? {}
      const visit = `${session?.id} ${told}`
      // Who comes, or comes back, is to be seen at once by whoever watches.
      dispatcher.schedule(visit === lastVisit ? batch.maxDelayMs : firstDelay)
      lastVisit = visit
    },
      // The page that is seen counts, although it has been there for a while.
    onAnew: () => pageviews.look(true),
  })
  const dispatcher = createDispatcher(core, store)

  const presence = createPresence(core)
  const take = extension?.take(core, log) ?? add
  const recorder = createRecorder(core, says => {
    const at = platform.now()
    presence.catchUp(at)
    take(says, at)
  })
  const pageviews = createPageviews(platform, left => {
    if (autotrack !== false) recorder.pageview(left)
  })
  pageviews.look()

  const flush = guard(async () => void ((await store.committed()) && (await dispatcher.flush())))
  const ask = <K extends 'session' | 'journeyContext'>(what: K): Tracker[K] =>
    guard(async () => ((await store.committed()) ? (await see())[what]() : undefined)) as Tracker[K]
  const tracker: Tracker = {
    ...recorder,
    session: ask('session'),
    shortId: () => store.committed().then(() => known()?.facts?.shortId ?? new Promise(resolve => waiting.push(resolve))),
    on,
    flush,
    reset: guard(() => {
      presence.look(true)
      add(endOfVisit)
    }),
    stop: () => stops.splice(0).forEach(stop => void guard(stop)()),
    consent: guard(store.consent),
    journeyContext: ask('journeyContext'),
    decorate: address => links.decorate(address),
  }
  const stops = [() => (store.leave(() => {}), store.gather(false)), platform.stop] // First what waits for company, for ever else; the page may go at once.
  extension?.start(tracker, core, stops)
  return tracker
}
