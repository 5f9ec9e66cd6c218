import { isCounted, type Event } from '../../model/index.ts'
import type { TrackerRecord } from '../store/record.ts'
import type { SessionBrief } from '../store/sessionBrief.ts'

type Counts = NonNullable<SessionBrief['counts']>

/** What goes along from one origin to another: who the visitor is, and what decides on the session. No customer, and no page. */
export interface Carried {
  v: 1
  visitor: string
  session: Omit<SessionBrief, 'shown' | 'start' | 'counts'> & {
    counts: Counts
    start: Pick<NonNullable<SessionBrief['start']>, 'type' | 'index' | 'campaign' | 'rules'>
  }
  /** Session that `reset()` has ended last: who had been named is forgotten with it, on every origin. */
  reset?: string | undefined
}

/** UTF-16 units: browsers refuse a cookie of more than 4096 bytes, and some of them take three. */
const mostTags = 1000

const none: Counts = { pageview: 0, screenview: 0, custom: 0 }

/** @returns undefined while there is no session */
export const toCarried = ({ visitor, session, reset }: TrackerRecord): Carried | undefined => {
  if (!session?.start) return undefined
  const { shown, counts = none, start, leftAt, ...same } = session
  const { type, index, campaign, rules } = start
  return {
    v: 1,
    visitor,
    session: { ...same, counts, leftAt: shown.length ? undefined : leftAt, start: { type, index, ...(campaign?.tags && { campaign: { tags: campaign.tags.slice(0, mostTags) } }), ...(rules && { rules }) } },
    reset: session.end === 'reset' ? session.id : reset,
  }
}

const numbers = ['activeAt', 'idle', 'away', 'createdAt'] as const
const isUuid = (value: unknown): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(String(value))

/** Reads what may have been written by anybody; undefined for what is none. */
export const parseCarried = (text: string): Carried | undefined => {
  try {
    const carried = JSON.parse(text) as Carried
    const { v, visitor, session } = carried
    const { id, counts, start } = session
    const isFit = v === 1 && isUuid(visitor) && isUuid(id) && start.index > 0 && numbers.every(name => session[name] >= 0)
    return isFit && [counts.pageview, counts.screenview, counts.custom].every(count => count >= 0) ? carried : undefined
  } catch {
    return undefined
  }
}

/** Both have seen a part of the session: the further one counts. */
const merge = (own: SessionBrief, { counts, activeAt, idle, away, end }: Carried['session']): SessionBrief => ({
  ...own,
  counts: {
    pageview: Math.max(own.counts?.pageview ?? 0, counts.pageview),
    screenview: Math.max(own.counts?.screenview ?? 0, counts.screenview),
    custom: Math.max(own.counts?.custom ?? 0, counts.custom),
  },
  activeAt: Math.max(own.activeAt, activeAt),
  idle: Math.max(own.idle, idle),
  away: Math.max(own.away, away),
  end: own.end ?? end,
})

/** The record with the events counted that its session has got; the session of before may have been another. */
export const countOnward = (before: TrackerRecord, record: TrackerRecord, events: readonly Event[]): TrackerRecord => {
  const { session } = record
  if (!session) return record
  const counts = { ...none, ...(before.session?.id === session.id && before.session.counts) }
  for (const event of events) if (event.session === session.id && isCounted(event)) counts[event.type]++
  return { ...record, session: { ...session, counts } }
}

/** The record of this origin, with what another has left. */
export const adoptCarried = (record: TrackerRecord, { visitor, session, reset }: Carried): TrackerRecord => {
  const own = record.session
  const isReset = reset !== undefined && reset !== record.reset
  const known: TrackerRecord = isReset ? { ...record, reset, customer: undefined } : record
  if (own?.id === session.id) return { ...known, visitor, session: merge(own, session) }
  // The newer one of a visitor's sessions; where two origins have opened one in the same instant, the one that was told last.
  if (own?.start && record.visitor === visitor && own.start.index > session.start.index) return known
  const former = own && record.visitor !== visitor ? { [own.id]: record.visitor } : record.former
  return { ...known, visitor, former, session: { ...session, shown: [] }, facts: undefined, told: undefined }
}
