import { listen } from './listen.ts'

/** Calls back on trusted input of the visitor, at most once in `every` milliseconds; a script's clicks do not count. */
export const onInput = (callback: () => void, every: number): (() => void) => {
  let last = -every
  return listen(window, 'pointerdown pointermove keydown wheel touchstart scroll', (event: Event) => {
    if (!event.isTrusted || event.timeStamp - last < every) return
    last = event.timeStamp
    callback()
  })
}
