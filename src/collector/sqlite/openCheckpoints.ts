import Database from 'better-sqlite3'
import { copyWriteAheadLog } from './copyWriteAheadLog.ts'

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
      if (copyWriteAheadLog(db)) copyWriteAheadLog(db)
    },
    close: (): void => void db.close(),
  }
}
