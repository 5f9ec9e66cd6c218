import {
  activeAtOf,
  leftAtOf,
  presenceOf,
  reduceSession,
  rulesOf,
  splitGap,
  statusAt,
  toPresence,
  type Campaign,
  type CustomerKey,
  type EndReason,
  type Event,
  type EventPage,
  type PageFacts,
  type Presence,
  type PresenceState,
  type SessionRules,
  type SessionState,
} from '../model/index.ts'

/** What all tabs of a site share, kept in IndexedDB. */
export interface TrackerRecord {
  /** Version of this shape. */
  v: 1
  visitor: string
  /** How many sessions the visitor has had. */
  sessions: number
  session?: SessionState
  /** Last activity, input without an event included, and the idle and away milliseconds before it. */
  activeAt: number
  idle: number
  away: number
  /** The attention that the session's events have told last. */
  told: PresenceState
  customer?: CustomerKey
  /** What the collector told of the session with this id. */
  facts?: PageFacts
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
  type: string
  rules: Partial<SessionRules>
  newSessionOnCampaign: boolean
  /** Next number of this tab in a session. */
  nextSeq(session: string): number
  newId(at: number): string
  /** What led to the page, for a session that opens on it. */
  entry(): { page: EventPage; referrer: string | undefined }
}

export const createRecord = (visitor: string): TrackerRecord => ({ v: 1, visitor, sessions: 0, activeAt: 0, idle: 0, away: 0, told: 'active' })

/** Instants at which the session's visitor goes idle and away, counting input that no event has told yet. */
export const presenceOfRecord = (record: TrackerRecord, session: SessionState): Presence =>
  record.activeAt > session.activeAt ? toPresence(record.activeAt, leftAtOf(session), rulesOf(session)) : presenceOf(session)

/** True when the session can still take an event of that instant. */
export const isOpen = (record: TrackerRecord, at: number): boolean => {
  const { session } = record
  return !!session && !session.end && at < presenceOfRecord(record, session).endsAt && at < session.first.stamp[0] + rulesOf(session).sessionMaxSeconds * 1000
}

/** Moves the last activity forward, and counts the time since the one before as active, idle and away. */
export const touch = (record: TrackerRecord, at: number): TrackerRecord => {
  const { session } = record
  if (!session || at <= record.activeAt) return record
  const gap = splitGap(presenceOfRecord(record, session), at)
  return { ...record, activeAt: at, idle: record.idle + gap.idle, away: record.away + gap.away }
}

const isSameCampaign = (a: Campaign = {}, b: Campaign): boolean =>
  [...Object.keys(a), ...Object.keys(b)].every(key => a[key as keyof Campaign] === b[key as keyof Campaign])

/** Adds an event, which has its session already, to a record: into the session when it is that one. */
export const fold = (record: TrackerRecord, event: Event): TrackerRecord => {
  const { session } = record
  if (session?.id === event.session) return { ...record, session: reduceSession(session, event) }
  // Another tab, or this one before it was closed, opened a session that the record has not heard of.
  if (event.start && event.start.index > record.sessions) {
    return { ...record, sessions: event.start.index, session: reduceSession(undefined, event), activeAt: event.at, idle: 0, away: 0, told: 'active' }
  }
  return record
}

const stamp = (draft: Draft, session: string, { tab, nextSeq }: Admission): Event => {
  const { campaign: _, ...event } = draft
  return { ...event, session, seq: nextSeq(session), tab } as Event
}

const openSession = (record: TrackerRecord, draft: Draft, admission: Admission): { record: TrackerRecord; event: Event } => {
  const { page, referrer } = admission.entry()
  const { rules, type } = admission
  const event = stamp({ page, ...draft }, draft.id, admission)
  event.start = {
    type,
    index: record.sessions + 1,
    ...(record.session && { previous: record.session.id }),
    ...(referrer && { referrer }),
    ...(draft.campaign && { campaign: draft.campaign }),
    ...(record.customer && { customer: record.customer }),
    ...(Object.keys(rules).length && { rules }),
  }
  return { record: fold(record, event), event }
}

/** Ends the session; as of its last activity when it has only been found to be over now. */
const closeSession = (record: TrackerRecord, end: { at: number; reason: EndReason }, admission: Admission): { record: TrackerRecord; event: Event } => {
  const event = stamp({ type: 'end', id: admission.newId(end.at), ...end }, record.session!.id, admission)
  const counted = { ...event, ...(record.idle && { idle: record.idle }), ...(record.away && { away: record.away }) }
  return { record: fold(record, counted), event: counted }
}

/** True when an `activity` draft says something that the session's events have not told yet. */
const isNews = (record: TrackerRecord, draft: Draft): boolean => {
  if (draft.type !== 'activity' || draft.visible !== undefined) return true
  if (draft.activeAt !== undefined) return draft.activeAt > (record.session?.activeAt ?? 0)
  return record.told !== draft.state && statusAt(presenceOfRecord(record, record.session!), draft.at) === draft.state
}

/** True when the draft alone is reason enough to open a session. */
const isOpener = (draft: Draft): boolean => draft.type !== 'end' && (draft.type !== 'activity' || draft.activeAt !== undefined)

/**
 * The decision "extend or open a new one", and the numbers an event gets with it. Pure but for the ids and numbers that
 * `admission` hands out.
 *
 * @returns the events that the draft became: none for an activity that is no news, two when a session was ended for it
 */
export const admit = (record: TrackerRecord, draft: Draft, admission: Admission): { record: TrackerRecord; events: Event[] } => {
  const events: Event[] = []
  let next = record
  const { session } = record
  const isNewCampaign =
    draft.type === 'pageview' && !!draft.campaign && admission.newSessionOnCampaign && !isSameCampaign(session?.start?.campaign, draft.campaign)
  if (!isOpen(record, draft.at) || isNewCampaign) {
    if (!isOpener(draft)) return { record, events }
    if (session && !session.end && draft.at < presenceOfRecord(record, session).endsAt) {
      const isMaximum = !isOpen(record, draft.at)
      const closed = closeSession(record, isMaximum ? { at: activeAtOf(session), reason: 'maximum' } : { at: draft.at, reason: 'campaign' }, admission)
      next = closed.record
      events.push(closed.event)
    }
    const opened = openSession(next, draft, admission)
    return { record: withCustomer(opened.record, draft), events: [...events, opened.event] }
  }
  if (!isNews(record, draft)) return { record, events }
  const activity = draft.type === 'activity' ? draft.activeAt : draft.type === 'identify' || draft.type === 'end' ? undefined : draft.at
  if (activity !== undefined) next = touch(next, activity)
  const event = stamp(draft, session!.id, admission)
  if (next.idle) event.idle = next.idle
  if (next.away) event.away = next.away
  next = fold(next, event)
  if (draft.type === 'activity') next = { ...next, told: draft.state }
  else if (activity !== undefined) next = { ...next, told: 'active' }
  return { record: withCustomer(next, draft), events: [event] }
}

const withCustomer = (record: TrackerRecord, draft: Draft): TrackerRecord => {
  if (draft.type === 'identify') return { ...record, customer: { id: draft.customer.id, type: draft.customer.type } }
  if (draft.type !== 'end') return record
  const { customer: _, ...anonymous } = record
  return anonymous
}
