import type { Database } from 'better-sqlite3'
import type { StoredEvent } from '../sessionStore.ts'
import { createEventIds } from './createEventIds.ts'
import { toEventRow, toNames, type EventRow } from './eventRow.ts'
import { toIdBlob } from './idBlob.ts'

/** What a batch brings to a session, until all of it is there. */
interface Arrival {
  siteId: number
  session: string
  position: number
  /** Ids of all events of the session. */
  ids: Set<string>
  /** Those that are new. */
  events: StoredEvent[]
}

/** Creates what writes which events a session has, within a transaction. */
export const createEventWriter = (db: Database) => {
  const insert = db.prepare<[EventRow & { session: Buffer; siteId: number }]>(
    `INSERT INTO events (session_id, site_id, position, first_at, last_at, ids, repairs, named)
     VALUES (@session, @siteId, @position, @firstAt, @lastAt, @ids, @repairs, @named)`,
  )
  const deleteRows = db.prepare<[Buffer, number], string | null>('DELETE FROM events WHERE session_id = ? AND site_id = ? RETURNING named').pluck()
  const insertName = db.prepare<[string, number, Buffer, string]>('INSERT OR IGNORE INTO names (customer_id, site_id, session_id, customer_type) VALUES (?, ?, ?, ?)')
  const deleteName = db.prepare<[string, number, Buffer, string]>('DELETE FROM names WHERE customer_id = ? AND site_id = ? AND session_id = ? AND customer_type = ?')
  const known = createEventIds(db)
  let latest: Arrival | undefined
  let added = 0

  /** Writes what has been added since. */
  const flush = (): void => {
    if (!latest?.events.length) return
    const { siteId, session, position, events } = latest
    latest = undefined
    added += events.length
    const row = toEventRow(position, events)
    const blob = toIdBlob(session)
    insert.run({ session: blob, siteId, ...row })
    for (const [id, type] of toNames(row.named)) insertName.run(id, siteId, blob, type)
  }

  return {
    add: (siteId: number, event: StoredEvent, position: number): boolean => {
      const { id, session } = event
      if (latest?.session !== session || latest.position !== position || latest.siteId !== siteId) {
        flush()
        latest = { siteId, session, position, ids: known.of(siteId, session), events: [] }
      }
      if (latest.ids.has(id)) return false
      latest.ids.add(id)
      latest.events.push(event)
      return true
    },

    flush,

    /** The transaction is about to be committed. */
    end: (): void => {
      flush()
      latest = undefined
      known.trim(added)
      added = 0
    },

    /** The transaction was not committed, or the store was emptied: nothing of what is remembered is sure. */
    forget: (): void => {
      known.forget()
      latest = undefined
      added = 0
    },

    remove: (siteId: number, session: string): void => {
      flush()
      latest = undefined
      known.forget()
      const blob = toIdBlob(session)
      for (const named of deleteRows.all(blob, siteId)) for (const [id, type] of toNames(named)) deleteName.run(id, siteId, blob, type)
    },
  }
}

export type EventWriter = ReturnType<typeof createEventWriter>
