import Database from 'better-sqlite3'

/**
 * Opens a connection that does nothing but copy the write-ahead log of a database, which others have made and are writing to, into its
 * file. It waits for nobody, and nobody for it.
 */
export const openCheckpoints = (file: string) => {
  const db = new Database(file, { fileMustExist: true })
  db.pragma('synchronous = NORMAL')
  return {
    /** Copies what is there, and then what has come meanwhile, which is little. */
    copy: (): void => {
      for (let round = 0; round < 2; round++) db.pragma('wal_checkpoint(PASSIVE)')
    },
    close: (): void => void db.close(),
  }
}
