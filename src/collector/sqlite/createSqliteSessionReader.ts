import type { Database } from 'better-sqlite3'
import { parseCursor, toCursor } from '../cursor.ts'
import type { SessionReader } from '../sessionStore.ts'
import { createSessionSearch, type SessionKey } from './createSessionSearch.ts'
import { toStoredEvent, type EventRow } from './eventRow.ts'
import { toIdBlob, toIdText } from './idBlob.ts'
import { openDatabase } from './openDatabase.ts'
import { sessionSchema } from './sessionSchema.ts'
import { toStoredSession } from './sessionRow.ts'
import { createSiteIds, type SiteIds } from './siteIds.ts'

/** Before every event there can be. */
const beginning = [Number.MIN_SAFE_INTEGER, ''] as const

/** Creates the reading side on a connection. */
export const createSessionReader = (db: Database, siteIds: SiteIds): SessionReader => {
  const selectOne = db.prepare<[Buffer, number], string>('SELECT body FROM sessions WHERE id = ? AND site_id = ?').pluck()
  const selectAny = db.prepare<[Buffer], { siteId: number; body: string }>('SELECT site_id AS siteId, body FROM sessions WHERE id = ? LIMIT 1')
  // Sorted when asked for, not by an index: that would have to be written for every event, and a session has few.
  const selectEvents = db.prepare<[Buffer, number, number, Buffer, number], EventRow>(
    `SELECT id, at, received_at AS receivedAt, client_at AS clientAt, body FROM events
     WHERE session_id = ? AND site_id = ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?`,
  )
  const search = createSessionSearch(db, siteIds)
  const read = ({ id, siteId }: SessionKey) => {
    const body = selectOne.get(id, siteId)
    return body === undefined ? undefined : toStoredSession(siteIds.nameOf(siteId), body)
  }

  return {
    get: (id, site) => {
      if (site === undefined) {
        const found = selectAny.get(toIdBlob(id))
        return found && toStoredSession(siteIds.nameOf(found.siteId), found.body)
      }
      const siteId = siteIds.find(site)
      return siteId === undefined ? undefined : read({ id: toIdBlob(id), siteId })
    },

    list: (filter, now, page) => {
      const { entities, next } = search(filter, now, page)
      return { entities: entities.flatMap(key => read(key) ?? []), ...(next !== undefined && { next }) }
    },

    events: (site, session, { limit, after }) => {
      const siteId = siteIds.find(site)
      if (siteId === undefined) return { entities: [] }
      const [at, id] = after === undefined ? beginning : parseCursor(after, 1)
      const rows = selectEvents.all(toIdBlob(session), siteId, at, id ? toIdBlob(id) : Buffer.alloc(0), limit + 1)
      const entities = rows.slice(0, limit)
      const last = entities.at(-1)
      return {
        entities: entities.map(row => toStoredEvent(session, row)),
        ...(last && rows.length > limit && { next: toCursor([last.at, toIdText(last.id)]) }),
      }
    },

    close: () => void db.close(),
  }
}

/**
 * Opens the Sessions in a file for reading, beside the connection that writes them.
 *
 * @throws DatabaseError when the file cannot be used
 */
export const createSqliteSessionReader = (file: string): SessionReader => {
  const db = openDatabase({ file, schema: sessionSchema, durability: 'normal' })
  db.pragma('query_only = ON')
  return createSessionReader(db, createSiteIds(db))
}
