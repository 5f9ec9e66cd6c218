import { SingleBar } from 'cli-progress'

/** Creates progress bars, one at a time, on standard error. */
export const createProgress = () => {
  /** @type {SingleBar | undefined} */
  let current
  const stop = () => {
    current?.stop()
    current = undefined
  }
  return {
    /**
     * Begins a bar.
     *
     * @param {string} what is counted
     * @param {number} total
     */
    start: (what, total) => {
      stop()
      const bar = new SingleBar({ format: `${what} {bar} {percentage} % | {value} of {total} | {eta_formatted} to go`, stream: process.stderr, noTTYOutput: true, notTTYSchedule: 10_000 })
      bar.start(total, 0)
      current = bar
      return { update: (/** @type {number} */ value) => bar.update(value), stop }
    },
    stop,
  }
}
