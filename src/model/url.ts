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

/** Which parts of an address are kept in events. */
export interface UrlOptions {
  /** Query parameters that are removed, e.g. `['token', 'email']`. */
  excludedQueryParameters?: readonly string[]
  /** Keep what follows the `#`. Default false. */
  keepFragment?: boolean
}

/** An address as it may be stored: without credentials, excluded parameters and, unless it is wanted, the fragment. */
export const toStoredUrl = (address: string, { excludedQueryParameters = [], keepFragment = false }: UrlOptions = {}, longest = 4096): string => {
  try {
    const url = new URL(address)
    url.username = url.password = ''
    for (const name of excludedQueryParameters) if (url.searchParams.has(name)) url.searchParams.delete(name)
    if (!keepFragment) url.hash = ''
    return url.href.slice(0, longest)
  } catch {
    return address.slice(0, longest)
  }
}

/** Words searched for, in the order of the parameters that may hold them, e.g. `?q=red+shoes`. */
export const parseSearchTerms = (url: string, parameters: readonly string[]): string[] => {
  const query = new URLSearchParams(parseUrl(url).search)
  return parameters.flatMap(name => query.getAll(name)).map(term => term.trim().slice(0, 255)).filter(Boolean)
}
