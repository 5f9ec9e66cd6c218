import type { Database } from 'better-sqlite3'

/**
 * Moves everything from the write-ahead log into the database file, and empties it: it holds older versions of pages.
 *
 * @returns false when another connection is reading or writing, longer than this one waits
 */
export const truncateWriteAheadLog = (db: Database): boolean => {
  const [{ busy } = { busy: 1 }] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  return busy === 0
}
