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

const utm: Record<string, string> = { name: 'utm_campaign', source: 'utm_source', medium: 'utm_medium', term: 'utm_term', content: 'utm_content' }

const paid = (network: string, source = network, medium = 'cpc'): ClickId => ({ network, source, medium })

/** Click identifiers by URL parameter, as the networks document them. The order decides when a URL has several. */
export const clickIds: Record<string, ClickId> = {
  gclid: paid('google'),
  gbraid: paid('google'),
  wbraid: paid('google'),
  dclid: paid('google', 'google', 'display'),
  msclkid: paid('microsoft', 'bing'),
  ttclid: paid('tiktok', 'tiktok', 'paid_social'),
  twclid: paid('x', 'x', 'paid_social'),
  li_fat_id: paid('linkedin', 'linkedin', 'paid_social'),
  rdt_cid: paid('reddit', 'reddit', 'paid_social'),
  epik: paid('pinterest', 'pinterest', 'paid_social'),
  ScCid: paid('snapchat', 'snapchat', 'paid_social'),
  irclid: paid('impact', 'impact', 'affiliate'),
  yclid: paid('yandex'),
  ko_click_id: paid('kochava'),
  mc_eid: paid('mailchimp', 'mailchimp', 'email'),
  _kx: paid('klaviyo', 'klaviyo', 'email'),
  fbclid: paid('facebook', 'facebook', 'social'),
  igshid: paid('instagram', 'instagram', 'social'),
  gad_source: paid('google'),
}

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
  for (const field in utm) fill(field, read(utm[field]!))
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
