import type { ReferrerSource } from './parseReferrerTable.ts'

/** An address, as far as its site is known by it. */
export interface Place {
  hostname: string
  pathname: string
}

/** Says which of the sites an address belongs to. */
export type ReferrerLookup = (place: Place) => ReferrerSource | undefined

interface Entry {
  /** What the path has to begin with; empty for any. */
  path: string
  source: ReferrerSource
}

/** First labels of hosts that show the same site to another device, or lead out of it. */
const sameSite = /^(www\d?|m|mobile|amp|touch|wap|l|lm|out)\.(?=.+\.)/

/** Second level domains under which countries register names, e.g. `co.uk`, `com.br`. */
const topLevelDomain = /\.(?:(?:com?|net|org|ne|or)\.[a-z]{2}|[a-z]{2,})$/

const toAnyCountry = (host: string): string => host.replace(topLevelDomain, '.*')

const isBelow = (path: string, { pathname }: Place): boolean => !path || pathname === path || pathname.startsWith(`${path}/`)

const toEntries = (sources: readonly ReferrerSource[]): Map<string, Entry[]> => {
  const entries = new Map<string, Entry[]>()
  for (const source of sources) {
    for (const host of source.hosts) {
      const [given = '', ...path] = host.split('/')
      const name = given.toLowerCase()
      const known = entries.get(name) ?? []
      entries.set(name, [...known, { path: path.map(part => `/${part}`).join(''), source }].sort((a, b) => b.path.length - a.path.length))
    }
  }
  return entries
}

/** Names under which a host may be listed, the most telling first. */
const toNames = (hostname: string): string[] => {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  const bare = host.replace(sameSite, '')
  const labels = host.split('.')
  const above = labels.map((_, i) => `.${labels.slice(i).join('.')}`)
  return [...new Set([host, bare, ...above])].flatMap(name => [name, toAnyCountry(name)])
}

/**
 * Creates the look-up of sites by address. The most telling entry wins: the host before its domain, a longer path before a shorter; of
 * two entries for the same, the first.
 */
export const createReferrerLookup = (sources: readonly ReferrerSource[]): ReferrerLookup => {
  const entries = toEntries(sources)
  return place => {
    for (const name of toNames(place.hostname)) {
      const found = entries.get(name)?.find(({ path }) => isBelow(path, place))
      if (found) return found.source
    }
    return undefined
  }
}
