import { describeCampaign } from '../../model/clickIds.ts'
import type { Campaign } from '../../model/event.ts'
import { toReferrer, type Referrer } from '../../model/referrer.ts'
import { parseUrl } from '../../model/url.ts'
import type { SessionReader, StoredSession } from '../sessionStore.ts'

/** What has brought a visitor at one time: a campaign, a page of somebody else, or both. */
export interface Touch {
  sessionId: string
  /** When the session began that it has opened. */
  date: string
  mktCampaign?: Campaign
  referrer?: Referrer
  /** The first page of that session. */
  url?: string
}

/** What has brought a visitor. Each is absent where there was none: whoever comes by themselves is brought by nobody. */
export interface Touches {
  /** The visitor's first one. */
  first?: Touch
  /** The newest one, of this session or one before. */
  last?: Touch
  /** What has opened the session itself. */
  session?: Touch
}

/** What has brought the visitors of a site. */
export interface VisitorTouches extends Touches {
  site: string
  visitorId: string
}

/** What of a session tells what has brought it. */
type Opened = Pick<StoredSession, 'state' | 'facts'>

const campaignOf = ({ state, facts }: Opened): Campaign | undefined => facts.mktCampaign ?? describeCampaign(state.start?.campaign)

const entryOf = ({ state }: Opened): string | undefined => state.entryPage?.value.url

/** The page of somebody else that led to a session, if one has. */
const outerReferrer = (opened: Opened): Referrer | undefined => {
  const { start } = opened.state
  const url = entryOf(opened)
  const referrer = opened.facts.referrer ?? (start?.referrer ? toReferrer(start.referrer, url && parseUrl(url).hostname) : undefined)
  return referrer?.medium === 'internal' ? undefined : referrer
}

/** Whether something outside has opened a session. */
export const isTouch = (opened: Opened): boolean => !!(outerReferrer(opened) ?? campaignOf(opened))

/**
 * What has opened a session from outside. A page of the site itself has not, nor has a service that visitors pass through in the midst
 * of a visit: so neither takes the place of what has brought the visitor before.
 */
export const toTouch = (opened: Opened): Touch | undefined => {
  const { id, first } = opened.state
  const [mktCampaign, referrer, url] = [campaignOf(opened), outerReferrer(opened), entryOf(opened)]
  if (!mktCampaign && !referrer) return undefined
  return { sessionId: id, date: new Date(first.stamp[0]).toISOString(), ...(mktCampaign && { mktCampaign }), ...(referrer && { referrer }), ...(url !== undefined && { url }) }
}

/** Creates what reads the touches of visitors. They follow from their Sessions, and so from the event log. */
export const createTouches = (sessions: Pick<SessionReader, 'touched' | 'list'>) => {
  const read = (site: string, visitorId: string, until: number): Omit<Touches, 'session'> => {
    const { first, last } = sessions.touched({ site, visitorId, until })
    const [firstTouch, lastTouch] = [first && toTouch(first), last && toTouch(last)]
    return { ...(firstTouch && { first: firstTouch }), ...(lastTouch && { last: lastTouch }) }
  }

  const ofSession = (stored: StoredSession): Touches => {
    const session = toTouch(stored)
    const { visitorId } = stored.facts
    const others = visitorId === undefined ? {} : read(stored.site, visitorId, stored.state.first.stamp[0])
    return { ...others, ...(session && { session }) }
  }

  return {
    /** As of a session: what came later does not count. */
    ofSession,
    /** As of the visitor's newest session at a site; undefined where there is none. */
    ofVisitor: (site: string, visitorId: string): VisitorTouches | undefined => {
      // The instant decides about states only, and none is asked for.
      const [newest] = sessions.list({ site, visitorId }, 0, { limit: 1 }).entities
      return newest && { site, visitorId, ...ofSession(newest) }
    },
  }
}
