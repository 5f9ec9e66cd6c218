import { attempt } from '../../model/index.ts'
import type { Platform } from '../platform.ts'

/** Milliseconds after which a lease is over that was not given back: timers of hidden tabs may rest for a minute. */
const leaseTime = 120_000

/**
 * Runs a task while no other tab holds the same lock. The lock is to be let go when the page hides, even if the task still runs:
 * a page that holds a Web Lock cannot enter the back/forward cache. Where there are no locks (pages that are not a secure
 * context, sandboxed frames) a lease in localStorage does nearly as well, and without that the task just runs: two senders cost
 * bytes, and the collector drops the copies.
 */
export const createLock = (name: string): Pick<Platform, 'exclusively'> & { release(): void } => {
  const key = `lease.${name}`
  let letGo: (() => void) | undefined

  /** @returns whether the task may run */
  const lease = (): boolean => {
    const rest = Number(attempt(() => localStorage.getItem(key))) - Date.now()
    // One that ends later was taken before the clock was set back.
    if (rest > 0 && rest <= leaseTime) return false
    attempt(() => localStorage.setItem(key, String(Date.now() + leaseTime)))
    return true
  }

  return {
    exclusively: async task => {
      const run = async (lock: unknown): Promise<boolean> => {
        if (lock) await Promise.race([task(), new Promise<void>(resolve => (letGo = resolve))])
        return !!lock
      }
      const runLeased = async (): Promise<boolean> => (await run(lease())) && (attempt(() => localStorage.removeItem(key)), true)
      return navigator.locks?.request(name, { ifAvailable: true }, run).catch(runLeased) ?? runLeased()
    },
    release: () => letGo?.(),
  }
}
