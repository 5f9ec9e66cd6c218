import type { Platform } from '../platform.ts'
import type { Freeze } from './freeze.ts'

/** Runs a task unless another tab runs one; resolves to whether it ran. */
export type RunLeased = (name: string, task: () => Promise<boolean>) => Promise<boolean>

/**
 * Milliseconds for which others may hold the lock without a break: a request takes no longer. Firefox 153 keeps a lock that was asked
 * for in the moment in which its page was left, for nobody (for seven minutes, when nobody looked longer); a frozen page may keep one, too.
 */
const patience = 30_000

/**
 * Runs a task while no other tab holds the same lock. The lock is to be let go when the page hides, even if the task still runs:
 * a page that holds a Web Lock cannot enter the back/forward cache. A lock that others hold for too long is taken from them. Where
 * there are no locks (pages that are not a secure context, sandboxed frames) a lease does nearly as well, and without that the task
 * just runs: two senders cost bytes, and the collector drops the copies.
 */
export const createLock = (name: string, { thawed }: Freeze, runLeased: RunLeased): Pick<Platform, 'exclusively'> & { release(): void } => {
  let letGo: (() => void) | undefined
  let patientUntil = Infinity
  return {
    exclusively: async task => {
      await thawed()
      let running: Promise<boolean> | undefined
      const run = async (): Promise<boolean> => {
        await Promise.race([task(), new Promise<void>(resolve => (letGo = resolve))])
        return true
      }
      // A task whose lock is taken goes on.
      const lease = (): Promise<boolean> => running ?? runLeased(name, run)
      const now = performance.now()
      const request = navigator.locks?.request(name, { [now > patientUntil ? 'steal' : 'ifAvailable']: true }, async lock => {
        patientUntil = lock ? Infinity : Math.min(patientUntil, now + patience)
        return !!lock && (running = run())
      })
      return request?.catch(lease) ?? lease()
    },
    release: () => letGo?.(),
  }
}
