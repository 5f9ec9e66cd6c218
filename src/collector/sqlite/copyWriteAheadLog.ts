import type { Database } from 'better-sqlite3'

/**
 * Copies the write-ahead log into the database file, as far as that goes without waiting for anybody. SQLite, when it does so after a commit,
 * says nothing where it cannot.
 *
 * @returns false where the disk is full or fails: the rest stays where it is, as safe as before, and whoever appends meets the same trouble
 */
export const copyWriteAheadLog = (db: Database): boolean => {
  try {
    db.pragma('wal_checkpoint(PASSIVE)')
    return true
  } catch {
    return false
  }
}
