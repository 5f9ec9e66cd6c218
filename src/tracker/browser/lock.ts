import type { Platform } from '../platform.ts'

/**
 * Runs a task while no other tab holds the same lock. The lock is to be let go when the page hides, even if the task still runs:
 * a page that holds a Web Lock cannot enter the back/forward cache. Where there are no locks (pages that are not a secure
 * context, sandboxed frames) the task just runs: two senders cost bytes, and the collector drops the copies.
 */
export const createLock = (name: string): Pick<Platform, 'exclusively'> & { release(): void } => {
  let letGo: (() => void) | undefined
  return {
    exclusively: async task => {
      const run = async (lock: unknown): Promise<boolean> => {
        if (lock) await Promise.race([task(), new Promise<void>(resolve => (letGo = resolve))])
        return !!lock
      }
      return navigator.locks?.request(name, { ifAvailable: true }, run).catch(() => run(true)) ?? run(true)
    },
    release: () => letGo?.(),
  }
}
