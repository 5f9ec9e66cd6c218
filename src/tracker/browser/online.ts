/** Calls back when the browser believes that it has a network again. */
export const onOnline = (callback: () => void): (() => void) => {
  addEventListener('online', callback)
  return () => removeEventListener('online', callback)
}
