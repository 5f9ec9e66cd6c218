import type { Database } from 'better-sqlite3'
import type { EventLog } from '../eventLog.ts'
import type { StoredEvent } from '../sessionStore.ts'
import { toStoredEvents, type EventRow } from './eventRow.ts'

/** Which part of a session's events is wanted. */
export interface EventPage {
  limit: number
  /** Only those that come after this one. */
  after: readonly [at: number, id: string]
}

/** By instant, then by id. */
const compareEvents = (a: StoredEvent, b: StoredEvent): number => a.at - b.at || (a.id < b.id ? -1 : Number(a.id > b.id))

/** Creates what reads events: which batches have those of a session is in the table, the events are in the log. */
export const createEventReader = (db: Database, log: Pick<EventLog, 'at'>) => {
  const selectAll = db.prepare<[Buffer, number], EventRow>('SELECT position, ids, repairs FROM events WHERE session_id = ? AND site_id = ?')
  // Sorted when asked for, not by an index: that would have to be written for every batch, and a session has few.
  const selectFrom = db.prepare<[Buffer, number, number], EventRow>(
    'SELECT position, first_at AS firstAt, ids, repairs FROM events WHERE session_id = ? AND site_id = ? AND last_at >= ? ORDER BY first_at',
  )
  const read = (row: EventRow): StoredEvent[] => {
    const logged = log.at(row.position)
    return logged ? toStoredEvents(row, logged) : []
  }

  return {
    /** All events of a session. */
    all: (siteId: number, session: Buffer): StoredEvent[] => selectAll.all(session, siteId).flatMap(read),

    /** The oldest events of a session that come after one of them, and one more than the limit where there are more. */
    page: (siteId: number, session: Buffer, { limit, after: [at, id] }: EventPage): StoredEvent[] => {
      const found: StoredEvent[] = []
      for (const row of selectFrom.iterate(session, siteId, at)) {
        // Whatever is in later batches comes after these.
        if (found.length > limit && found.filter(event => event.at < row.firstAt).length > limit) break
        found.push(...read(row).filter(event => (event.at - at || Number(event.id > id)) > 0))
      }
      return found.sort(compareEvents).slice(0, limit + 1)
    },
  }
}

export type EventReader = ReturnType<typeof createEventReader>
