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

/** Network, source and medium that click identifiers stand for, then the URL parameters that carry them, as the networks document them. */
const networks = `google google cpc gclid gbraid wbraid
google google display dclid
microsoft bing cpc msclkid
tiktok tiktok paid_social ttclid
x x paid_social twclid
linkedin linkedin paid_social li_fat_id
reddit reddit paid_social rdt_cid
pinterest pinterest paid_social epik
snapchat snapchat paid_social ScCid
impact impact affiliate irclid
yandex yandex cpc yclid
kochava kochava cpc ko_click_id
mailchimp mailchimp email mc_eid
klaviyo klaviyo email _kx
facebook facebook social fbclid
instagram instagram social igshid
google google cpc gad_source`

/** Click identifiers by URL parameter. The order decides when an address has several. */
export const clickIds: Record<string, ClickId> = /* @__PURE__ */ Object.fromEntries(
  networks.split('\n').flatMap(line => {
    const [network = '', source = '', medium = '', ...parameters] = line.split(' ')
    return parameters.map(parameter => [parameter, { network, source, medium }])
  }),
)

/** Fields that `utm_*` parameters fill. */
const tagged = ['name', 'source', 'medium', 'term', 'content']

/**
 * Reads the campaign from a landing address: tagged parameters first, then click identifiers, which fill what the tags
 * leave open. Values keep their case, are cut to `limits.campaignValue`, and blank ones count as absent.
 *
 * @returns undefined for an address without any campaign
 */
export const parseCampaign = (url: string, options: CampaignOptions = {}): Campaign | undefined => {
  const query = new URLSearchParams(parseUrl(url).search)
  const read = (name: string): string => (query.get(name) ?? '').trim().slice(0, limits.campaignValue)
  const campaign: Campaign = {}
  const fill = (field: string, value: string | undefined): void => {
    if (value) campaign[field as keyof Campaign] ||= value
  }
  for (const [field, names] of Object.entries(options.parameters ?? {})) for (const name of [names ?? []].flat()) fill(field, read(name))
  for (const field of tagged) fill(field, read(`utm_${field === 'name' ? 'campaign' : field}`))
  for (const [parameter, { network, source, medium }] of Object.entries({ ...options.clickIds, ...clickIds })) {
    const clickId = read(parameter)
    if (!clickId || campaign.clickId) continue
    fill('clickId', clickId)
    fill('network', network)
    // A tagged link keeps its own words: the click identifier then only adds itself.
    if (!campaign.source) fill('source', source)
    if (!campaign.medium) fill('medium', medium)
  }
  return Object.keys(campaign).length ? campaign : undefined
}
