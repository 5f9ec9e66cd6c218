import type { Event, PageFacts } from '../model/index.ts'
import type { Platform, Storage, TabMessage } from './platform.ts'
import { admit, createRecord, fold, touch, type Admission, type Draft, type TrackerRecord } from './record.ts'

/** A draft on its way into the outbox. `events` is set once, by whoever comes first: the transaction, or the page's exit. */
interface Entry {
  draft?: Draft
  events?: readonly Event[]
}

export interface StoreOptions {
  platform: Platform
  admission: Admission
  /** Called when the record has changed, here or in another tab. */
  onRecord(record: TrackerRecord): void
  /** Called when events have entered the outbox. */
  onCommitted(): void
  /** Called once, when the tracker goes on in memory. */
  onStorageFailed(cause: unknown): void
}

/** Drafts that one transaction takes at most, so that a burst leaves no long task. */
const draftsPerCommit = 200

/**
 * The record all tabs share, and the way of an event into it: drafts wait here, and one readwrite transaction decides on
 * their session, folds them and puts them into the outbox. Whatever the page's exit cuts off is settled from memory.
 */
export const createStore = ({ platform, admission, onRecord, onCommitted, onStorageFailed }: StoreOptions) => {
  let storage: Storage = platform.storage
  let known: TrackerRecord | undefined
  let waiting: Entry[] = []
  let running: Promise<void> | undefined
  let adopted = false
  let spilled = false
  const unacknowledged = new Map<string, Event>()

  const freshRecord = (): TrackerRecord => known ?? platform.spill.record() ?? createRecord(platform.newId(platform.now()))

  /** Gives an entry its session, or folds it when it has one. */
  const settle = (record: TrackerRecord, entry: Entry): TrackerRecord => {
    if (!entry.events && entry.draft) {
      const admitted = admit(record, entry.draft, admission)
      entry.events = admitted.events
      for (const event of admitted.events) unacknowledged.set(event.id, event)
      return admitted.record
    }
    return (entry.events ?? []).reduce(fold, record)
  }

  const learn = (record: TrackerRecord): void => {
    known = record
    onRecord(record)
  }

  /** Runs a transaction; when storage fails, runs it in memory, and from then on everything. */
  const update = async (change: Parameters<Storage['update']>[0]): Promise<void> => {
    try {
      await storage.update(change)
    } catch (cause) {
      if (storage === platform.memory) throw cause
      const events = [...unacknowledged.values()]
      storage = platform.memory
      await storage.update(() => ({ record: freshRecord(), events }))
      onStorageFailed(cause)
      await storage.update(change)
    }
  }

  const commit = async (): Promise<void> => {
    // Entries stay in line until the transaction has ended: an exit in the middle of it must still find them.
    const entries = waiting.slice(0, draftsPerCommit)
    const left = adopted ? undefined : platform.spill.adopt(admission.tab)
    const all = left?.events.length ? [{ events: left.events }, ...entries] : entries
    let record: TrackerRecord | undefined
    await update(stored => {
      record = all.reduce(settle, stored ?? freshRecord())
      return { record, events: all.flatMap(entry => entry.events ?? []) }
    })
    waiting = waiting.slice(entries.length)
    adopted = true
    left?.forget()
    if (spilled) platform.spill.forget(admission.tab)
    spilled = false
    if (!record) return
    learn(record)
    platform.tell({ record })
    onCommitted()
  }

  const commitAll = async (): Promise<void> => {
    try {
      do await commit()
      while (waiting.length)
    } finally {
      running = undefined
    }
  }

  /** Resolves when everything added so far is in the outbox. */
  const committed = (): Promise<void> => (running ??= Promise.resolve().then(commitAll))

  return {
    /** The record as this tab knows it. */
    known: (): TrackerRecord | undefined => known,
    /** The record as it is stored. */
    read: async (): Promise<TrackerRecord | undefined> => {
      await committed()
      return known
    },
    committed,
    /** Takes a draft; returns at once. */
    add: (draft: Draft): void => {
      waiting.push({ draft })
      void committed()
    },
    /** Notes input that is worth no event. */
    touch: (at: number): Promise<void> =>
      update(stored => {
        const record = touch(stored ?? freshRecord(), at)
        known = record
        return { record }
      }),
    pending: (limit: number): Promise<Event[]> => storage.pending(limit),
    /** Takes acknowledged events out of the outbox, and keeps what the collector told of the session. */
    acknowledge: async (ids: readonly string[], facts: PageFacts | undefined): Promise<void> => {
      let record: TrackerRecord | undefined
      await update(stored => {
        const current = stored ?? freshRecord()
        record = facts && facts.id === current.session?.id ? { ...current, facts: { ...current.facts, ...facts } } : current
        return { record, acknowledged: ids }
      })
      for (const id of ids) unacknowledged.delete(id)
      if (!record) return
      learn(record)
      platform.tell({ record, acknowledged: ids })
    },
    /** Learns what another tab has committed. */
    hear: ({ record, acknowledged = [] }: TabMessage): void => {
      for (const id of acknowledged) unacknowledged.delete(id)
      learn(record)
    },
    /**
     * Settles everything without waiting for a transaction, because the page may be gone before it ends, and leaves a copy
     * behind. The collector's fold is the arbiter if another tab decided differently in the meantime.
     *
     * @returns this tab's events that nobody has acknowledged
     */
    leave: (): Event[] => {
      if (!known && !waiting.length) return []
      const record = waiting.reduce(settle, freshRecord())
      learn(record)
      platform.spill.write(
        admission.tab,
        record,
        waiting.flatMap(entry => entry.events ?? []),
      )
      spilled = true
      return [...unacknowledged.values()]
    },
  }
}

export type Store = ReturnType<typeof createStore>
