/**
 * Milliseconds until the next attempt: exponential with full jitter, so that the pages of a site do not come back in step
 * after an outage. A second at least; a minute at least from the eighth failure on, which comes within five minutes, so that a
 * collector that is blocked for good is asked rarely; three minutes at most.
 *
 * @param failures how many attempts have failed in a row, 1 or more
 * @param random 0 up to, but not including, 1
 * @param retryAfter seconds that the collector asked for, 0 if none; obeyed up to an hour, with the jitter on top
 */
export const toBackoff = (failures: number, random: number, retryAfter: number): number =>
  1000 * (retryAfter > 0 ? Math.min(retryAfter, 3600) + random : (failures > 7 ? 60 : 1) + random * 2 ** Math.min(failures, 7))
