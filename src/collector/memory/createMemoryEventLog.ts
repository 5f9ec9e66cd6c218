import type { EventLog, LoggedBatch } from '../eventLog.ts'

/** Creates an event log that is gone with the process: for tests, and for trying things out. */
export const createMemoryEventLog = (): EventLog => {
  let batches: LoggedBatch[] = []
  let last = 0
  let isClosed = false
  const find = (after: number, limit: number): LoggedBatch[] => structuredClone(batches.filter(({ position }) => position > after).slice(0, limit))
  return {
    append: async ({ json: _json, ...received }) => {
      if (isClosed) throw new Error('the event log is closed')
      // A copy: what was appended can no longer be changed by whoever appended it.
      batches.push({ ...structuredClone(received), position: ++last })
      return last
    },
    read: find,
    at: wanted => structuredClone(batches.find(({ position }) => position === wanted)),
    last: () => last,
    settled: async () => undefined,
    edit: (after, limit, change) => {
      const found = find(after, limit)
      const edits = new Map(found.map(batch => [batch.position, { batch, next: change(batch) }]))
      const changed = [...edits.values()].filter(({ batch, next }) => next !== batch).length
      batches = batches.flatMap(batch => {
        const edit = edits.get(batch.position)
        return edit ? (edit.next ?? []) : batch
      })
      const position = found.at(-1)?.position
      return position === undefined ? undefined : { position, changed }
    },
    scrub: () => true,
    close: () => {
      isClosed = true
    },
  }
}
