import type { CampaignOptions } from '../../model/campaign.ts'
import { clickIdParameters, tagParameters } from '../../model/campaignParameters.ts'
import type { SessionRules } from '../../model/event.ts'
import type { Site } from '../site.ts'

/**
 * Options of the tracker that a site may have in the collector's configuration. They reach its pages within the script, so that a
 * change of them needs no change of a page; what a page says itself stands before them.
 */
export interface PageOptions extends Partial<SessionRules> {
  /** `false`: the script tracks nothing by itself. Default true: pageviews. */
  autotrack?: boolean
  /** How pages read campaigns. */
  campaign?: CampaignOptions
  /** Open a new session when a campaign arrives that is not the session's. Default true. */
  newSessionOnCampaign?: boolean
  /** Query parameters that hold what the visitor searches the site for. Default `q`, `query`, `search` and `s`. */
  searchParameters?: string[]
  /** Query parameters that are removed from every address before it is kept. */
  excludedQueryParameters?: string[]
  /** Keep what follows the `#` in addresses, and count a change of it as a pageview. Default false. */
  keepFragment?: boolean
  /** Domain whose subdomains share visitor and session by a cookie. */
  cookieDomain?: string
  /** Other domains of the site: links to them take visitor and session along. */
  linkDomains?: string[]
}

const names = [
  ...(['autotrack', 'newSessionOnCampaign', 'searchParameters', 'excludedQueryParameters', 'keepFragment', 'cookieDomain', 'linkDomains'] as const),
  ...(['idleAfterSeconds', 'awayAfterSeconds', 'leaveGraceSeconds', 'sessionTimeoutSeconds', 'sessionMaxSeconds'] as const),
]

const pick = (site: Site): PageOptions => Object.fromEntries(names.map((name): [string, unknown] => [name, site[name]]))

const isGiven = ([, value]: [string, unknown]): boolean => value !== undefined

/** Parameters that are in no address that pages keep: with the tags and click identifiers, where they are removed from the address bar. */
const toExcluded = ({ excludedQueryParameters, campaign }: Site): string[] | undefined =>
  campaign?.removeTags ? [...new Set([...(excludedQueryParameters ?? []), ...tagParameters(campaign), ...clickIdParameters(campaign)])] : excludedQueryParameters

/** What the pages of a site are told: of its campaigns how links are read. The rules stay in the collector. */
export const toPageOptions = (site: Site): PageOptions => {
  const { parameters, utm, clickIds } = site.campaign ?? {}
  const campaign = Object.fromEntries(Object.entries({ parameters, utm, clickIds }).filter(isGiven)) as CampaignOptions
  const options = Object.fromEntries(Object.entries({ ...pick(site), excludedQueryParameters: toExcluded(site) }).filter(isGiven)) as PageOptions
  return { ...options, ...(Object.keys(campaign).length && { campaign }) }
}

/** What of a site's configuration is a program of its own in its pages; see `sources.ts` of the tracker. */
export const toPageSources = ({ campaign, searchForms }: Site): string[] => [...(campaign?.removeTags ? ['removeTags'] : []), ...(searchForms ? ['searchForms'] : [])]
