import type { CampaignOptions } from './campaign.ts'
import type { LandingCampaign } from './event.ts'
import { limits } from './limits.ts'

/** Parameters that are a campaign's: the usual tags, and the known click identifiers. */
const usual = 'utm(_|%5F)\\w+|[gw]braid|(msclk|([gdy]|tt|tw|ir|fb)cl|igsh)id|li_fat_id|rdt_cid|epik|ScCid|ko_click_id|mc_eid|_kx|gad_source'

/**
 * Takes out of a landing address what may be a campaign's, as it stands there: `utm_*`, the known click identifiers, and the names that
 * the options give. What it says is read where it is shown (`readCampaign`).
 *
 * @returns undefined for an address without any
 */
export const findCampaign = (url: string, options?: CampaignOptions): LandingCampaign | undefined => {
  const { parameters = {}, clickIds = {} } = options ?? {}
  const own = [...Object.values(parameters), Object.keys(clickIds)].flat().map(name => name.replace(/\W/g, '\\$&'))
  // The semicolon is that of `&amp;`, which some authors write in a link's text as HTML wants it in an attribute.
  const found = url.match(RegExp(`[?&#;](${[usual, ...own].join('|')})=[^&#]+`, 'g'))
  // As JSON leaves undefined options out, they are as good as absent.
  return found ? { tags: found.map(tag => tag.slice(1)).join('&').slice(0, limits.campaignTags), options: options! } : undefined
}
