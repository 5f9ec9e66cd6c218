import type { Campaign, Event } from '../../model/event.ts'
import { findCampaign } from '../../model/findCampaign.ts'
import { reduceSession } from '../../model/reduceSession.ts'
import type { Referrer } from '../../model/referrer.ts'
import { toSession } from '../../model/toSession.ts'
import { parseUrl, toStoredUrl } from '../../model/url.ts'
import type { NameReferrer } from '../enrich/referrers/createReferrerNames.ts'
import { createToArrivalFacts } from '../enrich/toArrivalFacts.ts'
import { isOwnHost } from '../settings/origins.ts'
import { toPageOptions } from '../settings/pageOptions.ts'
import { redactEvent } from '../ingest/redactStep.ts'
import type { Site } from '../site.ts'
import { explainCampaign, type CampaignReason } from './explainCampaign.ts'
import { explainReferrer } from './explainReferrer.ts'
import { findLinkMistakes, type LinkMistake } from './findLinkMistakes.ts'

/** A visit that somebody wants to know about. */
export interface GivenLanding {
  /** Address of the first page. */
  url: string
  /** Page that led there. Default: none, a direct visit. */
  referrer?: string | undefined
}

/** What a visit would count as, and why. */
export interface CheckedLanding {
  site: string
  /** The address as it would be kept. */
  url: string
  mktCampaign?: Campaign
  referrer?: Referrer
  searchTerms: string[]
  /** Where the fields of `mktCampaign` are from. */
  campaignReasons: CampaignReason[]
  /** Why `referrer` has its medium. */
  referrerReason: string
  mistakes: LinkMistake[]
}

const id = '00000000-0000-7000-8000-000000000000'

/** The event that a page of the site would send, as far as it tells where the visit came from. */
const toOpening = ({ url, referrer }: GivenLanding, site: Site): Event => {
  const { campaign: options, excludedQueryParameters = [], keepFragment } = toPageOptions(site)
  const campaign = findCampaign(url, options)
  return {
    ...{ id, session: id, type: 'pageview', at: 0, seq: 0, tab: 'link' },
    start: { type: 'web', index: 1, ...(campaign && { campaign }), ...(referrer && { referrer: toStoredUrl(referrer) }) },
    page: { url: toStoredUrl(url, { excludedQueryParameters, ...(keepFragment !== undefined && { keepFragment }) }) },
    ...(site.searchParameters && { searchParameters: site.searchParameters }),
  }
}

/** Creates the function that says what a visit would count as: it goes the way of a real one, from the page's reading to the Session. */
export const createCheckLanding = (nameReferrer: NameReferrer) => {
  const toArrivalFacts = createToArrivalFacts(nameReferrer)
  return (landing: GivenLanding, site: Site): CheckedLanding => {
    const opening = redactEvent(toOpening(landing, site), site)
    const state = reduceSession(undefined, opening)
    const { mktCampaign, referrer, searchTerms = [] } = toSession(state, toArrivalFacts(state, site), { now: 0 })
    const keptUrl = opening.page?.url ?? ''
    const options = site.campaign ?? {}
    const isInternal = referrer?.medium === 'internal'
    return {
      site: site.id,
      url: keptUrl,
      ...(mktCampaign && { mktCampaign }),
      ...(referrer && { referrer }),
      searchTerms,
      campaignReasons: explainCampaign({ url: landing.url, keptUrl, campaign: options }).map(reason => ({ ...reason, value: mktCampaign?.[reason.field] ?? reason.value })),
      referrerReason: explainReferrer(referrer, { mktCampaign, site, landingHost: parseUrl(keptUrl).hostname }),
      mistakes: findLinkMistakes({ url: landing.url, campaign: mktCampaign ?? {}, options, isElsewhere: !isOwnHost(site.origins, parseUrl(landing.url).hostname), isInternal }),
    }
  }
}

export type CheckLanding = ReturnType<typeof createCheckLanding>
