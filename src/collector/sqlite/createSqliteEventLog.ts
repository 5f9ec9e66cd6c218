import type { EventLog, LoggedBatch, ReceivedBatch } from '../eventLog.ts'
import { openDatabase, type Schema } from './openDatabase.ts'

/** One row per batch: a row per event would cost more than all the rest of ingest. */
const schema: Schema = {
  name: 'an event log of Sojourn',
  applicationId: 0x536f4576,
  migrations: [
    // AUTOINCREMENT: a position is never given again, even after the newest rows were removed.
    `CREATE TABLE batches (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      received_at INTEGER NOT NULL,
      body TEXT NOT NULL
    )`,
  ],
  advice: 'Put the file back from a backup, or move it away: the next start makes an empty one.',
}

/** Characters of bodies that one `read` returns, roughly: a bound of its memory where batches are large. */
const mostRead = 4 * 1024 * 1024

interface Waiting {
  receivedAt: number
  body: string
  resolve(position: number): void
  reject(cause: unknown): void
}

/** A gate through which all appends of one turn of the event loop go together: one commit, one wait for the disk. */
const createGroupCommit = (commit: (group: readonly Waiting[]) => number[]) => {
  let waiting: Waiting[] = []
  const flush = (): void => {
    const group = waiting
    waiting = []
    try {
      const positions = commit(group)
      group.forEach(({ resolve }, i) => resolve(positions[i]!))
    } catch (cause) {
      group.forEach(({ reject }) => reject(cause))
    }
  }
  return {
    add: (entry: Waiting): void => {
      if (waiting.push(entry) === 1) setImmediate(() => waiting.length && flush())
    },
    flush,
  }
}

/**
 * Opens the event log in a file. Several connections may read it; one may append.
 *
 * @throws DatabaseError when the file cannot be used
 */
export const createSqliteEventLog = (file: string): EventLog => {
  const db = openDatabase({ file, schema, durability: 'full' })
  const insert = db.prepare<[number, string]>('INSERT INTO batches (received_at, body) VALUES (?, ?)')
  const select = db.prepare<[number, number], { position: number; body: string }>(
    'SELECT position, body FROM batches WHERE position > ? ORDER BY position LIMIT ?',
  )
  const selectLast = db.prepare<[], number>('SELECT coalesce(max(position), 0) FROM batches').pluck()
  const commit = db.transaction((group: readonly Waiting[]) =>
    group.map(({ receivedAt, body }) => Number(insert.run(receivedAt, body).lastInsertRowid)),
  )
  const gate = createGroupCommit(commit.immediate)

  return {
    append: received =>
      new Promise((resolve, reject) => {
        if (!db.open) throw new Error(`${file} is closed`)
        gate.add({ receivedAt: received.receivedAt, body: JSON.stringify(received), resolve, reject })
      }),

    read: (after, limit) => {
      const batches: LoggedBatch[] = []
      let size = 0
      for (const { position, body } of select.iterate(after, limit)) {
        batches.push({ ...(JSON.parse(body) as ReceivedBatch), position })
        size += body.length
        if (size > mostRead) break
      }
      return batches
    },

    last: () => selectLast.get() ?? 0,

    close: () => {
      gate.flush()
      db.close()
    },
  }
}
