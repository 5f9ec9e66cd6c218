import type { Listen } from './listen.ts'

/** Follows the History API where there is no Navigation API. Its methods stay what they are for the page, but for the call. */
const startHistory = (listen: Listen, callback: () => void): void => {
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method]
    history[method] = function (this: History, ...args) {
      original.apply(this, args)
      callback()
    }
  }
  listen(window, 'popstate hashchange', callback)
}

/** Calls back after each navigation within the document, whoever caused it. */
export const startNavigation = (listen: Listen, callback: () => void): void => {
  const { navigation } = globalThis as { navigation?: EventTarget }
  if (navigation) listen(navigation, 'currententrychange', callback)
  else startHistory(listen, callback)
}
