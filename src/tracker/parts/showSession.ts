import { reduceSession, toSession, type BatchContext, type Event, type Session, type SessionState, type TabState } from '../../model/index.ts'
import { library } from '../library.ts'
import type { TrackerRecord } from '../store/record.ts'
import type { SessionBrief } from '../store/sessionBrief.ts'

/** When a Session is looked at, and in which browser. */
export type Sight = Pick<BatchContext, 'userAgent' | 'app' | 'networkConnectivity'> & { now: number }

/** Reads lists of kept events, the first ones of those that end after an id. */
export type ReadKept = (after: string, limit: number) => Promise<readonly Event[][]>

/** Lists that are read and folded in one go, so that a long session leaves no long task. */
const step = 100

/** Folds the events that are kept of a session; undefined when there are none. */
const foldKept = async (id: string, read: ReadKept): Promise<SessionState | undefined> => {
  let state: SessionState | undefined
  for (let after = ''; ; ) {
    const lists = await read(after, step)
    state = lists.flat().filter(({ session }) => session === id).reduce<SessionState | undefined>(reduceSession, state)
    if (lists.length < step) return state
    after = lists.at(-1)!.at(-1)!.id
  }
}

const visibility = ({ shown, createdAt, leftAt = createdAt }: SessionBrief): TabState => ({ seen: [], visible: { stamp: [leftAt, ''], value: !!shown[0] } })

const most = (a: SessionState['counts'], b: SessionState['counts'] = a): SessionState['counts'] => ({
  pageview: Math.max(a.pageview, b.pageview),
  screenview: Math.max(a.screenview, b.screenview),
  custom: Math.max(a.custom, b.custom),
})

/** The session as the page goes on with it: what its events tell, and what of it began on another host. */
const toState = (brief: SessionBrief, kept: SessionState | undefined): SessionState => {
  const { id, createdAt, activeAt, idle, away, shown, leftAt, start, end } = brief
  const { first, counts = { pageview: 0, screenview: 0, custom: 0 }, attributes = [], searchTerms = [] } = kept ?? {}
  return {
    ...kept,
    v: 1,
    id,
    tabs: shown[0] || leftAt ? { all: visibility(brief) } : {},
    counts: most(counts, brief.counts),
    first: first && first.stamp[0] <= createdAt ? first : { stamp: [createdAt, id], value: 'pageview' },
    attributes,
    searchTerms,
    start,
    end: kept?.end ?? (end && { stamp: [activeAt, id], value: end }),
    activeAt,
    idle,
    away,
  }
}

/** The record's Session as the page may see it; undefined while there is none. */
export const showSession = async ({ session, visitor, facts }: TrackerRecord, read: ReadKept, { userAgent, app, networkConnectivity, now }: Sight): Promise<Session | undefined> =>
  session && toSession(toState(session, await foldKept(session.id, read)), { visitorId: visitor, userAgentString: userAgent, sdkLibrary: library, app, networkConnectivity, ...facts }, { now })
