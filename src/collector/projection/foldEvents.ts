import type { Event } from '../../model/event.ts'
import { reduceSession, type SessionState } from '../../model/reduceSession.ts'
import { readClock, repairEvent, toSkews } from './repairClock.ts'
import type { FoldOptions } from './foldBatch.ts'
import type { StoredEvent, StoredSession } from '../sessionStore.ts'
import { addToOrder, boundsOf, type TabOrder } from './tabOrder.ts'

/** What a session's events, and its pages' clock, have led to. */
export interface FoldedEvents extends Pick<StoredSession, 'state' | 'clock' | 'order'> {
  /** Events that are new to the session. */
  added: StoredEvent[]
}

/** By tab, each in the order of its numbers: so that of two events the earlier one bounds the later one. */
const groupByTab = (events: readonly Event[]): Event[][] => {
  const tabs = new Map<string, Event[]>()
  for (const event of events) {
    const tab = tabs.get(event.tab)
    if (tab) tab.push(event)
    else tabs.set(event.tab, [event])
  }
  return [...tabs.values()].map(tab => tab.sort((a, b) => a.seq - b.seq))
}

/** Repairs the clock of a batch's events of one session, and adds those that are new to it. */
export const foldEvents = (known: StoredSession | undefined, events: readonly Event[], { logged, site, writer }: FoldOptions): FoldedEvents => {
  const { position, receivedAt, batch } = logged
  const { sentAt, deferred } = batch
  const clock = readClock({ receivedAt, sentAt, deferred, known: known?.clock })
  const order = new Map<string, TabOrder>(Object.entries(known?.order ?? {}))
  let state: SessionState | undefined = known?.state
  const added: StoredEvent[] = []
  for (const tab of groupByTab(events)) {
    const skews = toSkews(tab.map(({ at }) => at), { sentAt, before: known?.clock, now: clock })
    tab.forEach((event, i) => {
      const runs = order.get(event.tab) ?? []
      const repaired = repairEvent(event, { skew: skews[i]!, receivedAt, bounds: boundsOf(runs, event.seq) })
      if (!writer.addEvent(site.id, repaired, position)) return
      added.push(repaired)
      state = reduceSession(state, repaired)
      // A tab too many is not kept in mind either.
      if (Object.hasOwn(state.tabs, event.tab)) order.set(event.tab, addToOrder(runs, event.seq, repaired.at))
    })
  }
  if (!state) throw new Error(`the session ${events[0]!.session} has events and no state`)
  return { state, ...(clock && { clock }), order: Object.fromEntries(order), added }
}
