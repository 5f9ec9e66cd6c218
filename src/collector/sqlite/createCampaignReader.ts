import type { Database } from 'better-sqlite3'
import type { CampaignDay, CampaignReader, CampaignTotals } from '../campaigns/campaignCounts.ts'
import { parseCursor, toCursor } from '../reading/cursor.ts'
import type { SiteIds } from './siteIds.ts'

/** A campaign over some days, by its number. */
interface TotalsRow extends Omit<CampaignTotals, 'site' | 'days'> {
  id: number
  siteId: number
}

interface RangeParameters {
  site: number | null
  fromDay: number
  toDay: number
  /** The last one of the page before. */
  sessions: number
  id: number
  limit: number
}

/** Before the first row. */
const beginning = [Number.MAX_SAFE_INTEGER, '0'] as const

// Campaign by campaign, each from its first day on: the days stand in that order, so nothing has to be sorted to be summed up.
const totalsSql = `
  SELECT c.id, c.site_id AS siteId, c.name, c.source, c.medium, sum(d.sessions) AS sessions, sum(d.pageviews) AS pageviews, sum(d.outcomes) AS outcomes
  FROM campaigns AS c CROSS JOIN campaign_days AS d ON d.campaign_id = c.id
  WHERE d.day BETWEEN @fromDay AND @toDay AND (@site IS NULL OR c.site_id = @site)
  GROUP BY c.id
  HAVING sum(d.sessions) > 0 AND (sum(d.sessions), -c.id) < (@sessions, -@id)
  ORDER BY sum(d.sessions) DESC, c.id LIMIT @limit`

/** Creates the reading side of what campaigns have led to. */
export const createCampaignReader = (db: Database, siteIds: SiteIds): CampaignReader => {
  const selectTotals = db.prepare<[RangeParameters], TotalsRow>(totalsSql)
  const selectDays = db.prepare<[number, number, number], CampaignDay>(
    'SELECT day, sessions, pageviews, outcomes FROM campaign_days WHERE campaign_id = ? AND day BETWEEN ? AND ? AND (sessions OR pageviews OR outcomes) ORDER BY day',
  )
  return {
    // Within a transaction: totals and days are of one moment, whatever the projection writes meanwhile.
    campaigns: db.transaction<CampaignReader['campaigns']>(({ site, fromDay, toDay }, { limit, after }) => {
      const siteId = site === undefined ? null : siteIds.find(site)
      if (siteId === undefined) return { entities: [] }
      const [sessions, id] = after === undefined ? beginning : parseCursor(after, 1)
      const rows = selectTotals.all({ site: siteId, fromDay, toDay, sessions, id: Number(id), limit: limit + 1 })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        entities: page.map(({ id: campaign, siteId: of, ...row }) => ({ site: siteIds.nameOf(of), ...row, days: selectDays.all(campaign, fromDay, toDay) })),
        ...(last && rows.length > limit && { next: toCursor([last.sessions, String(last.id)]) }),
      }
    }),
  }
}
