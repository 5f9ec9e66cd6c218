import { readCampaign } from './campaign.ts'
import type { Campaign, LandingCampaign } from './event.ts'

/** What a click identifier tells about the ad it came from. */
export interface ClickId {
  network: string
  source?: string
  medium?: string
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
export const clickIds: Record<string, ClickId> = /* @__PURE__ */ (() => Object.fromEntries(
  networks.split('\n').flatMap(line => {
    const [medium, names, ...parameters] = line.split(' ') as [string, string, ...string[]]
    const [network, source = network] = names.split('/') as [string, string?]
    return parameters.map(parameter => [parameter, { network, source, medium }])
  }),
))()

/**
 * The campaign as a Session shows it: what the click identifier tells fills what the tags of the link have left open.
 *
 * @returns undefined when there is nothing to show
 */
export const describeCampaign = (landing: LandingCampaign | undefined): Campaign | undefined => {
  const { clickIdParameter = '', ...campaign } = landing ? readCampaign(landing) : {}
  const described = { ...(Object.hasOwn(clickIds, clickIdParameter) && clickIds[clickIdParameter]), ...campaign }
  return Object.keys(described).length ? described : undefined
}
