import type { Database } from 'better-sqlite3'
import type { CampaignDay, CampaignName } from '../campaigns/campaignCounts.ts'
import type { SiteIds } from './siteIds.ts'

/** Creates what writes to the tables of campaigns, within a transaction. */
export const createCampaignWriter = (db: Database, siteIds: SiteIds): ((of: CampaignName, counts: CampaignDay) => void) => {
  const insertName = db.prepare<[number, string, string, string]>('INSERT OR IGNORE INTO campaigns (site_id, name, source, medium) VALUES (?, ?, ?, ?)')
  const selectName = db.prepare<[number, string, string, string], number>('SELECT id FROM campaigns WHERE site_id = ? AND name = ? AND source = ? AND medium = ?').pluck()
  const addToDay = db.prepare<[CampaignDay & { campaign: number }]>(
    `INSERT INTO campaign_days (campaign_id, day, sessions, pageviews, outcomes) VALUES (@campaign, @day, @sessions, @pageviews, @outcomes)
     ON CONFLICT (campaign_id, day) DO UPDATE SET
       sessions = sessions + excluded.sessions, pageviews = pageviews + excluded.pageviews, outcomes = outcomes + excluded.outcomes`,
  )
  return ({ site, name, source, medium }, counts) => {
    const key = [siteIds.add(site), name, source, medium] as const
    const known = selectName.get(...key)
    const campaign = known ?? Number(insertName.run(...key).lastInsertRowid)
    addToDay.run({ campaign, ...counts })
  }
}
