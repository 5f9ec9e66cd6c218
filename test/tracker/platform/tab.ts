import type { TrackerOptions } from '../../../src/tracker/options.ts'
import type { Tracker } from '../../../src/tracker/tracker.ts'
import { drain, type Clock } from './clock.ts'
import type { Collector } from './collector.ts'
import type { Cookies } from './cookies.ts'
import { createNetwork, TextBlob } from './network.ts'
import type { Origin } from './origin.ts'
import { createDocument, createListeners } from './page.ts'
import { createTimers } from './timers.ts'

export interface TabOptions {
  name?: string
  url?: string
  referrer?: string
  /** False: opened in the background. */
  visible?: boolean
  /** Has the Navigation API; without it the tracker follows the History API. */
  navigationApi?: boolean
  /** Has Web Locks: a secure context. Sandboxed frames have them and refuse their use. */
  locks?: boolean | 'refused'
  /** Has BroadcastChannel, or has it and throws. */
  channel?: boolean | 'refused'
  /** Has `fetch` with `keepalive`; without it the tracker leaves by beacon. */
  keepalive?: boolean
  /** Has `fetchLater`: what it is given is sent when the document is destroyed, also by a crash. */
  fetchLater?: boolean
  /** Has IndexedDB at all. */
  indexedDB?: boolean
  globalPrivacyControl?: boolean
  /** Modules that the script fetches arrive, are refused, or never come. */
  modules?: 'served' | 'refused' | 'never' | undefined
  userAgent?: string
  /** Its timers run once in a minute while it is hidden. */
  throttled?: boolean
  /** What `Math.random` says. */
  random?: () => number
}

interface Surroundings {
  /** Random bytes, the same in every run of a test. */
  fill<T extends ArrayBufferView>(view: T): T
  clock: Clock
  origin: Origin
  collector: Collector
  cookies: Cookies
  code: { createTracker: string; script: string; parts: Record<string, string> }
}

function refuse(): never {
  throw new DOMException('The operation is insecure', 'SecurityError')
}

const settings = { name: 'tab', url: 'https://shop.example.com/', referrer: '', visible: true, navigationApi: true, locks: true, channel: true, keepalive: true, modules: 'served' }

