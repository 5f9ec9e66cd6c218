import type { CampaignDay, CampaignName, CampaignReader, CampaignTotals } from '../campaigns/campaignCounts.ts'
import { parseCursor, toCursor } from '../reading/cursor.ts'

/** What campaigns have led to, by name; in the order in which they came. */
export type MemoryCampaigns = Map<string, { of: CampaignName; days: ReadonlyMap<number, CampaignDay> }>

/** Adds to a day of a campaign. What was there is replaced, never changed. */
export const addCampaign = (campaigns: MemoryCampaigns, of: CampaignName, counts: CampaignDay): void => {
  const { site, name, source, medium } = of
  const key = JSON.stringify([site, name, source, medium])
  const days = campaigns.get(key)?.days ?? new Map<number, CampaignDay>()
  const { sessions, pageviews, outcomes } = days.get(counts.day) ?? { sessions: 0, pageviews: 0, outcomes: 0 }
  const sum = { day: counts.day, sessions: sessions + counts.sessions, pageviews: pageviews + counts.pageviews, outcomes: outcomes + counts.outcomes }
  campaigns.set(key, { of: { site, name, source, medium }, days: new Map(days).set(counts.day, sum) })
}

const sumOf = (days: readonly CampaignDay[], field: 'sessions' | 'pageviews' | 'outcomes'): number => days.reduce((sum, day) => sum + day[field], 0)

/** Reads what `addCampaign` has added. */
export const createMemoryCampaignReader = (campaigns: () => MemoryCampaigns): CampaignReader => ({
  campaigns: ({ site, fromDay, toDay }, { limit, after }) => {
    const [sessions, place] = after === undefined ? [Infinity, '-1'] : parseCursor(after, 1)
    const found = [...campaigns().values()]
      .map(({ of, days }, i): CampaignTotals & { place: number } => {
        const within = [...days.values()].filter(each => each.day >= fromDay && each.day <= toDay && (each.sessions || each.pageviews || each.outcomes))
        within.sort((a, b) => a.day - b.day)
        return { place: i, ...of, sessions: sumOf(within, 'sessions'), pageviews: sumOf(within, 'pageviews'), outcomes: sumOf(within, 'outcomes'), days: within }
      })
      .filter(each => each.sessions > 0 && (site === undefined || each.site === site) && (sessions - each.sessions || each.place - Number(place)) > 0)
      .sort((a, b) => b.sessions - a.sessions || a.place - b.place)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      entities: structuredClone(page.map(({ place: _place, ...totals }) => totals)),
      ...(last && found.length > limit && { next: toCursor([last.sessions, String(last.place)]) }),
    }
  },
})
