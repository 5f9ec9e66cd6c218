import { createHash } from 'node:crypto'
import { presenceOf } from '../../model/toSession.ts'
import type { SessionWriter, StoredSession } from '../sessionStore.ts'
import type { Site } from '../site.ts'

/** Digits to begin with when the site does not say. */
const usualDigits = 4

/** Digits of the longest short id. */
const mostDigits = 6

/**
 * Tries before a short id gets one digit more. Where half of the numbers are taken, one in eight goes on to the next length:
 * so the numbers get longer as they get scarce, and no counting is needed.
 */
const triesPerLength = 3

/** Tries at the longest, where there is no next length. */
const triesAtMost = 100

export interface ShortIdQuery {
  site: string
  session: string
  /** Digits to begin with, 4 to 6. */
  digits: number
  isFree(shortId: string): boolean
}

/** Every try of every session has a number of its own, the same whenever it is computed. */
const toNumber = (site: string, session: string, attempt: number): number =>
  createHash('sha256')
    .update(JSON.stringify([site, session, attempt]))
    .digest()
    .readUIntBE(0, 6)

/**
 * Finds a short id for a session. It follows from the session's id and from which short ids are free, so that the same log gives
 * the same short ids again.
 *
 * @returns undefined when none is free
 */
export const findShortId = ({ site, session, digits, isFree }: ShortIdQuery): string | undefined => {
  for (let length = digits, attempt = 0; length <= mostDigits; length++) {
    const tries = length < mostDigits ? triesPerLength : triesAtMost
    for (let i = 0; i < tries; i++, attempt++) {
      const shortId = String(toNumber(site, session, attempt) % 10 ** length).padStart(length, '0')
      if (isFree(shortId)) return shortId
    }
  }
  return undefined
}

/** Milliseconds that a session keeps its short id after its end: who has just read it out is still meant. */
const linger = 600_000

/** Instants are rounded up to so many milliseconds, so that a session that goes on does not move its holding with every event. */
const grain = 300_000

const toHoldUntil = ({ state }: StoredSession, site: Site, receivedAt: number): number => {
  const endsAt = state.end ? state.end.stamp[0] : presenceOf(state, site).endsAt
  return Math.ceil((Math.max(endsAt, receivedAt) + linger) / grain) * grain
}

/** Better none than one that leads to somebody else. */
const withoutShortId = ({ facts: { shortId: _shortId, ...facts }, heldUntil: _heldUntil, ...session }: StoredSession): StoredSession => ({ ...session, facts })

/**
 * Gives a session a short id, and holds it as long as the session may be alive. One that comes back after that gets its short id
 * again, if nobody else has it by then; none, where all that it could have are taken.
 */
export const holdShortId = (
  session: StoredSession,
  { site, receivedAt, writer }: { site: Site; receivedAt: number; writer: Pick<SessionWriter, 'holderOf' | 'hold'> },
): StoredSession => {
  const { id } = session.state
  const until = toHoldUntil(session, site, receivedAt)
  const isFree = (shortId: string): boolean => (writer.holderOf(site.id, shortId, receivedAt) ?? id) === id
  const { shortId: own } = session.facts
  // Asked each time: after the collector's clock was set back, what is noted with the session may be out of date.
  const isHeld = own !== undefined && isFree(own)
  if (isHeld && session.heldUntil === until) return session
  const shortId = isHeld ? own : findShortId({ site: site.id, session: id, digits: site.shortIdDigits ?? usualDigits, isFree })
  if (shortId === undefined) return withoutShortId(session)
  writer.hold({ site: site.id, shortId, session: id, until })
  return { ...session, facts: { ...session.facts, shortId }, heldUntil: until }
}
