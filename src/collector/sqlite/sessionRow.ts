import type { SessionRules } from '../../model/event.ts'
import { presenceOf } from '../../model/toSession.ts'
import { isTouch } from '../campaigns/touches.ts'
import type { StoredSession } from '../sessionStore.ts'
import { toIdBlob } from './idBlob.ts'
import { DatabaseError } from './openDatabase.ts'
import { sessionSchema } from './sessionSchema.ts'

/** A row of `sessions`, but for its key. */
export interface SessionRow {
  createdAt: number
  idleAt: number
  awayAt: number
  endsAt: number
  shortId: string | null
  customerId: string | null
  visitorId: Buffer | null
  lastsUntil: number | null
  isTouch: 0 | 1
  body: string
}

/** The last instant of any segment that outlasts the session; null for none. */
const toLastsUntil = ({ assigned }: Pick<StoredSession, 'assigned'>): number | null => {
  const ends = (assigned?.segments ?? []).flatMap(({ until }) => until ?? [])
  return ends.length ? Math.max(...ends) : null
}

/**
 * A session as a row.
 *
 * @param rules waiting times of its site: they decide the instants by which it is found as idle, away or ended
 */
export const toSessionRow = ({ site: _site, ...session }: StoredSession, rules: Partial<SessionRules> | undefined): SessionRow => {
  const { state, facts } = session
  const { idleAt, awayAt, endsAt } = presenceOf(state, rules)
  return {
    createdAt: state.first.stamp[0],
    // Whole numbers: waiting times may be fractions of a second.
    idleAt: Math.ceil(idleAt),
    awayAt: Math.ceil(awayAt),
    endsAt: state.end ? 0 : Math.ceil(endsAt),
    shortId: facts.shortId ?? null,
    customerId: state.customer?.value.id ?? null,
    visitorId: facts.visitorId === undefined ? null : toIdBlob(facts.visitorId),
    lastsUntil: toLastsUntil(session),
    isTouch: isTouch(session) ? 1 : 0,
    body: JSON.stringify(session),
  }
}

/** Creates what says which session a row of a file holds. It throws a DatabaseError where that cannot be read. */
export const createToStoredSession =
  (file: string) =>
  (site: string, body: string): StoredSession => {
    try {
      return { site, ...(JSON.parse(body) as Omit<StoredSession, 'site'>) }
    } catch (cause) {
      throw new DatabaseError(file, `is damaged: a session cannot be read. ${sessionSchema.advice}`, cause)
    }
  }
