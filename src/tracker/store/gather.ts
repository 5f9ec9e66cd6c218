import type { Core } from '../core.ts'

/** Milliseconds between two runs at least, while the page is seen. */
const pause = 250

/**
 * Runs a task at once, or, when it has run a moment ago, a moment later: what a busy page tells meanwhile goes together.
 *
 * @returns to be told that there is something to do, and whether that can wait for more
 */
export const createGather = ({ platform }: Pick<Core, 'platform'>, task: () => Promise<unknown>): ((canWait: boolean) => void) => {
  let ranAt = 0
  let isPlanned = false
  const run = (): Promise<unknown> => {
    isPlanned = false
    ranAt = platform.now()
    return task()
  }
  const runSoon = platform.createAlarm(run)
  const plan = async (canWait: boolean): Promise<void> => {
    // The page's own task goes on first: to set a timer takes as long as all that the call of `track` does.
    await platform.started
    // Timers of a page that nobody sees may be a minute late, and there are none once the tracker is stopped.
    if (canWait && platform.now() < ranAt + pause && platform.isVisible() && !platform.isStopped()) runSoon(pause)
    else await run()
  }
  return canWait => {
    if (isPlanned && canWait) return
    isPlanned = true
    void plan(canWait)
  }
}
