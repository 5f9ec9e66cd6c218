import { leftAtOf, type SessionState } from '../../model/index.ts'
import type { TrackerRecord } from '../record.ts'

/** What goes along from one origin to another: who the visitor is, and what decides on the session. No customer, and no page. */
export interface Carried {
  v: 1
  visitor: string
  session: Pick<SessionState, 'id' | 'counts' | 'activeAt' | 'idle' | 'away' | 'end'> & {
    openedAt: number
    hiddenAt: number | undefined
    start: Pick<NonNullable<SessionState['start']>, 'type' | 'index' | 'campaign' | 'rules'>
  }
  /** Session that `reset()` has ended last: who had been named is forgotten with it, on every origin. */
  reset?: string | undefined
}

/** @returns undefined while there is no session */
export const toCarried = ({ visitor, session, reset }: TrackerRecord): Carried | undefined => {
  if (!session?.start) return undefined
  const { id, counts, activeAt, idle, away, end, first, start } = session
  const { type, index, campaign, rules } = start
  return {
    v: 1,
    visitor,
    session: { id, counts, activeAt, idle, away, end, openedAt: first.stamp[0], hiddenAt: leftAtOf(session), start: { type, index, ...(campaign && { campaign }), ...(rules && { rules }) } },
    reset: end?.value === 'reset' ? id : reset,
  }
}

const numbers = ['activeAt', 'idle', 'away', 'openedAt'] as const
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

/** The session as an origin that has seen nothing of it begins with it; what it cannot know the collector does. */
const toState = ({ openedAt, hiddenAt, ...session }: Carried['session']): SessionState => ({
  v: 1,
  tabs: hiddenAt ? { carried: { seen: [0], visible: { stamp: [hiddenAt, session.id], value: false } } } : {},
  first: { stamp: [openedAt, session.id], value: 'pageview' },
  attributes: [],
  searchTerms: [],
  ...session,
})

/** Both have seen a part of the session: the further one counts. */
const merge = (own: SessionState, { counts, activeAt, idle, away, end }: Carried['session']): SessionState => ({
  ...own,
  counts: {
    pageview: Math.max(own.counts.pageview, counts.pageview),
    screenview: Math.max(own.counts.screenview, counts.screenview),
    custom: Math.max(own.counts.custom, counts.custom),
  },
  activeAt: Math.max(own.activeAt, activeAt),
  idle: Math.max(own.idle, idle),
  away: Math.max(own.away, away),
  end: own.end ?? end,
})

/** The record of this origin, with what another has left. */
export const adoptCarried = (record: TrackerRecord, { visitor, session, reset }: Carried): TrackerRecord => {
  const own = record.session
  const isReset = reset !== undefined && reset !== record.reset
  const known: TrackerRecord = isReset ? { ...record, reset, customer: undefined } : record
  if (own?.id === session.id) return { ...known, visitor, session: merge(own, session) }
  // The newer one of a visitor's sessions; where two origins have opened one in the same instant, the one that was told last.
  if (own?.start && record.visitor === visitor && own.start.index > session.start.index) return known
  return { ...known, visitor, session: toState(session), facts: undefined, told: undefined }
}
