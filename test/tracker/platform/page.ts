import { setMaxListeners } from 'node:events'
import type { Clock } from './clock.ts'

type Listener = (event: object) => void

interface Registration {
  type: string
  listener: Listener
  capture: boolean
  once: boolean
}

const isCapture = (options: boolean | AddEventListenerOptions = false): boolean => (typeof options === 'boolean' ? options : !!options.capture)

/** Listeners of the window or the document. What a listener throws is an uncaught error of the page. */
export const createListeners = (clock: Clock, onUncaught: (error: unknown) => void) => {
  const registered = new Set<Registration>()
  const find = (type: string, listener: Listener, capture: boolean): Registration | undefined =>
    [...registered].find(known => known.type === type && known.listener === listener && known.capture === capture)

  return {
    count: (): number => registered.size,
    target: {
      addEventListener: (type: string, listener: Listener, options?: boolean | AddEventListenerOptions): void => {
        const capture = isCapture(options)
        const signal = typeof options === 'object' ? options.signal : undefined
        if (signal?.aborted || find(type, listener, capture)) return
        // One signal ends all listening of a page: that is no leak.
        if (signal) setMaxListeners(0, signal)
        const known = { type, listener, capture, once: typeof options === 'object' && !!options.once }
        registered.add(known)
        if (signal) setMaxListeners(0, signal)
        signal?.addEventListener('abort', () => registered.delete(known))
      },
      removeEventListener: (type: string, listener: Listener, options?: boolean | AddEventListenerOptions): void => {
        const known = find(type, listener, isCapture(options))
        if (known) registered.delete(known)
      },
    },
    /** @param phase which listeners an event of something inside meets; all of them when it is the target itself */
    dispatch: (type: string, details: object = {}, phase: 'capture' | 'bubble' | 'target' = 'target'): void => {
      for (const known of [...registered]) {
        if (known.type !== type || (phase !== 'target' && known.capture !== (phase === 'capture'))) continue
        if (known.once) registered.delete(known)
        try {
          known.listener({ type, timeStamp: clock.elapsed(), isTrusted: true, ...details })
        } catch (error) {
          onUncaught(error)
        }
      }
    },
  }
}

/** The document and its address, as one page sees them. */
export const createDocument = (address: string, { referrer, visible }: { referrer: string; visible: boolean }) => {
  let url = new URL(address)
  const state = { visibilityState: visible ? 'visible' : 'hidden', prerendering: false, title: 'Shop', lang: 'en', keywords: undefined as string | undefined }
  const location = {
    get href() {
      return url.href
    },
    get origin() {
      return url.origin
    },
    get protocol() {
      return url.protocol
    },
    get host() {
      return url.host
    },
    get hostname() {
      return url.hostname
    },
    get pathname() {
      return url.pathname
    },
    get search() {
      return url.search
    },
    get hash() {
      return url.hash
    },
  }
  return {
    state,
    location,
    goTo: (next: string): void => void (url = new URL(next, url)),
    document: {
      referrer,
      get baseURI() {
        return url.href
      },
      currentScript: null as object | null,
      get visibilityState() {
        return state.visibilityState
      },
      get hidden() {
        return state.visibilityState === 'hidden'
      },
      get prerendering() {
        return state.prerendering
      },
      get URL() {
        return url.href
      },
      get title() {
        return state.title
      },
      get documentElement() {
        return { lang: state.lang }
      },
      querySelector: () => (state.keywords === undefined ? null : { content: state.keywords }),
    },
  }
}
