import { createReferrerNames } from '../../src/collector/enrich/referrers/createReferrerNames.ts'
import { createToArrivalFacts } from '../../src/collector/enrich/toArrivalFacts.ts'
import { findCampaign, reduceSession, toSession, toStoredUrl, type CampaignOptions, type Event, type SiteCampaign } from '../../src/model/index.ts'

/** Addresses on which the visits of the table begin are short for this. */
const shop = 'https://shop.example.com'

/** A visit: where it began, what led there, and how the site is set up. */
export interface Visit {
  /** Address of the first page; a path for one of the shop. */
  landing?: string
  referrer?: string
  /** `campaign` of the page's options. */
  page?: CampaignOptions
  /** `campaign` of the site in the collector's configuration. */
  site?: SiteCampaign
}

/** What the Session says of it, absent where it says nothing. */
export interface Told {
  campaign?: object
  /** Medium, name and words searched for. */
  referrer?: string
  terms?: string[]
}

/** A row of the table: the reason, the visit, and what is expected. */
export type Row = [reason: string, visit: Visit | string, told: Told]

const toArrivalFacts = createToArrivalFacts(createReferrerNames())
const id = '019a0000-0000-7000-8000-000000000001'

/** Lets a page read its address as the tracker does, and the collector make a Session of what it tells. */
export const land = (given: Visit | string): Told => {
  const { landing = '/', referrer, page, site } = typeof given === 'string' ? { landing: given } : given
  const address = landing.startsWith('/') ? shop + landing : landing
  const campaign = findCampaign(address, page)
  const event: Event = {
    id,
    type: 'pageview',
    at: 0,
    session: id,
    seq: 0,
    tab: 'a',
    start: { type: 'web', index: 1, ...(campaign && { campaign }), ...(referrer && { referrer: toStoredUrl(referrer) }) },
    page: { url: toStoredUrl(address) },
  }
  const state = reduceSession(undefined, event)
  const session = toSession(state, toArrivalFacts(state, { id: 'shop', origins: [shop, 'https://*.shop.example.com'], ...(site && { campaign: site }) }), { now: 0 })
  const { medium, name = '-', keywords } = session.referrer ?? {}
  return {
    ...(session.mktCampaign && { campaign: session.mktCampaign }),
    ...(medium && { referrer: [medium, name, keywords].filter(Boolean).join(' ') }),
    ...(session.searchTerms?.length && { terms: session.searchTerms }),
  }
}
