import type { Navigation } from '../platform.ts'

/**
 * What the script fetches where there is no Navigation API: follows the History API. A proxy takes each method's place, on the
 * prototype or where another script has put its own: whoever calls it, asks about it or replaces it later notices nothing. It stays
 * when the tracker has stopped, for it may not be the last one in the row; it then does nothing of its own.
 *
 * @param callback called after each call, also of those that threw, with what the Navigation API would say of it
 */
export const followHistory = (callback: (navigation: Navigation) => void): void => {
  for (const method of ['pushState', 'replaceState'] as const) {
    const apply: ProxyHandler<History['pushState']>['apply'] = (...call) => {
      try {
        return Reflect.apply(...call) as unknown
      } finally {
        callback({ navigationType: method === 'replaceState' ? 'replace' : 'push' })
      }
    }
    // Unlike an assignment this does not throw where the page has frozen it.
    Reflect.set(Object.hasOwn(history, method) ? history : History.prototype, method, new Proxy(history[method], { apply }))
  }
  // Whatever was called while this was fetched.
  callback({})
}
