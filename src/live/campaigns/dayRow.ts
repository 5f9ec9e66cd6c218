import type { CampaignDay, ListedCampaign } from './campaigns.ts'

const dayLength = 86_400_000

const toDate = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The first of so many days, of which the last is that of an instant; UTC. */
export const toFirstDate = (now: number, days: number): string => toDate(now - (days - 1) * dayLength)

/** Every day up to that of an instant, oldest first, with what all the campaigns have led to on it. */
export const toDayRow = (campaigns: readonly Pick<ListedCampaign, 'days'>[], now: number, days: number): CampaignDay[] => {
  const row = new Map<string, CampaignDay>()
  for (let i = days - 1; i >= 0; i--) {
    const date = toDate(now - i * dayLength)
    row.set(date, { date, sessions: 0, pageviews: 0, outcomes: 0 })
  }
  for (const { days: counted } of campaigns) {
    for (const { date, sessions, pageviews, outcomes } of counted) {
      const day = row.get(date)
      if (day) row.set(date, { date, sessions: day.sessions + sessions, pageviews: day.pageviews + pageviews, outcomes: day.outcomes + outcomes })
    }
  }
  return [...row.values()]
}

/** A day in the reader's language. */
export const formatDay = (date: string): string => new Date(`${date}T00:00:00Z`).toLocaleDateString(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
