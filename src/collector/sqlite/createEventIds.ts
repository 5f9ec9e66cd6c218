import type { Database } from 'better-sqlite3'
import { toIdBlob, toIds } from './idBlob.ts'

/** Ids that are remembered between transactions: so that what comes of a session that goes on is not looked up again each time. */
const mostIds = 100_000

/** Creates the memory of which events sessions have. Right only while nobody else writes to the store. */
export const createEventIds = (db: Database) => {
  const select = db.prepare<[Buffer, number], Buffer | string>('SELECT ids FROM events WHERE session_id = ? AND site_id = ?').pluck()
  /** By site and session. */
  const known = new Map<string, Set<string>>()
  let count = 0

  const forget = (): void => {
    known.clear()
    count = 0
  }

  return {
    /** Ids of the events of a session, to which those that come are to be added. */
    of: (siteId: number, session: string): Set<string> => {
      const key = `${siteId}/${session}`
      const remembered = known.get(key)
      if (remembered) return remembered
      const ids = new Set(select.all(toIdBlob(session), siteId).flatMap(toIds))
      known.set(key, ids)
      count += ids.size
      return ids
    },

    /** So many were added. Forgets all of them, if they are too many to be remembered. */
    trim: (added: number): void => {
      count += added
      if (count > mostIds) forget()
    },

    forget,
  }
}
