/**
 * Listens to events of a target; returns the way to stop.
 *
 * @param types names with spaces between them
 */
export const listen = (target: EventTarget, types: string, listener: (event: never) => void, options?: AddEventListenerOptions): (() => void) => {
  const names = types.split(' ')
  for (const name of names) target.addEventListener(name, listener as EventListener, options)
  return () => {
    for (const name of names) target.removeEventListener(name, listener as EventListener, options)
  }
}
