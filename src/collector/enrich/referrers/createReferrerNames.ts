import { defined } from '../../../model/defined.ts'
import { isPaid } from '../../../model/isPaid.ts'
import type { SessionState } from '../../../model/reduceSession.ts'
import { toReferrer, type Referrer } from '../../../model/referrer.ts'
import { parseUrl } from '../../../model/url.ts'
import { isOwnHost } from '../../origins.ts'
import type { Site } from '../../site.ts'
import { assistants } from './assistants.ts'
import { createReferrerLookup, type Place } from './createReferrerLookup.ts'
import { mailClients } from './mailClients.ts'
import { parseReferrerTable, type ReferrerSource } from './parseReferrerTable.ts'
import { regionalSearchEngines } from './regionalSearchEngines.ts'
import { searchEngines } from './searchEngines.ts'
import { socialNetworks } from './socialNetworks.ts'
import { toKeywords } from './toKeywords.ts'

/** What of a session tells where it came from. */
export type Arrival = Pick<SessionState, 'start' | 'entryPage'>

/** Says where a session came from; undefined for a direct one. */
export type NameReferrer = (arrival: Arrival, site: Pick<Site, 'origins'>) => Referrer | undefined

/** Mail in the browser of a provider or company that is in no table. */
const webmail = /^(webmail|roundcube|zimbra)\d*\./

/** The known sites. What is listed for an assistant is no search engine and no network, so it comes first. */
const knownSources = (): ReferrerSource[] => [
  ...parseReferrerTable(assistants, 'search').map(({ keywords: _none, ...source }) => source),
  ...parseReferrerTable(mailClients, 'email'),
  ...parseReferrerTable(socialNetworks, 'social'),
  ...parseReferrerTable(searchEngines, 'search'),
  ...parseReferrerTable(regionalSearchEngines, 'search'),
]

/**
 * Where to look an address up. An Android app is known by its package, else by the page it shows:
 * `android-app://org.example.reader/https/news.example.com`.
 */
const toPlaces = ({ url, hostname, pathname }: Referrer): Place[] => {
  const [, shown] = /^android-app:\/\/[^/]+\/https?\/(.+)/.exec(url) ?? []
  return shown === undefined ? [{ hostname, pathname }] : [{ hostname, pathname }, parseUrl(`https://${shown}`)]
}

/**
 * Creates the function that names where a session came from. Its medium is `internal` for a page of the site, else `paid` when the
 * campaign of the landing page says so, else that of the known site, else `unknown`.
 *
 * @param own the owner's sites: they are looked through first
 */
export const createReferrerNames = (own: readonly ReferrerSource[] = []): NameReferrer => {
  const lookups = [createReferrerLookup(own), createReferrerLookup(knownSources())]
  const find = (referrer: Referrer): ReferrerSource | undefined => {
    for (const lookup of lookups) for (const place of toPlaces(referrer)) {
      const found = lookup(place)
      if (found) return found
    }
    return webmail.test(referrer.hostname) ? { name: '', medium: 'email', hosts: [] } : undefined
  }
  return ({ start, entryPage }, { origins }) => {
    if (!start?.referrer) return undefined
    const referrer = toReferrer(start.referrer, entryPage && parseUrl(entryPage.value.url).hostname)
    if (referrer.medium === 'internal' || isOwnHost(origins, referrer.hostname)) return { ...referrer, medium: 'internal' }
    const source = find(referrer)
    const keywords = source && toKeywords(referrer.queryString ?? '', source)
    const medium = start.campaign && isPaid(start.campaign) ? 'paid' : (source?.medium ?? 'unknown')
    return defined<Referrer>({ ...referrer, keywords, name: source?.name, medium })
  }
}
