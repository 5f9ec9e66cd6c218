import { defaultRules, limits, type CampaignOptions, type Event, type JourneyApp, type SessionRules } from '../model/index.ts'
import type { ConsentState } from './consent.ts'
import { isText } from './text.ts'
import type { BatchOptions } from './sending/dispatcher.ts'
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
  campaign?: CampaignOptions
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
  consent?: ConsentState
  /** Domain whose subdomains share visitor and session by a cookie, e.g. `example.com`. Default: each host has its own. */
  cookieDomain?: string
  /** Other domains of the site, e.g. `['example.org']`: links to them, and to their subdomains, take visitor and session along. */
  linkDomains?: string[]
  /** Treat the browser's Global Privacy Control signal as `consent: 'denied'`. Default false. */
  honorGlobalPrivacyControl?: boolean
  /** Keep nothing in the browser: visitor and session last as long as the page. Default false. */
  anonymous?: boolean
  /** Sees each event before it is stored; returns it, a changed copy, or null to drop it. */
  middleware?: (event: Partial<Event>) => Partial<Event> | null
  /** Log to the console what happens. Default false. */
  debug?: boolean
}

/** Options with the defaults filled in. */
export type Settings = typeof defaults & TrackerOptions & { collector: string; batch: BatchOptions }

/** What holds when an option is not given. Its type is also what is expected of the option. */
const defaults = {
  ...defaultRules,
  type: 'web',
  newSessionOnCampaign: true,
  excludedQueryParameters: [] as string[],
  keepFragment: false,
  autotrack: true as NonNullable<TrackerOptions['autotrack']>,
  batch: { maxEvents: 250, maxBytes: 60_000, maxDelayMs: 5000 },
  consent: 'granted' as ConsentState,
  honorGlobalPrivacyControl: false,
  anonymous: false,
  debug: false,
}

const app: JourneyApp = { name: '', namespace: '', version: '', buildNumber: '' }

/** Each option, and what stands in `batch` and `app`, with a value of the kind that is expected. */
export const kinds: Record<string, unknown> = { site: '', collector: '', cookieDomain: '', linkDomains: [], campaign: {}, searchParameters: [], ...defaults, ...defaults.batch, ...app, app, middleware: String }

const patterns: Record<string, RegExp> = { collector: /^https?:\/\/[^/]/, consent: /^(granted|pending|denied)$/ }

const isValid = (name: string, value: unknown): boolean => {
  const kind = kinds[name]
  if (Array.isArray(value)) return value.every(item => (name === 'autotrack' ? typeof item === 'function' : Array.isArray(kind) && isText(item)))
  if (typeof kind === 'string') return isText(value, patterns[name])
  return typeof value === typeof kind && (typeof value === 'number' ? value > 0 && value <= limits.seconds : value !== null && !Array.isArray(kind))
}

/**
 * Checks the options, and fills in the defaults.
 *
 * @returns the names of those that are wrong; empty when none is. What is expected of them is said elsewhere (`checkOptions`).
 */
export const parseOptions = (given: TrackerOptions): { settings: Settings; wrong: string[] } => {
  const own = Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)) as Partial<TrackerOptions> & { site: string }
  const batch = { ...defaults.batch, ...own.batch }
  // What a decorated link carries belongs into no record.
  const excludedQueryParameters = [...(own.excludedQueryParameters ?? []), 'sojourn']
  const values: Record<string, unknown> = { ...own, ...own.batch, ...own.app }
  // What has to be there is looked at even when it is not.
  const names = Object.keys({ site: 0, ...values, ...(own.app && app) })
  const collector = String(own.collector ?? location.origin).replace(/\/$/, '')
  return { settings: { ...defaults, ...own, collector, batch, excludedQueryParameters }, wrong: names.filter(name => !isValid(name, values[name])) }
}

/** The waiting times that differ from the defaults. */
export const ownRules = (settings: Settings): Partial<SessionRules> =>
  Object.fromEntries(Object.entries(settings).filter(([name, value]) => (defaultRules[name as keyof SessionRules] ?? value) !== value))
