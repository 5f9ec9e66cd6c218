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

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= 255
const isFlag = (value: unknown): boolean => typeof value === 'boolean'
const isFunction = (value: unknown): boolean => typeof value === 'function'
const isAbove0 = (value: unknown): boolean => typeof value === 'number' && value > 0
const isListOf = (isItem: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(isItem)

const appFields = ['name', 'namespace', 'version', 'buildNumber']
const batchFields = ['maxEvents', 'maxBytes', 'maxDelayMs']
const consentStates: unknown[] = ['granted', 'pending', 'denied']

/** What is expected of options, in words and as a check. */
const rules: [expected: string, isValid: (value: unknown) => boolean, names: (keyof TrackerOptions)[]][] = [
  ['a text of 1 to 255 characters', isText, ['site', 'type']],
  [
    'an address such as https://collect.example.com',
    value => /^https?:\/\/[^/]/.test(String(value)),
    ['collector'],
  ],
  ['a number of seconds above 0', isAbove0, Object.keys(defaultRules) as (keyof SessionRules)[]],
  ['true or false', isFlag, ['newSessionOnCampaign', 'keepFragment', 'honorGlobalPrivacyControl', 'anonymous', 'debug']],
  ['a list of texts', isListOf(isText), ['searchParameters', 'excludedQueryParameters']],
  ['an object', isObject, ['campaign']],
  ['true, false or a list of functions', value => isFlag(value) || isListOf(isFunction)(value), ['autotrack']],
  [`an object with the texts ${appFields.join(', ')}`, value => isObject(value) && appFields.every(field => isText(value[field])), ['app']],
  [
    `an object with the numbers ${batchFields.join(', ')}`,
    value => isObject(value) && Object.keys(value).every(field => batchFields.includes(field) && isAbove0(value[field])),
    ['batch'],
  ],
  [consentStates.join(', '), value => consentStates.includes(value), ['consent']],
  ['a function', isFunction, ['middleware']],
]

/** Letters that two names share from both ends, as a part of the longer one. */
const likeness = (a: string, b: string): number => {
  let start = 0
  let end = 0
  while (start < a.length && a[start] === b[start]) start++
  while (end < a.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return (start + end) / Math.max(a.length, b.length)
}

const findProblem = (name: string, value: unknown): string | undefined => {
  const rule = rules.find(([, , names]) => names.includes(name as keyof TrackerOptions))
  if (rule) return rule[1](value) ? undefined : `${name}: expected ${rule[0]}, got ${typeof value}`
  const similar = rules.flatMap(([, , names]) => names).find(known => likeness(known.toLowerCase(), name.toLowerCase()) > 0.6)
  return `${name}: unknown option${similar ? `, did you mean ${similar}?` : ''}`
}

/** What is wrong with the options, each naming the option and the expectation; empty when nothing is. */
export const findProblems = (options: unknown): string[] =>
  isObject(options)
    ? Object.entries({ site: null, ...options }).flatMap(([name, value]) => (value === undefined && name !== 'site' ? [] : (findProblem(name, value) ?? [])))
    : ["options: expected an object such as { site: 'shop' }"]

/** The waiting times that differ from the defaults; undefined when none does. */
export const ownRules = (options: TrackerOptions): Partial<SessionRules> | undefined => {
  const own = Object.entries(defaultRules).flatMap(([name, seconds]) => {
    const given = options[name as keyof SessionRules] ?? seconds
    return given === seconds ? [] : [[name, given] as const]
  })
  return own.length ? Object.fromEntries(own) : undefined
}
