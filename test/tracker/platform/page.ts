import type { Clock } from './clock.ts'

type Listener = (event: object) => void

/** Listeners of the window or the document. What a listener throws is an uncaught error of the page. */
export const createListeners = (clock: Clock, onUncaught: (error: unknown) => void) => {
  const listeners = new Map<string, Set<Listener>>()
  return {
    count: (): number => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
    target: {
      addEventListener: (type: string, listener: Listener): void => void listeners.set(type, (listeners.get(type) ?? new Set()).add(listener)),
      removeEventListener: (type: string, listener: Listener): void => void listeners.get(type)?.delete(listener),
    },
    dispatch: (type: string, details: object = {}): void => {
      for (const listener of [...(listeners.get(type) ?? [])]) {
        try {
          listener({ type, timeStamp: clock.elapsed(), isTrusted: true, ...details })
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
      cookie: '',
      currentScript: null as object | null,
      get visibilityState() {
        return state.visibilityState
      },
      get prerendering() {
        return state.prerendering
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
