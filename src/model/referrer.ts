import { toDomain, toUrlFields, type UrlFields } from './url.ts'

/** How a referrer is classified. Direct traffic has no referrer at all. */
export type ReferrerMedium = 'internal' | 'search' | 'social' | 'email' | 'unknown' | 'paid'

/** The page that led to a session, taken apart and classified. */
export interface Referrer extends UrlFields {
  /** Words searched for, when the referrer tells. */
  keywords?: string
  /** Known name of the site, e.g. Google. */
  name?: string
  medium: ReferrerMedium
}

/**
 * Takes a referrer's address apart. The medium is `internal` for a host of the site itself, else `unknown` until the
 * collector has looked the host up.
 *
 * @param url what `document.referrer` said
 * @param siteHost host of the page that was entered
 */
export const toReferrer = (url: string, siteHost?: string): Referrer => {
  const fields = toUrlFields(url)
  return Object.assign(fields, { medium: siteHost && fields.domain === toDomain(siteHost) ? 'internal' : 'unknown' } as const)
}
