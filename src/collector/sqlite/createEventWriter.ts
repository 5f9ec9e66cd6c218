import type { Database } from 'better-sqlite3'
import type { StoredEvent } from '../sessionStore.ts'
import { toEventRow, toNames, type EventRow } from './eventRow.ts'
import { toIdBlob, toIds } from './idBlob.ts'

/** Ids of events that are remembered between transactions: so that what comes of a session that goes on is not looked up again each time. */
const mostIds = 100_000

/** What a batch brings to a session, until all of it is there. */
interface Arrival {
  siteId: number
  session: string
  position: number
  ids: Set<string>
  events: StoredEvent[]
}

/** Creates what writes which events a session has, within a transaction. */
export const createEventWriter = (db: Database) => {
  const insert = db.prepare<[EventRow & { session: Buffer; siteId: number }]>(
    `INSERT INTO events (session_id, site_id, position, first_at, last_at, ids, repairs, named)
     VALUES (@session, @siteId, @position, @firstAt, @lastAt, @ids, @repairs, @named)`,
  )
  const selectIds = db.prepare<[Buffer, number], Buffer | string>('SELECT ids FROM events WHERE session_id = ? AND site_id = ?').pluck()
  const deleteRows = db.prepare<[Buffer, number], string | null>('DELETE FROM events WHERE session_id = ? AND site_id = ? RETURNING named').pluck()
  const insertName = db.prepare<[string, number, Buffer, string]>('INSERT OR IGNORE INTO names (customer_id, site_id, session_id, customer_type) VALUES (?, ?, ?, ?)')
  const deleteName = db.prepare<[string, number, Buffer, string]>('DELETE FROM names WHERE customer_id = ? AND site_id = ? AND session_id = ? AND customer_type = ?')

  /** By site and session. */
  const known = new Map<string, Set<string>>()
  let count = 0
  let latest: Arrival | undefined

  const idsOf = (siteId: number, session: string): Set<string> => {
    const key = `${siteId}/${session}`
    let ids = known.get(key)
    if (!ids) {
      ids = new Set(selectIds.all(toIdBlob(session), siteId).flatMap(toIds))
      known.set(key, ids)
      count += ids.size
    }
    return ids
  }

  /** Writes what has been added since. */
  const flush = (): void => {
    if (!latest?.events.length) return
    const { siteId, session, position, events } = latest
    latest = undefined
    const row = toEventRow(position, events)
    const blob = toIdBlob(session)
    insert.run({ session: blob, siteId, ...row })
    for (const [id, type] of toNames(row.named)) insertName.run(id, siteId, blob, type)
  }

  const forget = (): void => {
    known.clear()
    count = 0
    latest = undefined
  }

  return {
    add: (siteId: number, event: StoredEvent, position: number): boolean => {
      const { id, session } = event
      if (latest?.session !== session || latest.position !== position || latest.siteId !== siteId) {
        flush()
        latest = { siteId, session, position, ids: idsOf(siteId, session), events: [] }
      }
      const { ids, events } = latest
      if (ids.has(id)) return false
      ids.add(id)
      count++
      events.push(event)
      return true
    },

    flush,

    /** The transaction is about to be committed. */
    end: (): void => {
      flush()
      if (count > mostIds) forget()
    },

    /** The transaction was not committed, or the store was emptied: nothing of what is remembered is sure. */
    forget,

    remove: (siteId: number, session: string): void => {
      flush()
      forget()
      const blob = toIdBlob(session)
      for (const named of deleteRows.all(blob, siteId)) for (const [id, type] of toNames(named)) deleteName.run(id, siteId, blob, type)
    },
  }
}

export type EventWriter = ReturnType<typeof createEventWriter>
