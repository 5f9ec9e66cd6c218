import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** A third of the processor, beside one thread of usual priority that wants it too; all of it where nobody does. */
const niceness = 5

/**
 * Lets the calling thread step back behind the others of its process. Only Linux gives threads priorities of their own.
 *
 * @returns false where it stays as it was
 */
export const lowerThreadPriority = (): boolean => {
  if (process.platform !== 'linux') return false
  try {
    // `4711/task/4713`, of the thread that asks.
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), niceness)
    return true
  } catch {
    return false
  }
}
