import { parseCampaign, readCampaign, type CampaignOptions } from './campaign.ts'
import { describeCampaign } from './clickIds.ts'
import type { Campaign, LandingCampaign } from './event.ts'
import { parseUrl } from './url.ts'

/** What a landing page has to be for a rule to hold: all that is given. `*` stands for any text, also none; case does not matter. */
export interface CampaignCondition {
  /** E.g. `offers.example.com` or `*.example.com`. */
  host?: string
  /** E.g. `/spring` or `/partners/*`. */
  path?: string
  /** Query parameters and their values, e.g. `{ "partner": "acme*" }`; `*` is any value. */
  parameters?: Record<string, string>
}

/** Names the campaign of landing pages. */
export interface CampaignRule {
  when: CampaignCondition
  /** Fields that are filled where the link and earlier rules leave them open. */
  set: Campaign
  /** True: what is set counts whatever the link says. Default false. */
  always?: boolean
}

/** How the campaigns of a site are read. Beside what its pages are told: this needs no change of a page. */
export interface SiteCampaign extends CampaignOptions {
  /** Applied in order. */
  rules?: CampaignRule[]
  /** Fields whose values are written in lower case, e.g. `["source", "medium"]`. Default none. */
  lowercase?: (keyof Campaign)[]
  /** Remove tags and click identifiers from the address bar once the page has been recorded. Default false. */
  removeTags?: boolean
}

/** Where a session began. */
export interface Landing {
  /** Address of the first page. */
  url: string
  /** What its page has read there. */
  campaign?: LandingCampaign | undefined
}

/** True for a text of a pattern. Linear: after each `*` the next part is looked for where the last ended. */
const isLike = (text: string, pattern: string): boolean => {
  const [first = '', ...parts] = pattern.toLowerCase().split('*')
  const whole = text.toLowerCase()
  if (!parts.length) return whole === first
  const last = parts.pop()!
  let at = first.length
  for (const part of parts) {
    const found = whole.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return whole.startsWith(first) && whole.endsWith(last) && whole.length - last.length >= at
}

/** Tags count where the page has read them, also when the address is kept without them. */
const holds = ({ host, path, parameters = {} }: CampaignCondition, { url, campaign }: Landing): boolean => {
  const { hostname, pathname, searchParams } = parseUrl(url)
  const tags = new URLSearchParams(campaign?.tags)
  return (
    (host === undefined || isLike(hostname, host)) &&
    (path === undefined || isLike(pathname, path)) &&
    Object.entries(parameters).every(([name, pattern]) => [...searchParams.getAll(name), ...tags.getAll(name)].some(value => isLike(value, pattern)))
  )
}

/** What the rules make of a campaign. */
const applyRules = (campaign: Campaign, rules: readonly CampaignRule[], landing: Landing): Campaign =>
  rules.filter(({ when }) => holds(when, landing)).reduce((known, { set, always }) => (always ? { ...known, ...set } : { ...set, ...known }), campaign)

/**
 * The campaign of a session by the site's configuration: what the page has read, else what the configuration reads in the address,
 * completed by what click identifiers tell and by the rules.
 *
 * @returns undefined when there is none
 */
export const toSiteCampaign = (landing: Landing, { rules = [], lowercase = [], ...options }: SiteCampaign): Campaign | undefined => {
  const { url, campaign } = landing
  const read = describeCampaign({ ...parseCampaign(url, options), ...(campaign && readCampaign(campaign)) }) ?? {}
  const complete = applyRules(read, rules, landing)
  const fields = Object.entries(complete).map(([field, value]) => [field, lowercase.includes(field as keyof Campaign) ? value.toLowerCase() : value])
  return fields.length ? (Object.fromEntries(fields) as Campaign) : undefined
}
