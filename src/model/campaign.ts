import type { ClickId } from './clickIds.ts'
import type { Campaign, LandingCampaign } from './event.ts'
import { limits } from './limits.ts'
import { parseUrl } from './url.ts'

/** Fields of a campaign, and the URL parameters that fill each, first match wins. */
export type CampaignParameters = Partial<Record<keyof Campaign, string | string[]>>

/** How landing addresses are read. */
export interface CampaignOptions {
  /** Own parameter names by field, tried before the `utm_*` ones. A list that names the `utm_*` one too says its place. */
  parameters?: CampaignParameters
  /** `false`: own parameters only, `utm_*` counts where `parameters` names it. Default true. */
  utm?: boolean
  /** Own click identifiers by parameter name, beside the known ones. */
  clickIds?: Record<string, ClickId>
}

/** URL parameters of the known click identifiers. The order decides when an address has several. */
const known = /* @__PURE__ */ 'gclid gbraid wbraid dclid msclkid ttclid twclid li_fat_id rdt_cid epik ScCid irclid yclid ko_click_id mc_eid _kx fbclid igshid gad_source'.split(' ')

const fields = ['name', 'source', 'medium', 'term', 'content', 'clickId', 'network'] as const

/**
 * Reads the campaign from a landing address: tagged parameters first, then click identifiers, which fill what the tags
 * leave open: the site's own by what it says of them, the known ones when the Session is shown (`describeCampaign`). The query stands
 * before the fragment, and the first value that is not blank counts. Values keep their case and are cut to `limits.campaignValue`.
 *
 * @returns undefined for an address without any campaign
 */
export const parseCampaign = (url: string, { parameters, utm, clickIds = {} }: CampaignOptions = {}): LandingCampaign | undefined => {
  const { search, hash } = parseUrl(url)
  // `#/route?utm_source=a` counts, and so does a link whose author wrote `&` as HTML does.
  const values = new URLSearchParams((search + hash.replace(/[#?]/g, '&')).replaceAll('&amp;', '&'))
  const read = (names: string | string[]): string | undefined =>
    [names].flat().flatMap(name => values.getAll(name)).map(value => value.trim().slice(0, limits.campaignValue)).find(Boolean)
  const campaign: LandingCampaign = {}
  for (const field of fields) {
    const value = read([parameters?.[field] ?? [], utm === false ? [] : `utm_${field === 'name' ? 'campaign' : field}`].flat())
    if (value) campaign[field] = value
  }
  const clickIdParameter = [...known, ...Object.keys(clickIds)].find(read)
  if (clickIdParameter && !campaign.clickId) return { ...(clickIds[clickIdParameter] ?? { clickIdParameter }), clickId: read(clickIdParameter)!, ...campaign }
  return Object.keys(campaign).length ? campaign : undefined
}

/** A campaign whose tags are read; those fields that it has besides count before them. */
export const readCampaign = ({ tags, options, ...campaign }: LandingCampaign): LandingCampaign => ({ ...(tags && parseCampaign(`tags:?${tags}`, options)), ...campaign })
