import type { Listen } from './listen.ts'

/** Milliseconds between two looks at the visitor's input. */
const every = 1000

/** Calls back on trusted input of the visitor, now and then; a script's clicks do not count. */
export const startInput = (listen: Listen, callback: () => void): void => {
  let last = 0
  listen(window, 'pointerdown pointermove keydown wheel touchstart touchmove', ({ isTrusted, timeStamp }: Event) => {
    if (isTrusted && timeStamp - last >= every) {
      last = timeStamp
      callback()
    }
  })
}
