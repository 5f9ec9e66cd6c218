import type { Tracker } from './tracker.ts'

/** The global `sojourn(command, ...args)`: the stub's queue before the script has loaded, the tracker after. */
export interface CommandQueue {
  (command: string, ...args: unknown[]): unknown
  /** Calls that the stub has kept: their `arguments`. */
  q?: [command: string, ...args: unknown[]][]
  started?: boolean
}

/**
 * Runs commands by name: `sojourn('track', 'order_completed', { total: 49.9 })`. Where a method promises something, a
 * function as the last argument receives it: `sojourn('session', session => ...)`. Without a tracker commands do nothing.
 */
export const createCommands = (tracker: Tracker | undefined): CommandQueue => {
  const methods = new Map(Object.entries(tracker ?? {}))
  const run = (command: string, ...args: unknown[]): unknown => {
    if (!tracker) return
    const method = methods.get(command) as ((...args: unknown[]) => unknown) | undefined
    if (!method) return console.error(`sojourn: unknown command ${command}; expected one of ${String(Object.keys(tracker))}`)
    const callback = command !== 'on' && typeof args.at(-1) === 'function' ? (args.pop() as (value: unknown) => void) : undefined
    const result = method(...args)
    if (callback) void Promise.resolve(result).then(callback)
    return result
  }
  return Object.assign(run, { started: true })
}
