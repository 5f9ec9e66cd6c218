import type { Lost } from './lost.ts'
import { isCounted, type CustomerKey, type Event, type EventBase, type EventDetails, type PageFacts, type PresenceState } from '../../model/index.ts'
import { foldBrief, type SessionBrief } from './sessionBrief.ts'

/** What all tabs of a site share, kept in IndexedDB. */
export interface TrackerRecord {
  /** Version of this shape. */
  v: 1
  visitor: string
  /** The visitor's newest session, over or not. */
  session?: SessionBrief
  /** The attention that the session's events have told last. */
  told?: PresenceState | undefined
  customer?: CustomerKey | undefined
  lost?: Lost
  /** By session: who the visitor was here before the visit of another host was taken over. Events of it may still wait. */
  former?: Record<string, string> | undefined
  /** When the link was followed whose visit was taken over last. */
  landedAt?: number
  /** Session that `reset()` has ended last, on whichever origin. */
  reset?: string | undefined
  /** What the collector told of the session. */
  facts?: PageFacts | undefined
}

/** How many sessions the visitor has had. */
export const countSessions = ({ session }: TrackerRecord): number => session?.start?.index ?? 0

/**
 * Adds an event, which has its session already, to a record: into the session when it is that one, or as a new one when it opens
 * a later one. A session older than the record's changes nothing here: the collector has it.
 */
export const fold = (record: TrackerRecord, event: Event): TrackerRecord => {
  const { session, facts, told } = record
  const { start, state, reason, customer = record.customer }: EventBase & EventDetails = event
  const isCurrent = session?.id === event.session
  if (!isCurrent && !(start && start.index > countSessions(record))) return record
  return {
    ...record,
    session: foldBrief(isCurrent ? session : undefined, event),
    facts: isCurrent ? facts : undefined,
    told: state ?? (start || isCounted(event) ? 'active' : told),
    customer: reason === 'reset' ? undefined : customer,
  }
}

/** Adds what the collector told of a session, if it is the record's. */
export const addFacts = (record: TrackerRecord, facts: PageFacts | undefined): TrackerRecord =>
  facts && facts.id === record.session?.id ? { ...record, facts: { ...record.facts, ...facts } } : record
