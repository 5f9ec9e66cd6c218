import type { SessionReader, StoredSession } from '../sessionStore.ts'
import type { ForeignDocument, Link } from './documentStore.ts'

/** Sessions that have had one short id, or go by one name, and are looked at for one conversation. */
const mostSessions = 50

/** Surest first: who names the session means it; a number may be shared by a family. */
const strengths: Link['by'][] = ['session', 'shortId', 'customer', 'phone']

const holdsShortId = ({ state, heldUntil }: StoredSession, at: number): boolean => state.first.stamp[0] <= at && at < (heldUntil ?? 0)

/**
 * Creates what finds the sessions that a conversation grew from, by the surest of its links that leads to any.
 *
 * @param now milliseconds since 1970
 */
export const createSessionFinder = (sessions: Pick<SessionReader, 'get' | 'list' | 'naming'>, now: () => number) => {
  /** The newest one that had begun by then: the next visit is not what a call grew from. */
  const newest = (filter: { customerId: string } | { visitorId: string }, at: number): StoredSession[] =>
    sessions.list({ ...filter, to: at + 1 }, now(), { limit: 1 }).entities

  /** The newest one whose page had told the number. Ids of sessions begin with their time. */
  const newestTelling = (number: string, at: number): StoredSession[] => {
    const keys = sessions.naming({ id: number, type: 'phone' }).sort((a, b) => (a.id < b.id ? 1 : -1))
    const found = keys.slice(0, mostSessions).flatMap(({ id, site }) => sessions.get(id, site) ?? [])
    const begun = found.filter(({ state }) => state.first.stamp[0] <= at)
    return begun.sort((a, b) => b.state.first.stamp[0] - a.state.first.stamp[0]).slice(0, 1)
  }

  const finders: Record<Link['by'], (value: string, at: number) => StoredSession[]> = {
    session: value => [sessions.get(value)].filter(found => found !== undefined),
    // Of two sites that had given the same digits to somebody, nobody knows which one is meant.
    shortId: (shortId, at) => {
      const held = sessions.list({ shortId }, now(), { limit: mostSessions }).entities.filter(session => holdsShortId(session, at))
      return held.length === 1 ? held : []
    },
    customer: (customerId, at) => {
      const named = newest({ customerId }, at)
      return named.length ? named : newest({ visitorId: customerId }, at)
    },
    phone: (number, at) => {
      const named = newest({ customerId: number }, at)
      return named.length ? named : newestTelling(number, at)
    },
  }

  return ({ links, at }: Pick<ForeignDocument, 'links' | 'at'>): StoredSession[] => {
    for (const strength of strengths) {
      const found = links.filter(({ by }) => by === strength).flatMap(({ by, value }) => finders[by](value, at))
      if (found.length) return [...new Map(found.map(session => [`${session.site} ${session.state.id}`, session])).values()]
    }
    return []
  }
}
