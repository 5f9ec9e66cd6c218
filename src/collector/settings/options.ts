import { limits } from '../../model/limits.ts'
import { checkFlag, checkList, checkNumber, checkObject, checkText, checkSecret, checkThat, checkWhole, checkWord, OptionError, type Check } from './check.ts'
import { checkCampaign } from './checkCampaign.ts'
import { addressPolicies, type AddressPolicy } from '../enrich/addressPolicy.ts'
import { parseNetwork } from '../enrich/clientAddress.ts'
import type { GeolocationFiles } from '../enrich/geolocation.ts'
import { checkIdentityKeys } from '../identity/identityKey.ts'
import { isOriginPattern } from './origins.ts'
import type { RateLimitRule } from '../rateLimit.ts'
import type { GivenOutcome, GivenSegment } from '../segments/checkDefinition.ts'
import { checkDefinitions } from '../segments/checkDefinitions.ts'
import type { Site } from '../site.ts'

/** A site of the configuration. */
export type SiteOptions = Site

/** How a collector is set up. Everything has a default. */
export interface CollectorOptions {
  /** TCP port; 0 takes any free one. Default 4800. */
  port?: number
  /** Address to listen on. Default `127.0.0.1`: this machine alone; `0.0.0.0` for all. */
  host?: string
  /** Folder of the databases and of the API key's hash. Default `./sojourn-data`. */
  data?: string
  /** The API key, used as it is. Default: one is made at the first start. */
  apiKey?: string
  /** Serve the demo shop and accept its site `demo`, for pages on this machine. Default: only when no site is configured. */
  demo?: boolean
  /** What is logged, as JSON lines on standard error. Default `info`. */
  logLevel?: (typeof logLevels)[number]
  sites?: SiteOptions[]
  /** How much of visitors' addresses is kept. Default `full`. */
  addressPolicy?: AddressPolicy
  /** Networks of proxies that are trusted to say for whom they speak, by `X-Forwarded-For`. Default none. */
  trustedProxies?: string[]
  /** Days that Sessions are kept, and what the log has of them; see docs/identity.md. Default: for ever. */
  retentionDays?: number
  /** MMDB files that know more than the country. */
  geolocation?: GeolocationFiles
  /** File with sites that visitors come from, beside the known ones; see docs/campaigns.md. */
  referrers?: string
  /** Definitions, unless others were put over the API; see docs/segments.md. */
  segments?: GivenSegment[]
  outcomes?: GivenOutcome[]
  /**
   * How often one address and one site may send, and how often the clients of other vendors' APIs at one address may ask, in requests;
   * `false` for as often as they like.
   */
  rateLimits?: { address?: RateLimitRule | false; site?: RateLimitRule | false; api?: RateLimitRule | false }
}

/** Options with every default filled in. */
export type Settings = Required<Omit<CollectorOptions, 'apiKey' | 'referrers' | 'retentionDays' | 'sites'>> &
  Pick<CollectorOptions, 'apiKey' | 'referrers' | 'retentionDays'> & { sites: Site[] }

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

/** A visitor's page sends one request in some seconds; an office or a mobile network may be many visitors behind one address. */
const usualRateLimits = { address: { perSecond: 200, burst: 1000 }, site: { perSecond: 20_000, burst: 40_000 }, api: { perSecond: 100, burst: 1000 } } as const

/** The site that is there when none is configured. */
export const demoSite: Site = { id: 'demo', origins: ['http://localhost:*', 'http://127.0.0.1:*', 'http://[::1]:*'] }

const most = 1_000_000

const mostDays = 36_500

const checkRate: Check<RateLimitRule | false> = (value, key) =>
  value === false ? false : checkObject<RateLimitRule>({ perSecond: checkNumber(0.001, most), burst: checkNumber(1, most) }, ['perSecond', 'burst'])(value, key)

const seconds = checkNumber(0.001, limits.seconds)

const checkOrigin = checkThat(
  'an origin such as https://shop.example.com or http://127.0.0.1:*, without a path',
  (value): value is string => typeof value === 'string' && isOriginPattern(value),
)

