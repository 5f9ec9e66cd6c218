import type { StoredEvent } from '../sessionStore.ts'
import { toIdBlob, toIdText } from './idBlob.ts'

/** A row of `events`, but for its session. */
export interface EventRow {
  id: Buffer
  at: number
  receivedAt: number
  clientAt: number | null
  body: string
}

/** An event as a row: what has a column is not in the body too. */
export const toEventRow = ({ id, session: _session, at, receivedAt, clientAt, ...body }: StoredEvent): EventRow => ({
  id: toIdBlob(id),
  at,
  receivedAt,
  clientAt: clientAt ?? null,
  body: JSON.stringify(body),
})

/** The event that a row holds. */
export const toStoredEvent = (session: string, { id, at, receivedAt, clientAt, body }: EventRow): StoredEvent =>
  ({ id: toIdText(id), session, at, receivedAt, ...(clientAt !== null && { clientAt }), ...(JSON.parse(body) as object) }) as StoredEvent
