import type { Event, PageFacts } from '../../model/index.ts'
import type { Attempt } from './attempt.ts'
import type { Core } from '../core.ts'
import { addLost, type Lost } from './lost.ts'
import type { Change } from '../platform.ts'
import { addFacts, type TrackerRecord } from './record.ts'
import { toSurplus } from './surplus.ts'

interface OutboxOptions {
  /** This tab's events that nobody has acknowledged. */
  unacknowledged: ReadonlyMap<string, Event>
  attempt: Attempt
  /** Runs a transaction. */
  update(change: (record: TrackerRecord) => Change): Promise<void>
}

/** More events than there can be; IndexedDB takes no more than 32 bits. */
const everything = 1e9

/** What waits for the collector: the stored events of all tabs, or this tab's in memory where storage is gone or was emptied. */
export const createOutbox = ({ fail }: Core, { unacknowledged, attempt, update }: OutboxOptions) => {
  /** The oldest events. */
  const pending = async (limit: number): Promise<Event[]> => {
    const stored = await attempt(({ pending }) => pending(limit))
    return stored?.length ? stored : [...unacknowledged.values()].slice(0, limit)
  }

  /** Takes events out that the collector has or never wants, and keeps what it told of the session. */
  const acknowledge = (acknowledged: readonly string[], facts: PageFacts | undefined, count: (lost?: Lost) => Lost): Promise<void> =>
    update(stored => [{ record: { ...addFacts(stored, facts), lost: count(stored.lost) }, acknowledged }])

  return {
    pending,
    acknowledge,
    unacknowledged: (): Event[] => [...unacknowledged.values()],
    /** Gives up what there is too much of. To be called by one tab at a time. */
    drop: async (): Promise<void> => {
      const surplus = toSurplus(await pending(everything))
      if (!surplus.length) return
      await acknowledge(surplus.map(({ id }) => id), undefined, addLost(surplus, 'cap'))
      void fail('cap', surplus.length)
    },
  }
}
