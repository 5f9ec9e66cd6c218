import { attempt } from './attempt.ts'
import { defined } from './defined.ts'
import { limits } from './limits.ts'

/** The parts of an address that Sessions keep, with the marks between them. */
export type UrlParts = Pick<URL, 'href' | 'hostname' | 'pathname' | 'search' | 'searchParams' | 'hash'> & Partial<Pick<URL, 'username' | 'password'>>

/**
 * Takes an address apart with the platform's URL parser, so that page and collector agree. Never throws: what is no
 * absolute address is taken as a path without a host.
 */
export const parseUrl = (href: string): UrlParts =>
  attempt(() => new URL(href)) ?? { href, hostname: '', pathname: href, search: '', searchParams: new URLSearchParams(), hash: '' }

/** A host as a domain to group by: without `www.`. */
export const toDomain = (hostname: string): string => hostname.replace(/^www\./, '')

/** What Sessions say of an address: the parts, without the marks between them. */
export interface UrlFields {
  url: string
  /** The host without `www.`. */
  domain: string
  hostname: string
  pathname: string
  /** Without the leading `?`. */
  queryString?: string
  /** Without the leading `#`. */
  fragment?: string
}

/** Takes an address apart. One that is none (a screen's pseudo path) becomes the pathname. */
export const toUrlFields = (url: string): UrlFields => {
  const { hostname, pathname, search, hash } = parseUrl(url)
  return { url, domain: toDomain(hostname), hostname, pathname, ...defined({ queryString: search.slice(1), fragment: hash.slice(1) }) }
}

/** Which parts of an address are kept in events. */
export interface UrlOptions {
  /** Query parameters that are removed, e.g. `['token', 'email']`. */
  excludedQueryParameters?: readonly string[]
  /** Keep what follows the `#`. Default false. */
  keepFragment?: boolean
}

/** An address as it may be stored: without credentials, excluded parameters and, unless it is wanted, the fragment. */
export const toStoredUrl = (address: string, { excludedQueryParameters = [], keepFragment = false }: UrlOptions = {}): string => {
  // Cut before, too: what is no address is not to become one by being cut.
  const url = parseUrl(address.slice(0, limits.url))
  url.username = url.password = ''
  // Deleting what is not there would still write the whole query anew.
  for (const name of excludedQueryParameters) if (url.searchParams.has(name)) url.searchParams.delete(name)
  if (!keepFragment) url.hash = ''
  return url.href.slice(0, limits.url)
}

/** Words searched for, in the order of the parameters that may hold them, e.g. `?q=red+shoes`. */
export const parseSearchTerms = (url: string, parameters: readonly string[]): string[] => {
  // Most addresses hold none, and taking one apart costs more than all else that is done with an event. Where nothing is encoded,
  // a parameter stands there as it is called.
  if (!/[^!-~]|[%+]/.test(url) && !parameters.some(name => url.includes(`${name}=`))) return []
  const { searchParams } = parseUrl(url)
  return parameters.flatMap(name => searchParams.getAll(name)).map(term => term.trim().slice(0, limits.searchTerm)).filter(Boolean).slice(0, limits.searchTerms)
}
