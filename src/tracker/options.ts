import { defaultRules, type Campaign, type ClickId, type Event, type JourneyApp, type SessionRules } from '../model/index.ts'
import type { BatchOptions } from './dispatcher.ts'
import type { Tracker } from './tracker.ts'

/** A source of events beyond pageviews: starts listening and returns the way to stop. */
export type AutotrackSource = (tracker: Tracker) => () => void

/** How a tracker is set up. Everything but `site` has a default. */
export interface TrackerOptions extends Partial<SessionRules> {
  /** Id of the site in the collector's configuration. */
  site: string
  /** Address of the collector, e.g. `https://collect.example.com`. Default: the page's own origin. */
  collector?: string
  /** Category of the sessions: `web` (default), `app`, or the site's own. */
  type?: string
  /** The app that the page is, for `type: 'app'`. */
  app?: JourneyApp
  /** Open a new session when a campaign arrives that is not the session's. Default true. */
  newSessionOnCampaign?: boolean
  /** How campaigns are read from landing addresses, beside `utm_*` and the known click identifiers. */
  campaign?: { parameters?: Partial<Record<keyof Campaign, string | string[]>>; clickIds?: Record<string, ClickId> }
  /** Query parameters that hold what the visitor searches the site for. Default `q`, `query`, `search` and `s`. */
  searchParameters?: string[]
  /** Query parameters that are removed from every address before it is kept. */
  excludedQueryParameters?: string[]
  /** Keep what follows the `#` in addresses, and count a change of it as a pageview. Default false. */
  keepFragment?: boolean
  /** `true` (default): pageviews. `false`: nothing by itself. A list: pageviews, and these sources. */
  autotrack?: boolean | AutotrackSource[]
  batch?: Partial<BatchOptions>
  /** `pending`: events wait in memory, nothing is stored or sent, until `tracker.consent('granted')`. Default `granted`. */
  consent?: 'granted' | 'pending' | 'denied'
  /** Treat the browser's Global Privacy Control signal as `consent: 'denied'`. Default false. */
  honorGlobalPrivacyControl?: boolean
  /** Keep nothing in the browser: visitor and session last as long as the page. Default false. */
  anonymous?: boolean
  /** Sees each event before it is stored; returns it, a changed copy, or null to drop it. */
  middleware?: (event: Partial<Event>) => Partial<Event> | null
  /** Log to the console what happens. Default false. */
  debug?: boolean
}

/** A rule of one option: what is expected, in words, and whether a value is that. */
type Check = readonly [expected: string, isValid: (value: unknown) => boolean]

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= 255
const isSeconds = (value: unknown): boolean => typeof value === 'number' && value > 0 && value <= 31_536_000
const isAddress = (value: unknown): boolean => typeof value === 'string' && /^https?:\/\/[^/]/.test(value)

const text: Check = ['a text of 1 to 255 characters', isText]
const flag: Check = ['true or false', value => typeof value === 'boolean']
const object: Check = ['an object', isObject]
const names: Check = ['a list of texts', value => Array.isArray(value) && value.every(isText)]
const seconds: Check = ['a number of seconds above 0', isSeconds]

const checks: Record<keyof TrackerOptions, Check> = {
  site: text,
  collector: ['an address such as https://collect.example.com', isAddress],
  type: text,
  app: [
    'an object with the texts name, namespace, version and buildNumber',
    value => isObject(value) && ['name', 'namespace', 'version', 'buildNumber'].every(key => isText((value as Record<string, unknown>)[key])),
  ],
  idleAfterSeconds: seconds,
  awayAfterSeconds: seconds,
  leaveGraceSeconds: seconds,
  sessionTimeoutSeconds: seconds,
  sessionMaxSeconds: seconds,
  newSessionOnCampaign: flag,
  campaign: object,
  searchParameters: names,
  excludedQueryParameters: names,
  keepFragment: flag,
  autotrack: ['true, false or a list of functions', value => typeof value === 'boolean' || (Array.isArray(value) && value.every(item => typeof item === 'function'))],
  batch: [
    'an object with the numbers maxEvents, maxBytes or maxDelayMs',
    value => isObject(value) && Object.entries(value as object).every(([key, item]) => /^max(Events|Bytes|DelayMs)$/.test(key) && (item as number) > 0),
  ],
  consent: ["'granted', 'pending' or 'denied'", value => ['granted', 'pending', 'denied'].includes(value as string)],
  honorGlobalPrivacyControl: flag,
  anonymous: flag,
  middleware: ['a function', value => typeof value === 'function'],
  debug: flag,
}

/** Letters that two names share from both ends, as a part of the longer one. */
const likeness = (a: string, b: string): number => {
  let start = 0
  let end = 0
  while (start < a.length && a[start] === b[start]) start++
  while (end < a.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return (start + end) / Math.max(a.length, b.length)
}

/** What is wrong with the options, each naming the option and the expectation; empty when nothing is. */
export const findProblems = (options: unknown): string[] => {
  if (!isObject(options)) return ["options: expected an object such as { site: 'shop' }"]
  const given = options as Record<string, unknown>
  const known = Object.keys(checks)
  const problems = Object.keys(given)
    .filter(name => given[name] !== undefined)
    .flatMap(name => {
      const check = checks[name as keyof TrackerOptions] as Check | undefined
      if (check) return check[1](given[name]) ? [] : [`${name}: expected ${check[0]}, got ${typeof given[name]}`]
      const similar = known.sort((a, b) => likeness(b.toLowerCase(), name.toLowerCase()) - likeness(a.toLowerCase(), name.toLowerCase()))[0]!
      return [`${name}: unknown option${likeness(similar.toLowerCase(), name.toLowerCase()) > 0.6 ? `, did you mean ${similar}?` : ''}`]
    })
  return given.site === undefined ? [`site: expected ${text[0]}`, ...problems] : problems
}

/** The waiting times that differ from the defaults. */
export const ownRules = (options: TrackerOptions): Partial<SessionRules> =>
  Object.fromEntries(
    (Object.keys(defaultRules) as (keyof SessionRules)[])
      .filter(name => options[name] !== undefined && options[name] !== defaultRules[name])
      .map(name => [name, options[name]]),
  )
