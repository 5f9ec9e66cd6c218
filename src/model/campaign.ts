import type { Campaign } from './event.ts'
import { limits } from './limits.ts'
import { parseUrl } from './url.ts'

/** Fields of a campaign, and the URL parameters that fill each, first match wins. */
export type CampaignParameters = Partial<Record<keyof Campaign, string | string[]>>

/** What a click identifier tells about the ad it came from. */
export interface ClickId {
  network: string
  source?: string
  medium?: string
}

/** How landing addresses are read. */
export interface CampaignOptions {
  /** Own parameter names by field, tried before the `utm_*` ones. */
  parameters?: CampaignParameters
  /** Own click identifiers by parameter name, beside the known ones. */
  clickIds?: Record<string, ClickId>
}

/** Networks, with their source where it has another name, the medium, and the URL parameters that carry click identifiers. */
const networks = `google cpc gclid gbraid wbraid
google display dclid
microsoft/bing cpc msclkid
tiktok paid_social ttclid
x paid_social twclid
linkedin paid_social li_fat_id
reddit paid_social rdt_cid
pinterest paid_social epik
snapchat paid_social ScCid
impact affiliate irclid
yandex cpc yclid
kochava cpc ko_click_id
mailchimp email mc_eid
klaviyo email _kx
facebook social fbclid
instagram social igshid
google cpc gad_source`

/** Click identifiers by URL parameter, as the networks document them. The order decides when an address has several. */
export const clickIds: Record<string, ClickId> = /* @__PURE__ */ Object.fromEntries(
  networks.split('\n').flatMap(line => {
    const [names, medium, ...parameters] = line.split(' ') as [string, string, ...string[]]
    const [network, source = network] = names.split('/') as [string, string?]
    return parameters.map(parameter => [parameter, { network, source, medium }])
  }),
)

const fields = ['name', 'source', 'medium', 'term', 'content', 'clickId', 'network'] as const

/**
 * Reads the campaign from a landing address: tagged parameters first, then click identifiers, which fill what the tags
 * leave open. Values keep their case, are cut to `limits.campaignValue`, and blank ones count as absent.
 *
 * @returns undefined for an address without any campaign
 */
export const parseCampaign = (url: string, options: CampaignOptions = {}): Campaign | undefined => {
  const { searchParams } = parseUrl(url)
  const read = (parameter: string): string | undefined => searchParams.get(parameter)?.trim().slice(0, limits.campaignValue)
  const campaign: Campaign = {}
  for (const field of fields) {
    const parameters = [options.parameters?.[field] ?? [], `utm_${field === 'name' ? 'campaign' : field}`].flat()
    const value = parameters.map(read).find(Boolean)
    if (value) campaign[field] = value
  }
  const [parameter, ad] = Object.entries({ ...clickIds, ...options.clickIds }).find(([name]) => read(name)) ?? []
  if (parameter && !campaign.clickId) return { ...ad, clickId: read(parameter)!, ...campaign }
  return Object.keys(campaign).length ? campaign : undefined
}
