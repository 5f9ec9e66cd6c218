import type { EventPage } from './event.ts'
import { parseUrl, toDomain } from './url.ts'

/** A page, taken apart. */
export interface JourneyPage {
  url: string
  title?: string
  /** The host without `www.`. */
  domain: string
  hostname: string
  pathname: string
  /** Without the leading `?`. */
  queryString?: string
  /** Without the leading `#`. */
  fragment?: string
  keywords?: string
  lang?: string
  breadcrumb: string[]
}

/** Takes a page's address apart. An address that is none (a screen's pseudo path) becomes the pathname. */
export const toPage = (page: EventPage): JourneyPage => {
  const { hostname, pathname, search, hash } = parseUrl(page.url)
  return {
    url: page.url,
    ...(page.title && { title: page.title }),
    domain: toDomain(hostname),
    ...(hash && { fragment: hash }),
    hostname,
    ...(page.keywords && { keywords: page.keywords }),
    ...(page.lang && { lang: page.lang }),
    pathname,
    ...(search && { queryString: search }),
    breadcrumb: page.breadcrumb ?? [],
  }
}
