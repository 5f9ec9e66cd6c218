import type { Emitter } from '../emitter.ts'

/** Calls back on events of a target; names have spaces between them. */
export type Listen = (target: EventTarget, names: string, listener: (event: never) => unknown) => void

/**
 * Listens until the signal is aborted. Always on the way down to the target: the document's own events need not bubble, but they
 * all pass the window, and what the page stops on their way up has been seen. Passive, so that nothing of the page waits for it.
 */
export const createListen =
  (signal: AbortSignal, guard: Emitter['guard']): Listen =>
  (target, names, listener) => {
    for (const name of names.split(' ')) target.addEventListener(name, guard(listener as EventListener), { capture: true, passive: true, signal })
  }
