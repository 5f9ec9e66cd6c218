import type { Event } from '../../model/index.ts'
import type { Draft } from './admission.ts'
import { createAttempt } from './attempt.ts'
import { createConsent } from '../consent.ts'
import type { Core } from '../core.ts'
import { createGather } from './gather.ts'
import { createOutbox } from './outbox.ts'
import type { Change, TabMessage } from '../platform.ts'
import type { TrackerRecord } from './record.ts'
import { createSettle, type Entry } from './settle.ts'
import { shareRun } from '../shareRun.ts'

export interface StoreOptions {
  /** Called when the record has changed, here or in another tab. */
  onRecord(record: TrackerRecord): void
  /** Called when events have entered the outbox. */
  onCommitted(): void
  /** Called when a visitor who had refused lets the site track. */
  onAnew(): void
}

const eventsOf = (entries: Entry[]): Event[] => entries.flatMap(({ events = [] }) => events)

/** Drafts that one transaction takes at most, so that a burst leaves no long task. */
const draftsPerCommit = 200
/** Drafts that wait for consent at most: the first ones, which tell how the visitor came. */
const longestWait = 1000

/**
 * The record all tabs share, and the way of an event into it: drafts wait here, for consent if need be, and one readwrite
 * transaction decides on their session, folds them and puts them into the outbox. Whatever the page's exit cuts off is settled
 * from memory.
 */
export const createStore = (core: Core, { onRecord, onCommitted, onAnew }: StoreOptions) => {
  const { platform } = core
  const { spill } = platform
  const { settle, unacknowledged, unkept, keep, renew } = createSettle(core)
  let known: TrackerRecord | undefined
  /** What this page goes by while no transaction of its own has ended: it must not be another one each time that it is asked for. */
  let assumed: TrackerRecord | undefined
  let waiting: Entry[] = []

  /** Without an answer of the database, what the page before has left says who the visitor is. A new id is a secret: who knows it is told of the session. */
  const knownOrNew = (): TrackerRecord => known ?? (assumed ??= spill?.record() ?? { v: 1, visitor: platform.newId(platform.now(), true) })

  const erase = (): void => {
    known = assumed = undefined
    platform.later?.()
    renew()
    platform.erase()
  }
  const consent = createConsent(core, {
    onGranted: isAnew => {
      if (isAnew) onAnew()
      void committed()
    },
    onDenied: () => {
      waiting = []
      erase()
    },
  })
  const { isGranted } = consent
  const attempt = createAttempt(core, isGranted, erase)

  const learn = ({ record, acknowledged, consent: answer }: TabMessage): void => {
    if (answer) consent.hear(answer)
    acknowledged?.forEach(id => unacknowledged.delete(id))
    if (record?.session && isGranted()) onRecord((known = record))
  }

  /** Runs a transaction, and tells everybody. */
  const update = async (change: (record: TrackerRecord) => Change): Promise<void> => {
    let message: TabMessage = {}
    const work = (stored?: TrackerRecord): Change => {
      const changed = core.cross(stored ? (assumed = stored) : knownOrNew(), change)
      message = changed[0]
      return changed
    }
    const isStored = await attempt(async ({ update }) => (await update(work), true))
    if (!isGranted()) return
    if (!isStored) work()[1]?.forEach(keep)
    learn(message)
    assumed = undefined
    // Others that keep all for themselves must not take this page's visitor over: they have events of their own.
    if (isStored) platform.tell(message)
  }

  const commit = shareRun(async () => {
    // What the page's task adds is gathered into one transaction meanwhile.
    await platform.started
    await core.prepare()
    do {
      const left = spill?.read() ?? []
      known ??= left[0]?.record
      waiting.unshift(...left)
      // Entries stay in line until the transaction has ended: an exit in the middle of it must still find them.
      const entries = waiting.slice(0, draftsPerCommit)
      await update(stored => [{ record: entries.reduce(settle, stored) }, eventsOf(entries)])
      waiting = waiting.slice(waiting.indexOf(entries.at(-1)!) + 1)
      onCommitted()
    } while (waiting.length)
    // Not before: what was left behind may hold more than one transaction has taken.
    spill?.forget()
  })

  /** Resolves when everything added so far is in the outbox; to false when nothing is to be kept. */
  const committed = async (): Promise<boolean> => isGranted() && (await commit(), true)
  const gather = createGather(core, committed)

  return {
    /** The record as this tab knows it. */
    known: (): TrackerRecord | undefined => known,
    committed,
    /** Has what was added stored, soon if that can wait for what comes after it. */
    gather,
    /**
     * Takes what makes a draft; returns at once.
     *
     * @param canWait for what comes after it. Attention cannot: other tabs have heard of it, and would tell it first, but this one it is that is seen
     */
    add: (toDraft: () => Draft, canWait: boolean): void => {
      if (isGranted() || (consent.isPending() && waiting.length < longestWait)) waiting.push({ toDraft })
      gather(canWait)
    },
    /** The visitor's answer, for all tabs: what waits for it goes on, or everything is forgotten as if there had been no visit. */
    consent: consent.answer,
    ...createOutbox(core, { unacknowledged, attempt, update }),
    /** Events of the session as it is known: lists of them, the first ones that end after an id. */
    kept: async (after: string, limit: number): Promise<Event[][]> => (await attempt(({ kept }) => kept(after, limit))) ?? [unkept],
    /** Learns what another tab has committed. */
    learn,
    /**
     * Settles everything without waiting for a transaction, because the page may be gone before it ends, and leaves a copy
     * behind. The collector's fold is the arbiter if another tab decided differently in the meantime.
     *
     * @param send takes this tab's events that nobody has acknowledged; last, because it takes longer than to leave thousands behind
     */
    leave: (send: (events: Event[]) => void): void => {
      if (!isGranted()) return
      let from = 0
      let entries: Entry[]
      // In pieces, the record alone as the last one: Chromium gives a closing page half a second, and what is left behind by then stays.
      do {
        entries = waiting.slice(from, (from = 2 * from || draftsPerCommit))
        const [{ record }] = core.cross(knownOrNew(), stored => [{ record: entries.reduce(settle, stored) }])
        if (entries.length) learn({ record })
        if (known) spill?.write({ record, events: eventsOf(entries.filter(entry => !entry.isLeft && (entry.isLeft = true))) })
      } while (entries.length)
      send([...unacknowledged.values()])
    },
  }
}

export type Store = ReturnType<typeof createStore>
