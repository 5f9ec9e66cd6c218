import type { LoggedBatch } from '../eventLog.ts'
import { customersOf } from '../identity/customersOf.ts'
import type { StoredEvent } from '../sessionStore.ts'
import { toIdList, toIds } from './idBlob.ts'

/** A row of `events`, but for its session. */
export interface EventRow {
  /** Of the batch in the log that has the events. */
  position: number
  /** Instants of the first and the last of them, as they were repaired. */
  firstAt: number
  lastAt: number
  ids: Buffer | string
  /** What the collector says of their instants, as JSON: for each event a `Repair`. Null where it says nothing of any. */
  repairs: string | null
  /** Customers whom they name, as JSON: a list of ids with their types. Null for none. */
  named: string | null
}

/** The instant of an event, and that of the activity it tells of; 0 where both are as the page has said. */
type Repair = 0 | readonly [at: number, activeAt?: number]

const toRepair = (event: StoredEvent): Repair => {
  if (event.type === 'activity' && event.activeAt !== undefined) return [event.at, event.activeAt]
  return event.clientAt === undefined ? 0 : [event.at]
}

/**
 * What a batch has brought to a session, as a row. The events themselves are in the log; nothing but what is not there is kept beside them.
 *
 * @param events at least one
 */
export const toEventRow = (position: number, events: readonly StoredEvent[]): EventRow => {
  let [firstAt, lastAt] = [Infinity, -Infinity]
  const repairs: Repair[] = []
  for (const event of events) {
    firstAt = Math.min(firstAt, event.at)
    lastAt = Math.max(lastAt, event.at)
    repairs.push(toRepair(event))
  }
  const named = events.flatMap(customersOf).map(({ id, type }) => [id, type])
  return {
    position,
    firstAt,
    lastAt,
    ids: toIdList(events.map(({ id }) => id)),
    repairs: repairs.some(Boolean) ? JSON.stringify(repairs) : null,
    named: named.length ? JSON.stringify(named) : null,
  }
}

/** Customers whom the events of a row name. */
export const toNames = (named: string | null): [id: string, type: string][] => (named === null ? [] : (JSON.parse(named) as [string, string][]))

/** The events that a row stands for, but for those that were erased from the log. Of a batch that was taken no two have the same id (`parseBatch.ts`). */
export const toStoredEvents = ({ ids, repairs }: Pick<EventRow, 'ids' | 'repairs'>, { receivedAt, batch }: LoggedBatch): StoredEvent[] => {
  const byId = new Map(batch.events.map(event => [event.id, event]))
  const known = repairs === null ? undefined : (JSON.parse(repairs) as Repair[])
  return toIds(ids).flatMap((id, i) => {
    const event = byId.get(id)
    if (!event) return []
    const { id: _id, session, at: clientAt, ...rest } = event
    const [at, activeAt] = known?.[i] || ([clientAt] as const)
    return { id, session, at, receivedAt, ...(at !== clientAt && { clientAt }), ...rest, ...(activeAt !== undefined && { activeAt }) } as StoredEvent
  })
}
