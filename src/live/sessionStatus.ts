import { statusAt } from '../model/presence.ts'
import type { Session, SessionStatus } from '../model/session.ts'

type Instants = Pick<Session, 'idleDate' | 'awayDate' | 'endedDate'>

/**
 * The status at an instant, from the session's own instants: so a page that hears nothing for a minute still shows the visitor
 * going idle at the right second. That a session timed out is the collector's to say, by `endedDate`.
 *
 * @param now milliseconds since 1970 by the collector's clock
 */
export const toSessionStatus = (session: Instants, now: number): SessionStatus =>
  session.endedDate
    ? 'ended'
    : statusAt({ idleAt: Date.parse(session.idleDate), awayAt: Date.parse(session.awayDate), endsAt: Infinity }, now)

/** The instant since which the visitor has the status, where it is known. */
export const toStatusSince = (session: Instants, status: SessionStatus): number | undefined => {
  if (status === 'ended') return session.endedDate ? Date.parse(session.endedDate) : undefined
  if (status === 'away') return Date.parse(session.awayDate)
  return status === 'idle' ? Date.parse(session.idleDate) : undefined
}

/**
 * Milliseconds to show as the length of the visit. While the visitor is there it runs on, and stops when they go away, so that it
 * never jumps back; of an ended session it is the length the collector states.
 */
export const toElapsed = (session: Session, now: number): number =>
  session.endedDate
    ? session.durationInSeconds * 1000
    : Math.max(session.durationInSeconds * 1000, Math.min(now, Date.parse(session.awayDate)) - Date.parse(session.createdDate))
