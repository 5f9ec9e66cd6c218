import type { Campaign } from '../../model/event.ts'
import type { Referrer } from '../../model/referrer.ts'
import { toDomain } from '../../model/url.ts'
import type { Site } from '../site.ts'

export interface ReferrerContext {
  mktCampaign: Campaign | undefined
  site: Pick<Site, 'id'>
  /** Host of the landing page. */
  landingHost: string
}

/** Says why a referrer has its medium. */
export const explainReferrer = (referrer: Referrer | undefined, { mktCampaign, site, landingHost }: ReferrerContext): string => {
  if (!referrer) return 'No page led here: the address was typed, opened from a bookmark or an app, or the page before told nothing.'
  const { medium, domain, name = '' } = referrer
  const place = domain || referrer.url
  switch (medium) {
    case 'internal':
      if (name) return `${place} belongs to ${name}, which visitors pass through in the midst of a visit.`
      return domain === toDomain(landingHost) ? `${place} is the host of the landing page.` : `${place} is named by the configuration of the site ${site.id}.`
    case 'paid':
      return `The campaign says that the visit was paid for (${mktCampaign?.medium ?? 'by its click identifier'})${name ? `; the page belongs to ${name}` : ''}.`
    case 'unknown':
      return name ? `${place} belongs to ${name}.` : `${place} is in no table. Name it in a file of your own, if it matters.`
    default:
      return name ? `${place} belongs to ${name}.` : `${place} looks like a mail program in the browser.`
  }
}
