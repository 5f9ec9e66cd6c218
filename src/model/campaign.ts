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

/** Media, networks, with their source where it has another name, and the URL parameters that carry click identifiers. */
const networks = `cpc google gclid gbraid wbraid
display google dclid
cpc microsoft/bing msclkid
paid_social tiktok ttclid
paid_social x twclid
paid_social linkedin li_fat_id
paid_social reddit rdt_cid
paid_social pinterest epik
paid_social snapchat ScCid
affiliate impact irclid
cpc yandex yclid
cpc kochava ko_click_id
email mailchimp mc_eid
email klaviyo _kx
social facebook fbclid
social instagram igshid
cpc google gad_source`

/** Click identifiers by URL parameter, as the networks document them. The order decides when an address has several. */
export const clickIds: Record<string, ClickId> = /* @__PURE__ */ Object.fromEntries(
  networks.split('\n').flatMap(line => {
    const [medium, names, ...parameters] = line.split(' ') as [string, string, ...string[]]
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
