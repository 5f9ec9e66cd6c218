import type { Database } from 'better-sqlite3'
import type { LoggedBatch, ReceivedBatch } from '../eventLog.ts'

/** Characters of bodies that one `read` returns, roughly: a bound of its memory where batches are large. */
const mostRead = 4 * 1024 * 1024

/**
 * Creates what reads batches of the event log.
 *
 * @param toDamage says what is wrong where one cannot be read
 */
export const createBatchReader = (db: Database, toDamage: (position: number, cause: unknown) => Error) => {
  const select = db.prepare<[number, number], { position: number; body: string }>(
    'SELECT position, body FROM batches WHERE position > ? ORDER BY position LIMIT ?',
  )
  const selectOne = db.prepare<[number], string>('SELECT body FROM batches WHERE position = ?').pluck()

  const parse = (position: number, body: string): LoggedBatch => {
    try {
      // What is new comes first: V8 gives a copy to which something is added a shape of its own.
      return { position, ...(JSON.parse(body) as ReceivedBatch) }
    } catch (cause) {
      throw toDamage(position, cause)
    }
  }

  return {
    at: (position: number): LoggedBatch | undefined => {
      const body = selectOne.get(position)
      return body === undefined ? undefined : parse(position, body)
    },

    read: (after: number, limit: number): LoggedBatch[] => {
      const batches: LoggedBatch[] = []
      let size = 0
      for (const { position, body } of select.iterate(after, limit)) {
        batches.push(parse(position, body))
        size += body.length
        if (size > mostRead) break
      }
      return batches
    },
  }
}
