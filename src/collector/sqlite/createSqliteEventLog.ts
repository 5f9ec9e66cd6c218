import { createGroupCommit } from '../ingest/createGroupCommit.ts'
import type { Edited, EventLog, LoggedBatch } from '../eventLog.ts'
import { toLogRow, type LogRow } from '../ingest/logRow.ts'
import { createBatchReader } from './createBatchReader.ts'
import { copyWriteAheadLog } from './copyWriteAheadLog.ts'
import { DatabaseError, explainFailure, isLocked, openDatabase, type Schema } from './openDatabase.ts'
import { openWriteAheadLog } from './openWriteAheadLog.ts'
import { rememberPlace } from './rememberPlace.ts'
import { truncateWriteAheadLog } from './truncateWriteAheadLog.ts'

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
  advice: 'Put the file back from a backup, or move it away: the next start makes an empty one. In either case move those of the same name that end in -wal and -shm away first.',
}

/** Bytes that are appended before they are copied from the write-ahead log into the file, where somebody else does it. */
const copiedAtOnce = 8 * 1024 * 1024

/** Stands in the queue of what is to be appended, to tell when those before it are kept. */
const mark = Symbol('mark')

export interface SqliteEventLogOptions {
  file: string
  /** Look for damage before it is used. Default: no. */
  check?: boolean
  /** It was opened before, for the whole time of this program: it is never made. Default: no. */
  isOpen?: boolean
  /** Milliseconds that a connection may block its thread for another one that is writing. Default 5000. */
  lockTimeout?: number
  /** Milliseconds that an append waits, without blocking its thread, while another program is writing. Default 2000. */
  patience?: number
  /**
   * Copies the write-ahead log into the file over another connection, so that appending waits for a short rest of it only. Default: it waits
   * for all of it, 16 MiB at a time.
   */
  checkpoint?: (() => Promise<void>) | undefined
}

/**
 * Opens the event log in a file. Several connections may read it; one may append.
 *
 * @throws DatabaseError when the file cannot be used
 */
export const createSqliteEventLog = ({ file, patience, checkpoint, ...options }: SqliteEventLogOptions): EventLog => {
  const db = openDatabase({ file, schema, ...options })
  // What is changed or removed is overwritten. Appending does neither.
  db.pragma('secure_delete = ON')
  const disk = openWriteAheadLog(file)
  const checkPlace = rememberPlace(file)
  // Bytes that are text already are not decoded to be encoded again.
  const insert = db.prepare<[number, Uint8Array]>('INSERT INTO batches (received_at, body) VALUES (?, CAST(? AS TEXT))')
  const reader = createBatchReader(db, (position, cause) => new DatabaseError(file, `is damaged: the batch ${position} cannot be read. ${schema.advice}`, cause))
  // Not the newest row: that one may have been removed, and positions are never given again.
  const selectLast = db.prepare<[], number>("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'batches'), 0)").pluck()
  const update = db.prepare<[Uint8Array, number]>('UPDATE batches SET body = CAST(? AS TEXT) WHERE position = ?')
  const remove = db.prepare<[number]>('DELETE FROM batches WHERE position = ?')
  const commit = db.transaction((group: readonly (LogRow | typeof mark)[]) =>
    group.map(each => (each === mark ? 0 : Number(insert.run(each.receivedAt, each.body).lastInsertRowid))),
  )
  let appended = 0
  let isCopying = false

  /** Until nothing is left to be copied, SQLite does not begin that file anew, and while batches come something is left whenever others have copied. */
  const copyRest = (): void => {
    if (db.open) copyWriteAheadLog(db)
    isCopying = false
  }

  const append = (group: readonly (LogRow | typeof mark)[]): number[] => {
    checkPlace()
    const positions = commit.immediate(group)
    for (const each of group) if (each !== mark) appended += each.body.length
    if (checkpoint && !isCopying && appended >= copiedAtOnce) {
      appended = 0
      isCopying = true
      checkpoint().then(copyRest, copyRest)
    }
    return positions
  }

  const gate = createGroupCommit({ commit: append, makeDurable: disk.sync, makeDurableNow: disk.syncNow, isPassing: isLocked, ...(patience !== undefined && { patience }) })

  const readFrom = (after: number, limit: number): LoggedBatch[] => {
    const batches = reader.read(after, limit)
    // What Sessions are made of must not be less durable than they may become.
    if (batches.length) disk.syncNow()
    return batches
  }

  const save = db.transaction((edits: readonly { position: number; next: LoggedBatch | undefined }[]) => {
    for (const { position, next } of edits) {
      if (!next) remove.run(position)
      else {
        const { position: _position, ...received } = next
        update.run(toLogRow(received).body, position)
      }
    }
  })

  const edit = (after: number, limit: number, change: (batch: LoggedBatch) => LoggedBatch | undefined): Edited | undefined => {
    const batches = readFrom(after, limit)
    const edits = batches.map(batch => ({ position: batch.position, batch, next: change(batch) })).filter(({ batch, next }) => next !== batch)
    if (edits.length) save.immediate(edits)
    const last = batches.at(-1)
    return last && { position: last.position, changed: edits.length }
  }

  const explaining = <T>(work: () => T): T => {
    try {
      return work()
    } catch (cause) {
      throw explainFailure(cause, { file, schema })
    }
  }

  const appendRow = (row: LogRow): Promise<number> => {
    if (!db.open) return Promise.reject(new Error(`${file} is closed`))
    return gate.add(row).catch((cause: unknown) => {
      throw explainFailure(cause, { file, schema })
    })
  }

  return {
    // Not asynchronous itself: that would keep what was received in memory until the disk has answered.
    append: received => appendRow(toLogRow(received)),

    read: (after, limit) => explaining(() => readFrom(after, limit)),

    at: position => explaining(() => reader.at(position)),

    last: () => selectLast.get() ?? 0,

    settled: async () => {
      await gate.add(mark).catch(() => undefined)
    },

    edit: (after, limit, change) => explaining(() => edit(after, limit, change)),

    scrub: () => explaining(() => truncateWriteAheadLog(db)),

    close: () => {
      if (!db.open) return
      gate.close()
      disk.close()
      db.close()
    },
  }
}
