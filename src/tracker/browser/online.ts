import { listen } from './listen.ts'

/** Calls back when the browser believes that it has a network again. */
export const onOnline = (callback: () => void): (() => void) => listen(window, 'online', callback)
