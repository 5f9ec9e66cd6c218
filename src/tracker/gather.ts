import type { Core } from './core.ts'

/** Milliseconds between two runs at least, while the page is seen. */
const pause = 250

/**
 * Runs a task at once, or, when it has run a moment ago, a moment later: what a busy page tells meanwhile goes together.
 *
 * @returns to be told that there is something to do, and whether that can wait for more
 */
export const createGather = ({ platform }: Pick<Core, 'platform'>, task: () => Promise<unknown>): ((canWait: boolean) => Promise<void>) => {
  let ranAt = 0
  const run = (): Promise<unknown> => {
    ranAt = platform.now()
    return task()
  }
  const runSoon = platform.createAlarm(run)
  return async canWait => {
    // The page's own task goes on first: to set a timer takes as long as all that the call of `track` does.
    await platform.started
    // Timers of a page that nobody sees may be a minute late.
    if (canWait && platform.now() < ranAt + pause && platform.isVisible()) runSoon(pause)
    else await run()
  }
}
