import { listen } from './listen.ts'

/** Follows the History API where there is no Navigation API, and gives the page its own methods back unless wrapped since. */
const onHistory = (callback: () => void): (() => void) => {
  let active = true
  const wrap = (method: 'pushState' | 'replaceState'): (() => void) => {
    const original = history[method]
    const wrapper: History['pushState'] = function (this: History, ...args) {
      original.apply(this, args)
      if (active) callback()
    }
    history[method] = wrapper
    return () => {
      active = false
      if (history[method] === wrapper) history[method] = original
    }
  }
  const stops = [wrap('pushState'), wrap('replaceState'), listen(window, 'popstate hashchange', callback)]
  return () => stops.forEach(stop => stop())
}

/** Calls back after each navigation within the document, whoever caused it. */
export const onNavigation = (callback: () => void): (() => void) => {
  const { navigation } = globalThis as { navigation?: EventTarget }
  return navigation ? listen(navigation, 'currententrychange', callback) : onHistory(callback)
}
