import { defined } from '../../../model/defined.ts'
import { isPaid } from '../../../model/isPaid.ts'
import type { SessionState } from '../../../model/reduceSession.ts'
import { toReferrer, type Referrer } from '../../../model/referrer.ts'
import { parseUrl } from '../../../model/url.ts'
import { isOwnHost } from '../../settings/origins.ts'
import type { Site } from '../../site.ts'
import { assistants } from './assistants.ts'
import { createReferrerLookup, type Place } from './createReferrerLookup.ts'
import { mailClients } from './mailClients.ts'
import { knownPassages } from './knownPassages.ts'
import { parseReferrerTable, type ReferrerSource } from './parseReferrerTable.ts'
import { regionalSearchEngines } from './regionalSearchEngines.ts'
import { searchEngines } from './searchEngines.ts'
import { socialNetworks } from './socialNetworks.ts'
import { toKeywords } from './toKeywords.ts'

/** What of a session tells where it came from. */
export type Arrival = Pick<SessionState, 'start' | 'entryPage'>

/** Says where a session came from; undefined for a direct one. */
export type NameReferrer = (arrival: Arrival, site: Pick<Site, 'origins' | 'passages'>) => Referrer | undefined

/** Mail in the browser of a provider or company that is in no table. */
const webmail = /^(webmail|roundcube|zimbra)\d*\./

/** True for one of the hosts that a site names, such as `pay.example.com` and `.login.example.com`. */
const isPassage = (passages: readonly string[], place: Place): boolean =>
  passages.length > 0 && createReferrerLookup([{ name: '', medium: 'internal', hosts: [...passages] }])(place) !== undefined

/** The known sites. What is listed for an assistant is no search engine and no network, so it comes first. */
const knownSources = (): ReferrerSource[] => [
  ...parseReferrerTable(knownPassages, 'internal'),
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
 * Creates the function that names where a session came from. Its medium is `internal` for a page of the site, and for a service that
 * visitors pass through in the midst of a visit: a session that begins there has only lasted too long elsewhere. Else it is `paid` when the
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
  return ({ start, entryPage }, { origins, passages = [] }) => {
    if (!start?.referrer) return undefined
    const referrer = toReferrer(start.referrer, entryPage && parseUrl(entryPage.value.url).hostname)
    if (referrer.medium === 'internal' || isOwnHost(origins, referrer.hostname) || isPassage(passages, referrer)) return { ...referrer, medium: 'internal' }
    const source = find(referrer)
    if (source?.medium === 'internal') return { ...referrer, name: source.name, medium: 'internal' }
    const keywords = source && toKeywords(referrer.queryString ?? '', source)
    const medium = start.campaign && isPaid(start.campaign) ? 'paid' : (source?.medium ?? 'unknown')
    return defined<Referrer>({ ...referrer, keywords, name: source?.name, medium })
  }
}
