/**
 * Runs a task while no other tab holds the same lock. The lock is let go when the page hides, even if the task still runs:
 * a page that holds a Web Lock cannot enter the back/forward cache. Where there are no locks (pages that are not a secure
 * context) the task just runs: two senders cost bytes, and the collector drops the copies.
 *
 * @returns false when another tab holds the lock
 */
export const createLock = (name: string, onLeave: (callback: () => void) => unknown) => {
  let release = (): void => {}
  onLeave(() => release())
  return async (task: () => Promise<void>): Promise<boolean> => {
    const run = (): Promise<boolean> => Promise.race([task(), new Promise<void>(resolve => (release = resolve))]).then(() => true)
    return navigator.locks ? navigator.locks.request(name, { ifAvailable: true }, lock => !!lock && run()) : run()
  }
}
