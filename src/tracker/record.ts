import {
  isCounted,
  presenceOf,
  reduceSession,
  splitGap,
  statusAt,
  activeAtOf,
  type Campaign,
  type CustomerKey,
  type Event,
  type EventPage,
  type PageFacts,
  type PresenceState,
  type SessionRules,
  type SessionState,
} from '../model/index.ts'
import type { Settings } from './options.ts'

/** What all tabs of a site share, kept in IndexedDB. */
export interface TrackerRecord {
  /** Version of this shape. */
  v: 1
  visitor: string
  /** How many sessions the visitor has had. */
  sessions: number
  session?: SessionState
  /** The attention that the session's events have told last. */
  told: PresenceState
  customer?: CustomerKey | undefined
  /** What the collector told of the session. */
  facts?: PageFacts | undefined
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** An event before it is known which session it belongs to. */
export type Draft = DistributiveOmit<Event, 'session' | 'seq' | 'tab' | 'idle' | 'away' | 'start'> & {
  /** Campaign of the page, read from its address. */
  campaign?: Campaign | undefined
}

/** What the decision needs beside the record and the draft. */
export interface Admission {
  tab: string
  settings: Pick<Settings, 'type' | 'newSessionOnCampaign'>
  /** The waiting times that differ from the defaults. */
  rules: Partial<SessionRules>
  /** Next number of this tab in a session. */
  nextSeq(session: string): number
  newId(at: number): string
  /** What led to the page, for a session that opens on it. */
  entry(): { page: EventPage; referrer: string | undefined }
}

export const createRecord = (visitor: string): TrackerRecord => ({ v: 1, visitor, sessions: 0, told: 'active' })

/** Moves the last activity forward, and counts the time since the one before as active, idle and away. */
const touch = (session: SessionState, at: number): SessionState => {
  if (at <= activeAtOf(session)) return session
  const { idle, away } = splitGap(presenceOf(session), at)
  return { ...session, activeAt: at, idle: session.idle + idle, away: session.away + away }
}

const isSameCampaign = (a: Campaign = {}, b: Campaign): boolean =>
  Object.keys({ ...a, ...b }).every(key => a[key as keyof Campaign] === b[key as keyof Campaign])

/** Adds an event, which has its session already, to a record: into the session when it is that one. */
export const fold = (record: TrackerRecord, event: Event): TrackerRecord => {
  const { session } = record
  if (session?.id === event.session) return { ...record, session: reduceSession(session, event) }
  // Another tab, or this one before it was closed, opened a session that the record has not heard of.
  const index = event.start?.index ?? 0
  return index > record.sessions ? { ...record, sessions: index, session: reduceSession(undefined, event), told: 'active', facts: undefined } : record
}

/**
 * The decision "extend or open a new one", and the numbers an event gets with it. Pure but for the ids and numbers that
 * `admission` hands out.
 *
 * @returns the events that the draft became: none for an activity that is no news, two when a session was ended for it
 */
export const admit = (record: TrackerRecord, draft: Draft, admission: Admission): { record: TrackerRecord; events: Event[] } => {
  const { campaign, ...event } = draft
  const { at, type } = event
  const { session, customer } = record
  const events: Event[] = []
  let next = record
  const enter = (entering: object, id: string): void => {
    const stamped = { ...entering, session: id, seq: admission.nextSeq(id), tab: admission.tab } as Event
    events.push(stamped)
    next = fold(next, stamped)
  }

  const isOpen = !!session && !session.end && at < presenceOf(session).endsAt
  const isNewCampaign = !!campaign && admission.settings.newSessionOnCampaign && !isSameCampaign(session?.start?.campaign, campaign)
  const activity = event.type === 'activity' ? event : undefined
  /** The instant of activity that the event tells: itself when it counts, the input that it reports, or none. */
  const activeAt = activity ? activity.activeAt : isCounted(event as Event) ? at : undefined

  if (isOpen && !isNewCampaign) {
    const isNews =
      !activity ||
      activity.visible !== undefined ||
      (activeAt ? activeAt > session.activeAt : record.told !== activity.state && statusAt(presenceOf(session), at) === activity.state)
    if (!isNews) return { record, events }
    const { idle, away } = touch(session, activeAt ?? 0)
    enter({ ...event, idle: idle || undefined, away: away || undefined }, session.id)
  } else {
    // Neither an end nor news of a leave is reason enough to open a session.
    if (type === 'end' || (activity && (!activeAt || activity.visible === false))) return { record, events }
    if (isOpen) enter({ type: 'end', id: admission.newId(at), at, reason: 'campaign' }, session.id)
    const { page, referrer } = admission.entry()
    const { rules } = admission
    const start = { type: admission.settings.type, index: record.sessions + 1, previous: session?.id, referrer, campaign, customer, rules }
    enter({ page, ...event, start }, event.id)
  }
  next = { ...next, told: activity?.state ?? (activeAt ? 'active' : next.told) }
  if (event.type === 'identify') next.customer = event.customer
  if (type === 'end') next.customer = undefined
  return { record: next, events }
}
