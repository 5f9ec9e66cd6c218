/** Bounds of the waiting time between attempts, in milliseconds. */
const base = 1000
const longest = 300_000

/**
 * Waiting time before the next attempt: exponential with full jitter, so that the pages of a site do not come back in
 * step after an outage.
 *
 * @param failures how many attempts have failed in a row, 1 or more
 * @param random 0 up to, but not including, 1
 * @param retryAfter seconds that the collector asked for; obeyed, with the jitter on top
 */
export const toBackoff = (failures: number, random: number, retryAfter?: number): number =>
  retryAfter === undefined
    ? base + random * Math.min(longest, base * 2 ** Math.min(failures, 20))
    : Math.min(retryAfter, 3600) * 1000 + random * base
