import type { Event } from '../../model/index.ts'
import type { Storage } from '../platform.ts'
import type { TrackerRecord } from '../record.ts'

/** Storage that lasts as long as the page: for pages without IndexedDB, and when it fails. */
export const createMemory = (): Storage => {
  let stored: TrackerRecord | undefined
  const outbox = new Map<string, Event>()
  return {
    update: async change => {
      const { record, events = [], acknowledged = [] } = change(stored)
      stored = record
      for (const event of events) outbox.set(event.id, event)
      for (const id of acknowledged) outbox.delete(id)
    },
    pending: async limit => [...outbox.values()].slice(0, limit),
  }
}
