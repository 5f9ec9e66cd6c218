import { describeCampaign } from '../../model/clickIds.ts'
import type { Page, SessionWriter, StoredSession } from '../sessionStore.ts'

/** What a campaign is known by in lists. What its links leave open is empty. */
export interface CampaignName {
  site: string
  name: string
  /** The network of the click identifier where nothing names the source. */
  source: string
  medium: string
}

/** What a campaign has led to. */
export interface CampaignNumbers {
  sessions: number
  pageviews: number
  /** Achieved outcomes of its sessions. */
  outcomes: number
}

/** What came of the sessions that a campaign has opened on a day. */
export interface CampaignDay extends CampaignNumbers {
  /** Days since 1970, UTC. */
  day: number
}

/** A campaign over some days, and those days on which it has led to anything, the oldest first. */
export interface CampaignTotals extends CampaignName, CampaignNumbers {
  days: CampaignDay[]
}

/** Which campaigns a list is about. */
export interface CampaignFilter {
  site?: string
  /** First and last day, both included; days since 1970, UTC. */
  fromDay: number
  toDay: number
}

/** Reads what `addCampaign` has written. */
export interface CampaignReader {
  /**
   * Campaigns that have led to a session, those with the most sessions first.
   *
   * @param after `next` of the page before
   * @throws ProblemError `invalid-query` when `after` is nothing that `next` said
   */
  campaigns(filter: CampaignFilter, page: { limit: number; after?: string }): Page<CampaignTotals>
}

/** Milliseconds. */
export const dayLength = 86_400_000

/** What a session counts for; undefined when no campaign has led to it. */
const toContribution = ({ site, state, facts, assigned }: StoredSession): { of: CampaignName; counts: CampaignDay } | undefined => {
  const campaign = facts.mktCampaign ?? describeCampaign(state.start?.campaign)
  if (!campaign) return undefined
  const { name = '', network = '', source = network, medium = '' } = campaign
  const day = Math.floor(state.first.stamp[0] / dayLength)
  return { of: { site, name, source, medium }, counts: { day, sessions: 1, pageviews: state.counts.pageview, outcomes: assigned?.outcomes.length ?? 0 } }
}

/** Adds up, over a transaction, by how much what campaigns have led to has changed. */
export const createCampaignCounts = () => {
  const sums = new Map<string, { of: CampaignName; counts: CampaignDay }>()

  const add = (session: StoredSession | undefined, sign: 1 | -1): void => {
    const contribution = session && toContribution(session)
    if (!contribution) return
    const { of, counts } = contribution
    const key = JSON.stringify([of, counts.day])
    const known = sums.get(key)?.counts ?? { sessions: 0, pageviews: 0, outcomes: 0 }
    const { sessions, pageviews, outcomes } = counts
    const sum = { sessions: known.sessions + sign * sessions, pageviews: known.pageviews + sign * pageviews, outcomes: known.outcomes + sign * outcomes }
    sums.set(key, { of, counts: { day: counts.day, ...sum } })
  }

  return {
    /** A session was `before`, and is `after`; undefined where it is not there. */
    change: (before: StoredSession | undefined, after: StoredSession | undefined): void => {
      add(after, 1)
      add(before, -1)
    },
    /** Writes what has changed, at the end of the transaction. */
    flush: (writer: Pick<SessionWriter, 'addCampaign'>): void => {
      for (const { of, counts } of sums.values()) if (counts.sessions || counts.pageviews || counts.outcomes) writer.addCampaign(of, counts)
    },
  }
}

export type CampaignCounts = ReturnType<typeof createCampaignCounts>
