import { readlinkSync } from 'node:fs'
import { constants, getPriority, setPriority } from 'node:os'

/** Steps below the process: a third of the processor, beside one of its other threads that wants it too; all of it where nobody does. */
const steps = 5

/**
 * Lets the calling thread step back behind the others of its process. Only Linux gives threads priorities of their own.
 *
 * @returns false where it stays as it was
 */
export const lowerThreadPriority = (): boolean => {
  if (process.platform !== 'linux') return false
  try {
    // `4711/task/4713`, of the thread that asks.
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), Math.min(getPriority() + steps, constants.priority.PRIORITY_LOW))
    return true
  } catch {
    return false
  }
}
