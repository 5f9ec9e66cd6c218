import type { Campaign, Event } from '../model/event.ts'
import type { Session } from '../model/session.ts'

/** What has brought a visitor at one time. */
export interface Touch {
  sessionId: string
  date: string
  mktCampaign?: Campaign
  referrer?: NonNullable<Session['referrer']>
  /** The first page. */
  url?: string
}

/** A Session as the API shows it. */
export interface LiveSession extends Session {
  /** Id of the site, where the collector names it. */
  site?: string
  /** How many of the session's events have come, only when it is asked for alone. */
  delivery?: { received: number; missing: number; duplicates: number }
  /** What has brought the visitor, first and last, and to this session; only when it is asked for alone. */
  touches?: { first?: Touch; last?: Touch; session?: Touch }
}

/** An event as the API shows it: with the clock of the collector, and the page's own where it was repaired. */
export type TimelineEvent = Event & { receivedAt?: number | string; clientAt?: number | string }

/** The site a session is on: its id, else the domain of its page, else the name of its app. */
export const siteOf = (session: LiveSession): string => session.site ?? session.lastPage?.domain ?? session.app?.name ?? ''
