import type { Event, PageFacts } from '../model/index.ts'
import { createAdmission } from './admission.ts'
import type { Emitter } from './emitter.ts'
import type { Settings } from './options.ts'
import type { Change, Leaving, Platform, TabMessage } from './platform.ts'
import { admit, createRecord, fold, type Draft, type TrackerRecord } from './record.ts'

/** A draft on its way into the outbox. `events` is set once, by whoever comes first: the transaction, or the page's exit. */
interface Entry {
  draft?: Draft
  events?: readonly Event[]
}

export interface StoreOptions {
  platform: Platform
  settings: Settings
  /** Told when something broke: `storage` once, when the tracker goes on in memory; `internal` for an event that is dropped. */
  fail: Emitter['fail']
  /** Called when the record has changed, here or in another tab. */
  onRecord(record: TrackerRecord): void
  /** Called when events have entered the outbox. */
  onCommitted(): void
}

/** Drafts that one transaction takes at most, so that a burst leaves no long task. */
const draftsPerCommit = 200

/**
 * The record all tabs share, and the way of an event into it: drafts wait here, and one readwrite transaction decides on
 * their session, folds them and puts them into the outbox. Whatever the page's exit cuts off is settled from memory.
 */
export const createStore = ({ platform, settings, fail, onRecord, onCommitted }: StoreOptions) => {
  const admission = createAdmission(platform, settings)
  const { spill } = platform
  let { storage } = platform
  let known: TrackerRecord | undefined
  let left: Leaving[] | undefined
  let waiting: Entry[] = []
  let running: Promise<void> | undefined
  const unacknowledged = new Map<string, Event>()

  const freshRecord = (): TrackerRecord => known ?? left?.[0]?.record ?? createRecord(platform.newId(platform.now()))

  /** Gives an entry its session, or folds it when it has one. */
  const settle = (record: TrackerRecord, entry: Entry): TrackerRecord => {
    try {
      if (!entry.draft || entry.events) return (entry.events ?? []).reduce(fold, record)
      const admitted = admit(record, entry.draft, admission)
      entry.events = admitted.events
      entry.events.forEach(event => unacknowledged.set(event.id, event))
      return admitted.record
    } catch (cause) {
      // Made of what a middleware returned: it must not keep the others from the outbox.
      entry.events = []
      fail('internal', `an event could not be taken: ${String(cause)}`)
      return record
    }
  }

  const learn = ({ record, acknowledged }: TabMessage): void => {
    acknowledged?.forEach(id => unacknowledged.delete(id))
    if (record) onRecord((known = record))
  }

  /** Runs a transaction and tells everybody; when storage fails, goes on in memory from then on. */
  const update = async (change: (record: TrackerRecord) => Change): Promise<void> => {
    let message: TabMessage = {}
    const work = (stored = freshRecord()): Change => {
      const changed = change(stored)
      message = { record: changed.record, acknowledged: changed.acknowledged }
      return changed
    }
    try {
      await storage?.update(work)
    } catch (cause) {
      storage = undefined
      fail('storage', `storage failed, going on in memory: ${String(cause)}`)
    }
    if (!storage) work()
    learn(message)
    platform.tell(message)
  }

  const commitAll = async (): Promise<void> => {
    // A turn of waiting gathers what the page's task adds into one transaction.
    await undefined
    try {
      do {
        if (!left) {
          left = spill?.read() ?? []
          waiting = [...left, ...waiting]
        }
        // Entries stay in line until the transaction has ended: an exit in the middle of it must still find them.
        const entries = waiting.slice(0, draftsPerCommit)
        await update(stored => ({ record: entries.reduce(settle, stored), events: entries.flatMap(entry => entry.events ?? []) }))
        waiting = waiting.slice(entries.length)
        spill?.forget()
        onCommitted()
      } while (waiting.length)
    } finally {
      running = undefined
    }
  }

  /** Resolves when everything added so far is in the outbox. */
  const committed = (): Promise<void> => (running ??= commitAll())

  return {
    /** The record as this tab knows it. */
    known: (): TrackerRecord | undefined => known,
    committed,
    /** Takes a draft; returns at once. */
    add: (draft: Draft): void => {
      waiting.push({ draft })
      void committed()
    },
    /** The oldest events that nobody has acknowledged: of all tabs, or in memory of this one. */
    pending: async (limit: number): Promise<Event[]> => (await storage?.pending(limit)) ?? [...unacknowledged.values()].slice(0, limit),
    /** Takes acknowledged events out of the outbox, and keeps what the collector told of the session. */
    acknowledge: (acknowledged: readonly string[], facts: PageFacts | undefined): Promise<void> =>
      update(stored => ({
        record: facts && facts.id === stored.session?.id ? { ...stored, facts: { ...stored.facts, ...facts } } : stored,
        acknowledged,
      })),
    /** Learns what another tab has committed. */
    learn,
    /**
     * Settles everything without waiting for a transaction, because the page may be gone before it ends, and leaves a copy
     * behind. The collector's fold is the arbiter if another tab decided differently in the meantime.
     *
     * @returns this tab's events that nobody has acknowledged
     */
    leave: (): Event[] => {
      if (waiting.length) {
        const record = waiting.reduce(settle, freshRecord())
        learn({ record })
        spill?.write(admission.tab, { record, events: waiting.flatMap(entry => entry.events ?? []) })
      }
      return [...unacknowledged.values()]
    },
  }
}

export type Store = ReturnType<typeof createStore>
