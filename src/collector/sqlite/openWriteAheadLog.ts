import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/** The name of a file survives the loss of power when its folder is on the disk. Windows has no such step. */
const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const syncLater = promisify(fdatasync)

/**
 * Opens the write-ahead log beside an open database, to wait for the disk oneself: SQLite would wait in the calling thread. With
 * `synchronous = NORMAL` a commit is in that file and not yet on the disk; once the file is, it is as durable as with `FULL`
 * (https://www.sqlite.org/pragma.html#pragma_synchronous). SQLite keeps no locks on this file that closing it could drop.
 */
export const openWriteAheadLog = (file: string) => {
  const handle = openSync(`${file}-wal`, 'r+')
  syncFolder(dirname(file))
  return {
    /** Resolves when all commits before the call are on the disk. */
    sync: (): Promise<void> => syncLater(handle),
    /** Returns when they are. */
    syncNow: (): void => fdatasyncSync(handle),
    close: (): void => closeSync(handle),
  }
}
