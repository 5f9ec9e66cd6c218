interface NavigationLike {
  addEventListener(type: 'currententrychange', listener: () => void): void
  removeEventListener(type: 'currententrychange', listener: () => void): void
}

const patched = ['pushState', 'replaceState'] as const

/** Follows the History API where there is no Navigation API, and gives the page its own methods back unless wrapped since. */
const onHistory = (callback: () => void): (() => void) => {
  let active = true
  const undo = patched.map(method => {
    const original = history[method]
    const wrapper: History['pushState'] = function (this: History, ...args) {
      original.apply(this, args)
      if (active) callback()
    }
    history[method] = wrapper
    return () => {
      if (history[method] === wrapper) history[method] = original
    }
  })
  addEventListener('popstate', callback)
  addEventListener('hashchange', callback)
  return () => {
    active = false
    undo.forEach(restore => restore())
    removeEventListener('popstate', callback)
    removeEventListener('hashchange', callback)
  }
}

/** Calls back after each navigation within the document, whoever caused it. */
export const onNavigation = (callback: () => void): (() => void) => {
  const { navigation } = globalThis as { navigation?: NavigationLike }
  if (!navigation) return onHistory(callback)
  navigation.addEventListener('currententrychange', callback)
  return () => navigation.removeEventListener('currententrychange', callback)
}
