import type { Event } from '../../model/index.ts'
import { createAdmission, type Draft } from './admission.ts'
import type { Core } from '../core.ts'
import { fold, type TrackerRecord } from './record.ts'
import { toText } from '../toText.ts'

/**
 * What happened, on its way into the outbox. `events` is set once, by whoever comes first: the transaction, or the page's exit. The
 * draft is made only then, so that a page that tells much in one task does not stand still.
 */
export interface Entry {
  toDraft?: () => Draft
  events?: readonly Event[]
  /** A copy was left behind, for the case that the page is gone before its transaction ends. */
  isLeft?: boolean
}

/** Gives drafts their session, and remembers what became of them until the collector has it. */
export const createSettle = (core: Core) => {
  const unacknowledged = new Map<string, Event>()
  const unkept: Event[] = []
  const { admit, renew } = createAdmission(core)
  return {
    unacknowledged,
    /** Events that went into no database. */
    unkept,
    /** Takes one of them: what a page before has left behind is in the hands of this one, too. */
    keep: (event: Event): void => {
      unkept.push(event)
      unacknowledged.set(event.id, event)
    },
    /** Gives an entry its session, unless it has one, and folds it. */
    settle: (record: TrackerRecord, entry: Entry): TrackerRecord => {
      try {
        if (!entry.events) {
          entry.events = admit(record, entry.toDraft!())
          for (const event of entry.events) unacknowledged.set(event.id, event)
        }
        return entry.events.reduce(fold, record)
      } catch (cause) {
        // Made of what a middleware returned: it must not keep the others from the outbox.
        entry.events = []
        void core.fail('internal', toText(cause))
        return record
      }
    },
    /** Forgets all of it, and under which name the tab was known. */
    renew: (): void => {
      unacknowledged.clear()
      renew()
    },
  }
}
