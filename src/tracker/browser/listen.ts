/**
 * Always on the way down to the target: the document's own events need not bubble, but they all pass the window, and what the
 * page stops on their way up has been seen. Passive, so that nothing of the page waits for it.
 */
const options = { capture: true, passive: true }

/**
 * Listens to events of a target; returns the way to stop.
 *
 * @param types names with spaces between them
 */
export const listen = (target: EventTarget, types: string, listener: (event: never) => void): (() => void) => {
  const names = types.split(' ')
  for (const name of names) target.addEventListener(name, listener as EventListener, options)
  return () => {
    for (const name of names) target.removeEventListener(name, listener as EventListener, options)
  }
}
