import { toBackoff } from './backoff.ts'
import type { Core } from '../core.ts'

/** Failures in a row, half a minute of them, from which on pauses are kept whatever happens. */
const patience = 5

/**
 * When the outbox is sent next, and whether anything may be sent before.
 *
 * ```text
 *          events, 5 s                 no answer, 5xx, 429
 *   idle ------------> sending <-------------------------> waiting    1 s, growing to between one and five minutes
 *     ^                 |   ^                                 |
 *     '-- all sent -----'   '---- online again, page left ----'       but not from the fifth failure on, or where the collector
 *                                                                     has said Retry-After: then the pause is kept (`pause`)
 * ```
 */
export const createPace = ({ platform }: Pick<Core, 'platform'>, flush: () => Promise<void>) => {
  let failures = 0
  /** Why nothing is sent now: the collector asked for a pause, or was not there for long. */
  let pause: '' | 'asked' | 'patience' = ''

  const alarm = platform.createAlarm(() => {
    pause = ''
    return flush()
  })

  /** Sends what is pending some milliseconds from now, or sooner when that was planned already. */
  const plan = (delay: number): void => {
    if (!pause) alarm(delay)
  }

  /** Whatever was planned before does not shorten it. */
  const wait = (delay: number, why: typeof pause): void => {
    pause = why
    alarm(delay, true)
  }

  return {
    plan,
    /** It is done now: a page that is left as it asks for a lock cannot enter the back/forward cache, so nothing is asked for without need. */
    callOff: (): void => alarm(Infinity, true),
    /** Plans, unless the collector has failed. */
    schedule: (delay: number): void => {
      if (!failures) plan(delay)
    },
    isPaused: (): boolean => !!pause,
    /** @returns how many attempts have failed in a row, this one included */
    fail: (retryAfter: number): number => {
      const delay = toBackoff(++failures, platform.random(), retryAfter)
      const isAsked = retryAfter > 0
      if (isAsked) platform.tell({ pause: delay })
      wait(delay, isAsked ? 'asked' : failures < patience ? '' : 'patience')
      return failures
    },
    succeed: (): void => {
      failures = 0
    },
    /** The network is there again: only what the collector asked for is waited for. */
    resume: (): Promise<void> => {
      if (pause === 'patience') pause = ''
      return flush()
    },
    /** Another tab was asked to wait, milliseconds. */
    ask: (delay: number): void => wait(delay, 'asked'),
  }
}
