/** The parts of an address that Sessions keep, without the marks between them. */
export interface UrlParts {
  protocol: string
  hostname: string
  pathname: string
  search: string
  hash: string
}

/**
 * Takes an address apart with the platform's URL parser, so that page and collector agree. Never throws: what is no
 * absolute address is taken as a path without a host.
 */
export const parseUrl = (url: string): UrlParts => {
  try {
    const { protocol, hostname, pathname, search, hash } = new URL(url)
    return { protocol, hostname, pathname, search: search.slice(1), hash: hash.slice(1) }
  } catch {
    return { protocol: '', hostname: '', pathname: url, search: '', hash: '' }
  }
}

/** A host as a domain to group by: without `www.`. */
export const toDomain = (hostname: string): string => hostname.replace(/^www\./, '')
