import type { EventLog, LoggedBatch } from '../eventLog.ts'

/** Creates an event log that is gone with the process: for tests, and for trying things out. */
export const createMemoryEventLog = (): EventLog => {
  const batches: LoggedBatch[] = []
  let isClosed = false
  return {
    append: async ({ text: _text, ...received }) => {
      if (isClosed) throw new Error('the event log is closed')
      const position = batches.length + 1
      // A copy: what was appended can no longer be changed by whoever appended it.
      batches.push({ ...structuredClone(received), position })
      return position
    },
    read: (after, limit) => structuredClone(batches.slice(after, after + limit)),
    last: () => batches.length,
    close: () => {
      isClosed = true
    },
  }
}
