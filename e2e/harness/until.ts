import { vi } from 'vitest'

/**
 * Waits until what is read fulfils a condition, looking again and again.
 *
 * @param timeout milliseconds, after which it fails with what was read last; default a minute: for half of one, Firefox may keep the lock of a page that is gone
 */
export const until = <T>(read: () => T | Promise<T>, holds: (value: T) => boolean, timeout = 60_000): Promise<T> =>
  vi.waitFor(
    async () => {
      const value = await read()
      if (!holds(value)) throw new Error(`after ${timeout} ms it still is ${JSON.stringify(value)}`)
      return value
    },
    { timeout, interval: 50 },
  )
