const inputEvents = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll']

/** Calls back on trusted input of the visitor, at most once in `every` milliseconds; a script's clicks do not count. */
export const onInput = (callback: () => void, every: number): (() => void) => {
  let last = -every
  const listener = (event: Event): void => {
    if (!event.isTrusted || event.timeStamp - last < every) return
    last = event.timeStamp
    callback()
  }
  const options = { capture: true, passive: true }
  for (const type of inputEvents) addEventListener(type, listener, options)
  return () => {
    for (const type of inputEvents) removeEventListener(type, listener, options)
  }
}
