import type { Clock } from './clock.ts'

interface Owner {
  isAlive(): boolean
  /** Frozen: what is due waits. */
  isHeld(): boolean
  /** Hidden, and throttled for it. */
  isThrottled(): boolean
  onError(error: unknown): void
}

/** Milliseconds between the instants at which the timers of a throttled page run. */
const tick = 60_000

/** The timers of a page. Those of a throttled one run once in a minute, until it is shown. */
export const createTimers = (clock: Clock, { isAlive, isHeld, isThrottled, onError }: Owner) => {
  /** Ways to call them off. */
  const timers = new Map<number, () => void>()
  const throttled = new Map<number, { due: number; run: () => void }>()

  return {
    setTimeout: (callback: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]): number => {
      const id = timers.size + 1
      const wanted = milliseconds > 2_147_483_647 ? 0 : Math.max(0, Math.trunc(milliseconds))
      const due = clock.elapsed() + wanted
      const run = (): void => {
        throttled.delete(id)
        if (!isAlive()) return
        try {
          callback(...args)
        } catch (error) {
          onError(error)
        }
      }
      if (isThrottled()) throttled.set(id, { due, run })
      timers.set(id, clock.after(isThrottled() ? Math.ceil(due / tick) * tick - clock.elapsed() : wanted, run, isHeld))
      return id
    },
    clearTimeout: (id: number): void => {
      throttled.delete(id)
      timers.get(id)?.()
    },
    /** The page is shown: its timers run when they are due. */
    release: (): void => {
      for (const [id, { due, run }] of throttled) {
        timers.get(id)?.()
        timers.set(id, clock.after(Math.max(0, due - clock.elapsed()), run, isHeld))
      }
      throttled.clear()
    },
  }
}
