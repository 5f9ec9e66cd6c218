import { statSync } from 'node:fs'
import { DatabaseError } from './openDatabase.ts'

/**
 * Remembers where an open database and its write-ahead log are: in one that was removed or replaced, nobody will find what is written.
 *
 * @returns a function that throws a DatabaseError unless both are still there
 */
export const rememberPlace = (file: string): (() => void) => {
  const opened = [file, `${file}-wal`].map(path => ({ path, inode: statSync(path).ino }))
  return () => {
    const isInPlace = opened.every(({ path, inode }) => statSync(path, { throwIfNoEntry: false })?.ino === inode)
    if (isInPlace) return
    const cause = Object.assign(new Error('the file is not where it was opened'), { code: 'SQLITE_READONLY_DBMOVED' })
    throw new DatabaseError(file, 'was moved, removed or replaced while it is in use. Put it back, or start the collector again.', cause)
  }
}
