import type { Platform } from '../platform.ts'
import type { Freeze } from './freeze.ts'

/** Runs a task unless another tab runs one; resolves to whether it ran. */
export type RunLeased = (name: string, task: () => Promise<boolean>) => Promise<boolean>

/**
 * Runs a task while no other tab holds the same lock. The lock is to be let go when the page hides, even if the task still runs:
 * a page that holds a Web Lock cannot enter the back/forward cache. Where there are no locks (pages that are not a secure
 * context, sandboxed frames) a lease does nearly as well, and without that the task just runs: two senders cost bytes, and the
 * collector drops the copies.
 */
export const createLock = (name: string, { thawed }: Freeze, runLeased: RunLeased): Pick<Platform, 'exclusively'> & { release(): void } => {
  let letGo: (() => void) | undefined
  return {
    exclusively: async task => {
      await thawed()
      const run = async (): Promise<boolean> => {
        await Promise.race([task(), new Promise<void>(resolve => (letGo = resolve))])
        return true
      }
      const lease = (): Promise<boolean> => runLeased(name, run)
      return navigator.locks?.request(name, { ifAvailable: true }, async lock => !!lock && run()).catch(lease) ?? lease()
    },
    release: () => letGo?.(),
  }
}
