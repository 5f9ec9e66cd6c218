import { clickIds } from './clickIds.ts'
import type { Campaign } from './event.ts'
import type { SiteCampaign } from './siteCampaign.ts'

/** Fields of a campaign, in the order in which they are read and shown. */
export const campaignFields = ['name', 'source', 'medium', 'term', 'content', 'clickId', 'network'] as const

/** URL parameters that fill a field, the first that is not blank counts. */
export const campaignParameters = ({ parameters, utm }: SiteCampaign, field: keyof Campaign): string[] =>
  [parameters?.[field] ?? [], utm === false ? [] : `utm_${field === 'name' ? 'campaign' : field}`].flat()

/** Every URL parameter that is read as a tag. */
export const tagParameters = (campaign: SiteCampaign): string[] => [...new Set(campaignFields.flatMap(field => campaignParameters(campaign, field)))]

/** Every URL parameter that carries a click identifier. */
export const clickIdParameters = (campaign: SiteCampaign): string[] => [...new Set([...Object.keys(clickIds), ...Object.keys(campaign.clickIds ?? {})])]
