import { ProblemError } from './problem.ts'

/** How many requests are let through. */
export interface RateLimitRule {
  /** In the long run. */
  perSecond: number
  /** At once, after a quiet time. */
  burst: number
}

interface Bucket {
  tokens: number
  at: number
}

/** Keys that are kept at a time: a flood from ever new addresses takes no more memory than this. */
const mostKeys = 10_000

/**
 * A token bucket for each key. Of too many keys the one that was not seen for longest is forgotten, and starts afresh.
 *
 * @param now milliseconds; never goes back
 */
export const createRateLimit = ({ perSecond, burst }: RateLimitRule, now: () => number, maxKeys = mostKeys) => {
  const buckets = new Map<string, Bucket>()

  /** @returns seconds until the next request is let through; 0 when this one is */
  return (key: string): number => {
    const at = now()
    const known = buckets.get(key)
    const tokens = known ? Math.min(burst, known.tokens + ((at - known.at) / 1000) * perSecond) : burst
    const isLetThrough = tokens >= 1
    buckets.delete(key)
    buckets.set(key, { tokens: isLetThrough ? tokens - 1 : tokens, at })
    // A map hands its keys out in the order in which they were set.
    const { value: oldest } = buckets.keys().next()
    if (buckets.size > maxKeys && oldest !== undefined) buckets.delete(oldest)
    return isLetThrough ? 0 : Math.ceil((1 - tokens) / perSecond)
  }
}

export type RateLimit = ReturnType<typeof createRateLimit>

/** Counts a request. @throws ProblemError `too-many-requests`, with the seconds after which another one is let through */
export const letThrough = (rateLimit: RateLimit, key: string): void => {
  const retryAfter = rateLimit(key)
  if (retryAfter) throw new ProblemError('too-many-requests', { retryAfter })
}
