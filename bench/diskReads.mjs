import { existsSync, readFileSync } from 'node:fs'

/**
 * Bytes that a process has made the disk read so far; what the operating system still had in memory is none of them.
 *
 * @param {number} pid
 * @returns {number} NaN where the system does not tell it: Linux alone does
 */
export const diskReads = pid => {
  const file = `/proc/${pid}/io`
  return existsSync(file) ? Number(/^read_bytes: (\d+)/m.exec(readFileSync(file, 'utf8'))?.[1]) : NaN
}