/** One page: the globals that the tracker finds there, and what a visitor and a browser do to it. */
export const createTab = ({ clock, origin, collector, cookies, code, fill }: Surroundings, given: TabOptions) => {
  const options = { ...settings, indexedDB: true, fetchLater: false, userAgent: 'TestBrowser/1.0', random: () => 0.5, ...given }
  const life = { alive: true, frozen: false }
  const isAlive = (): boolean => life.alive
  const isHeld = (): boolean => life.frozen
  const uncaught: unknown[] = []
  const messages: { level: string; text: string }[] = []
  const [underway, opened] = [new Set<IDBTransaction>(), [] as string[]]
  const page = createDocument(options.url, { referrer: options.referrer, visible: options.visible })
  const onWindow = createListeners(clock, error => uncaught.push(error))
  const onDocument = createListeners(clock, error => uncaught.push(error))
  const onNavigation = createListeners(clock, error => uncaught.push(error))
  const network = createNetwork(clock, collector, { name: options.name, isAlive })

  const hearer = { isAlive, hear: (key: string | null) => onWindow.dispatch('storage', { key }) }
  origin.disk.hearers.add(hearer)

  const timers = createTimers(clock, {
    isAlive,
    isHeld,
    isThrottled: () => options.throttled === true && page.state.visibilityState === 'hidden',
    onError: error => uncaught.push(error),
  })

  const toTimeout = (milliseconds: number): AbortSignal => {
    const controller = new AbortController()
    clock.after(milliseconds, () => controller.abort(), isHeld)
    return controller.signal
  }

  const go =
    (navigationType: 'push' | 'replace' | 'traverse') =>
    (_state: unknown, _title: string, url?: string | null): void => {
      if (url) page.goTo(String(url))
      onNavigation.dispatch('currententrychange', { navigationType })
    }
  const log = (level: string) => (...details: unknown[]): void => void messages.push({ level, text: details.map(String).join(' ') })

  cookies.attach(page.document, page.location.hostname)
  const window: Record<string, unknown> = {
    ...onWindow.target,
    document: Object.assign(page.document, onDocument.target),
    location: page.location,
    history: { state: null, pushState: go('push'), replaceState: go('replace') },
    navigation: options.navigationApi ? onNavigation.target : undefined,
    navigator: {
      userAgent: options.userAgent,
      language: 'en-GB',
      onLine: true,
      sendBeacon: network.sendBeacon,
      locks: options.locks === 'refused' ? { request: async () => refuse() } : options.locks ? origin.locksFor(isAlive) : undefined,
      globalPrivacyControl: options.globalPrivacyControl,
    },
    indexedDB: options.indexedDB ? origin.disk.openFor({ underway, isAlive }) : undefined,
    BroadcastChannel: options.channel === 'refused' ? refuse : options.channel ? origin.channelFor({ isAlive, isHeld }) : undefined,
    open: (url: string) => void opened.push(url),
    fetch: network.fetch,
    fetchLater: options.fetchLater ? network.fetchLater : undefined,
    Blob: TextBlob,
    Request: options.keepalive ? class { get keepalive() { return true } } : class {},
    CompressionStream: undefined,
    setTimeout: timers.setTimeout,
    clearTimeout: timers.clearTimeout,
    AbortSignal: { timeout: toTimeout },
    performance: { now: clock.elapsed, timeOrigin: clock.now() },
    Date: new Proxy(Date, {
      get: (target, key) => (key === 'now' ? clock.now : (Reflect.get(target, key) as unknown)),
      construct: (target, args) => new target(...(args.length ? (args as [number]) : ([clock.now()] as [number]))),
    }),
    Math: Object.create(Math, { random: { value: () => options.random() } }) as Math,
    crypto: { getRandomValues: fill },
    screen: { width: 1920, height: 1080 },
    innerWidth: 1200,
    innerHeight: 800,
    devicePixelRatio: 2,
    console: { error: log('error'), warn: log('warn'), info: log('info'), log: log('log'), debug: log('debug') },
    process: undefined,
    require: undefined,
  }
  for (const name of ['globalThis', 'window', 'self']) window[name] = window
  Object.defineProperty(window, 'localStorage', { get: () => origin.disk.localFor(hearer) })

  /** Runs code as the page does, with the page's globals instead of this process's. */
  const run = (text: string): unknown => (new Function('window', `with (window) { ${text} }`) as (page: object) => unknown)(window)

  /** Milliseconds that a module is on its way. */
  const way = 30
  window.importModule = (url: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const part = code.parts[/^https:.*\/sojourn-(\w+)\.js$/.exec(url)?.[1] ?? '']
      const answer = (): void => (part && options.modules === 'served' ? resolve(run(`${part}; return built`)) : reject(new TypeError(`Failed to fetch ${url}`)))
      if (options.modules !== 'never') clock.after(way, answer)
    })

  const startWith = (given: unknown): Tracker => (run(`${code.createTracker}; return built`) as { createTracker(options: unknown): Tracker }).createTracker(given)

  /** An event of the document passes the window on its way down, and on its way up when it bubbles. */
  const dispatchOnDocument = (type: string, bubbles: boolean): void => {
    onWindow.dispatch(type, {}, 'capture')
    onDocument.dispatch(type)
    if (bubbles) onWindow.dispatch(type, {}, 'bubble')
  }

  const setVisible = async (visible: boolean): Promise<void> => {
    page.state.visibilityState = visible ? 'visible' : 'hidden'
    if (visible) timers.release()
    dispatchOnDocument('visibilitychange', true)
    await drain()
  }
  /** The page is gone: its transactions end with it, and nothing of it runs any more. */
  const crash = (): void => {
    life.alive = false
    network.destroy()
    origin.disk.end(underway)
  }

  return {
    name: options.name,
    window,
    messages,
    /** What the page's console shows as errors. */
    errors: (): string[] => messages.filter(({ level }) => level === 'error').map(({ text }) => text),
    uncaught,
    listeners: (): number => onWindow.count() + onDocument.count() + onNavigation.count(),
    run,
    start: (more: Partial<TrackerOptions> = {}): Tracker => startWith({ site: 'shop', collector: 'https://collect.example.com', ...more }),
    /** Starts with whatever a page may pass. */
    startWith,
    /** Starts the tracker of an app. */
    startApp: (given: unknown): Tracker => (run(`${code.createTracker}; return built`) as { createAppTracker(options: unknown): Tracker }).createAppTracker(given),
    /** Runs the script tag's code, from the address of its `src` and with its `data-*` attributes. */
    runScript: (src: string, dataset: Record<string, string>, sites?: object): void => {
      page.document.currentScript = { src, dataset, sites }
      run(code.script)
      page.document.currentScript = null
    },
    title: (title: string): void => void (page.state.title = title),
    keywords: (keywords: string): void => void (page.state.keywords = keywords),
    push: (url: string): void => (window.history as History).pushState(null, '', url),
    replace: (url: string): void => (window.history as History).replaceState(null, '', url),
    /** The visitor goes back within the document. */
    back: (url: string): void => {
      go('traverse')(undefined, '', url)
      onWindow.dispatch('popstate')
    },
    input: (type = 'keydown', details: object = {}): void => onWindow.dispatch(type, details),
    opened,
    online: (): void => onWindow.dispatch('online'),
    /** The page's own code listens: on the document for `visibilitychange`, else on the window. */
    listen: (type: string, listener: () => void): void => (type === 'visibilitychange' ? onDocument : onWindow).target.addEventListener(type, listener),
    load: (): void => onWindow.dispatch('pageshow', { persisted: false }),
    hide: () => setVisible(false),
    show: () => setVisible(true),
    prerender: (): void => void (page.state.prerendering = true),
    activate: (): void => {
      page.state.prerendering = false
      dispatchOnDocument('prerenderingchange', false)
    },
    /** Goes away into the back/forward cache, and comes back from it. */
    freeze: async (): Promise<void> => {
      onWindow.dispatch('pagehide', { persisted: true })
      await drain()
      await setVisible(false)
      life.frozen = true
    },
    /** Freezes the hidden page in its tab, and lets it go on. */
    suspend: (): void => (dispatchOnDocument('freeze', true), void (life.frozen = true)),
    resume: (): void => ((life.frozen = false), dispatchOnDocument('resume', true)),
    restore: async (): Promise<void> => {
      life.frozen = false
      await setVisible(true)
      onWindow.dispatch('pageshow', { persisted: true })
      await drain()
    },
    /** The visitor closes the tab, or follows a link out of the document. */
    close: async (): Promise<void> => {
      onWindow.dispatch('beforeunload')
      await drain()
      onWindow.dispatch('pagehide', { persisted: false })
      await drain()
      if (page.state.visibilityState === 'visible') await setVisible(false)
      crash()
    },
    crash,
  }
}

export type Tab = ReturnType<typeof createTab>