const checkDomain = checkThat(
  'a domain such as example.com, without https:// and without a path',
  (value): value is string => typeof value === 'string' && /^[a-z\d-]+(\.[a-z\d-]+)*$/i.test(value),
)

const checkPassage = checkThat(
  'a host such as pay.example.com, or .example.com with its subdomains, in lower case, without https://',
  (value): value is string => typeof value === 'string' && /^\.?[a-z\d-]+(\.[a-z\d-]+)*$/.test(value),
)

const checkSite = checkObject<SiteOptions>(
  {
    id: checkThat('1 to 255 letters, digits, dots, _ or -', (value): value is string => typeof value === 'string' && /^[\w.-]{1,255}$/.test(value)),
    origins: checkList(checkOrigin),
    identityKeys: checkIdentityKeys,
    retentionDays: checkWhole(1, mostDays),
    divisionIds: checkList(checkText),
    externalUrl: checkText,
    shortIdDigits: checkWhole(4, 6),
    campaign: checkCampaign,
    newSessionOnCampaign: checkFlag,
    autotrack: checkFlag,
    searchParameters: checkList(checkText),
    searchForms: checkFlag,
    excludedQueryParameters: checkList(checkText),
    keepFragment: checkFlag,
    cookieDomain: checkDomain,
    linkDomains: checkList(checkDomain),
    redactUrls: checkFlag,
    passages: checkList(checkPassage),
    idleAfterSeconds: seconds,
    awayAfterSeconds: seconds,
    leaveGraceSeconds: seconds,
    sessionTimeoutSeconds: seconds,
    sessionMaxSeconds: seconds,
  },
  ['id', 'origins'],
)

const checkSites: Check<SiteOptions[]> = (value, key) => {
  const sites = checkList(checkSite)(value, key)
  sites.forEach(({ id }, i) => {
    if (sites.findIndex(site => site.id === id) < i) throw new OptionError(`${key}[${i}].id`, `${id} is the id of another site already`)
  })
  return sites
}

/** Checks in this order; the first wrong option ends the start. */
export const checkOptions = checkObject<CollectorOptions>({
  port: checkWhole(0, 65_535),
  host: checkText,
  data: checkText,
  apiKey: checkSecret('16 ASCII characters or more, without spaces', (value): value is string => typeof value === 'string' && /^[!-~]{16,}$/.test(value)),
  demo: checkFlag,
  logLevel: checkWord(logLevels),
  sites: checkSites,
  addressPolicy: checkWord(addressPolicies),
  trustedProxies: checkList(
    checkThat('a network such as 10.0.0.0/8', (value): value is string => typeof value === 'string' && parseNetwork(value) !== undefined),
  ),
  retentionDays: checkWhole(1, mostDays),
  geolocation: checkObject<GeolocationFiles>({ city: checkText, asn: checkText }),
  referrers: checkText,
  segments: checkDefinitions.segments,
  outcomes: checkDefinitions.outcomes,
  rateLimits: checkObject({ address: checkRate, site: checkRate, api: checkRate }),
})

/**
 * Checks options and fills in the defaults.
 *
 * @throws OptionError for the first option that is wrong
 */
export const toSettings = (given: CollectorOptions): Settings => {
  const options = checkOptions(given, '')
  const sites = options.sites ?? []
  const demo = options.demo ?? !sites.length
  return {
    port: options.port ?? 4800,
    host: options.host ?? '127.0.0.1',
    data: options.data ?? './sojourn-data',
    ...(options.apiKey !== undefined && { apiKey: options.apiKey }),
    demo,
    logLevel: options.logLevel ?? 'info',
    sites: demo && !sites.some(site => site.id === demoSite.id) ? [...sites, demoSite] : sites,
    addressPolicy: options.addressPolicy ?? 'full',
    trustedProxies: options.trustedProxies ?? [],
    geolocation: options.geolocation ?? {},
    ...(options.retentionDays !== undefined && { retentionDays: options.retentionDays }),
    ...(options.referrers !== undefined && { referrers: options.referrers }),
    segments: options.segments ?? [],
    outcomes: options.outcomes ?? [],
    rateLimits: { ...usualRateLimits, ...options.rateLimits },
  }
}
