import { join } from 'node:path'
import Database from 'better-sqlite3'
import { DatabaseError, isLocked } from './openDatabase.ts'

/**
 * Takes a data folder for one process. The lock is one that the operating system holds, by way of SQLite: it ends with the process,
 * however that ends, and no stale file is ever to be removed.
 *
 * @returns what gives the folder back
 * @throws DatabaseError when another process has it, or it cannot be written to
 */
export const lockFolder = (folder: string): (() => void) => {
  let db: Database.Database | undefined
  try {
    db = new Database(join(folder, 'collector.lock'), { timeout: 0 })
    // Of a file that may only be read SQLite gives everybody this transaction, and nobody the second statement, which is never committed.
    db.exec('BEGIN EXCLUSIVE; PRAGMA user_version = 1')
  } catch (cause) {
    db?.close()
    const problem = isLocked(cause)
      ? 'is in use by another collector. End that one first, or give this one a folder of its own (--data).'
      : `cannot be written to (${(cause as Error).message}). Check that it is there, that this user may write to it, and that the disk has room.`
    throw new DatabaseError(folder, problem, cause)
  }
  const locked = db
  return () => void locked.close()
}
