import type { SessionRules } from './event.ts'
import type { SessionStatus } from './session.ts'

/** Instants ahead, in milliseconds since 1970, from which a visitor counts as less attentive unless activity comes. */
export interface Presence {
  idleAt: number
  awayAt: number
  /** The session has timed out. */
  endsAt: number
}

/** What was recorded of a visitor's attention, in milliseconds since 1970. */
export interface Attention {
  /** The session opened. */
  createdAt: number
  /** The last activity. */
  activeAt: number
  /** The last visible page was hidden or closed; undefined while one is visible. */
  leftAt?: number | undefined
}

/**
 * Computes the instants from what was recorded; no timer is asked.
 *
 * ```text
 *            60 s            300 s, or 30 s after          1800 s
 *  activity ------> idleAt ----> the last page hid: awayAt ------> endsAt
 *      ^ active       |  idle            |  away             |  ended
 *      '-- activity --'------------------'                   '-- activity opens a new session
 * ```
 *
 * No session is longer than `sessionMaxSeconds`, however active.
 */
export const toPresence = ({ createdAt, activeAt, leftAt = Infinity }: Attention, rules: SessionRules): Presence => {
  // Instants are whole milliseconds: 1.1 seconds are 1100.0000000000002 of them.
  const after = (instant: number, seconds: number): number => Math.round(instant + seconds * 1000)
  const awayAt = Math.min(after(activeAt, rules.awayAfterSeconds), after(Math.max(leftAt, activeAt), rules.leaveGraceSeconds))
  const endsAt = Math.min(after(activeAt, rules.sessionTimeoutSeconds), after(createdAt, rules.sessionMaxSeconds))
  return { idleAt: Math.min(after(activeAt, rules.idleAfterSeconds), awayAt), awayAt, endsAt }
}

/** Compares the present with the instants. */
export const statusAt = ({ idleAt, awayAt, endsAt }: Presence, now: number): SessionStatus =>
  now >= endsAt ? 'ended' : now >= awayAt ? 'away' : now >= idleAt ? 'idle' : 'active'

/** Splits the time from the last activity until `now` into idle and away milliseconds; the rest was active. */
export const splitGap = ({ idleAt, awayAt }: Presence, now: number): { idle: number; away: number } => ({
  idle: Math.max(0, Math.min(now, awayAt) - idleAt),
  away: Math.max(0, now - awayAt),
})
