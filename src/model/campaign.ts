import type { ClickId } from './clickIds.ts'
import type { Campaign, LandingCampaign } from './event.ts'
import { limits } from './limits.ts'
import { parseUrl } from './url.ts'

/** Fields of a campaign, and the URL parameters that fill each, first match wins. */
export type CampaignParameters = Partial<Record<keyof Campaign, string | string[]>>

/** How landing addresses are read. */
export interface CampaignOptions {
  /** Own parameter names by field, tried before the `utm_*` ones. */
  parameters?: CampaignParameters
  /** Own click identifiers by parameter name, beside the known ones. */
  clickIds?: Record<string, ClickId>
}

/** URL parameters of the known click identifiers. The order decides when an address has several. */
const known = /* @__PURE__ */ 'gclid gbraid wbraid dclid msclkid ttclid twclid li_fat_id rdt_cid epik ScCid irclid yclid ko_click_id mc_eid _kx fbclid igshid gad_source'.split(' ')

const fields = ['name', 'source', 'medium', 'term', 'content', 'clickId', 'network'] as const

/**
 * Reads the campaign from a landing address: tagged parameters first, then click identifiers, which fill what the tags
 * leave open: the site's own by what it says of them, the known ones when the Session is shown (`describeCampaign`). Values keep
 * their case, are cut to `limits.campaignValue`, and blank ones count as absent.
 *
 * @returns undefined for an address without any campaign
 */
export const parseCampaign = (url: string, { parameters = {}, clickIds = {} }: CampaignOptions = {}): LandingCampaign | undefined => {
  const { searchParams } = parseUrl(url)
  const read = (parameter: string): string | undefined => searchParams.get(parameter)?.trim().slice(0, limits.campaignValue)
  const campaign: LandingCampaign = {}
  for (const field of fields) {
    const names = [parameters[field] ?? [], `utm_${field === 'name' ? 'campaign' : field}`].flat()
    const value = names.map(read).find(Boolean)
    if (value) campaign[field] = value
  }
  const clickIdParameter = [...known, ...Object.keys(clickIds)].find(read)
  if (clickIdParameter && !campaign.clickId) return { ...(clickIds[clickIdParameter] ?? { clickIdParameter }), clickId: read(clickIdParameter)!, ...campaign }
  return Object.keys(campaign).length ? campaign : undefined
}
