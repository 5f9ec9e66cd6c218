import { defaultRules, type Campaign, type ClickId, type Event, type JourneyApp, type SessionRules } from '../model/index.ts'
import type { ConsentState } from './consent.ts'
import { isText } from './text.ts'
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
  consent?: ConsentState
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
  campaign: {} as NonNullable<TrackerOptions['campaign']>,
  searchParameters: ['q', 'query', 'search', 's'],
  excludedQueryParameters: [] as string[],
  keepFragment: false,
  autotrack: true as NonNullable<TrackerOptions['autotrack']>,
  batch: { maxEvents: 250, maxBytes: 60_000, maxDelayMs: 5000 },
  consent: 'granted' as ConsentState,
  honorGlobalPrivacyControl: false,
  anonymous: false,
  debug: false,
}

/** A value of each option: what is expected, shown by example. */
const samples: Record<string, unknown> = {
  ...defaults,
  site: 'shop',
  collector: 'https://collect.example.com',
  app: { name: 'Shop', namespace: 'com.example', version: '1.0', buildNumber: '1' },
  middleware: String,
}

const isValid = (name: string, value: unknown, sample: unknown): boolean => {
  if (name === 'consent') return /^(granted|pending|denied)$/.test(String(value))
  if (name === 'collector') return /^https?:\/\/[^/]/.test(String(value))
  if (Array.isArray(value)) return name === 'autotrack' || (Array.isArray(sample) && value.every(isText))
  if (typeof value === 'number') return typeof sample === 'number' && value > 0
  return typeof sample === 'string' ? isText(value) : typeof value === typeof sample && value !== null && !Array.isArray(sample)
}

/** True when a name is another but for one letter or one run of letters. */
const isLike = (known: string, name: string): boolean =>
  Math.abs(known.length - name.length) < 5 && [...name].some((_, i) => known.startsWith(name.slice(0, i)) && known.endsWith(name.slice(i + 1)))

const findProblems = (options: Record<string, unknown>, expected: Record<string, unknown>): string[] =>
  Object.keys({ ...expected, ...options }).flatMap(name => {
    const value = options[name]
    const sample = expected[name]
    if (sample === undefined) {
      const similar = Object.keys(expected).find(known => isLike(known.toLowerCase(), name.toLowerCase()))
      return `${name}: unknown option${similar ? `, did you mean ${similar}?` : ''}`
    }
    if (value === undefined && /app|middleware/.test(name)) return []
    if (!isValid(name, value, sample)) return `${name}: expected a value like ${JSON.stringify(sample) ?? 'a function'}, got ${typeof value}`
    return /app|batch/.test(name) ? findProblems(value as Record<string, unknown>, sample as Record<string, unknown>) : []
  })

/**
 * Checks the options, and fills in the defaults.
 *
 * @param origin of the page, where the collector is by default
 * @returns what is wrong, each naming the option and the expectation; empty when nothing is
 */
export const parseOptions = (given: Partial<TrackerOptions> | undefined, origin: string): { settings: Settings; problems: string[] } => {
  const settings: Record<string, unknown> = { collector: origin, ...defaults }
  for (const [name, value] of Object.entries(given ?? {})) {
    if (value !== undefined) settings[name] = name === 'batch' ? { ...defaults.batch, ...(value as object) } : value
  }
  return { settings: settings as unknown as Settings, problems: findProblems(settings, samples) }
}

/** The waiting times that differ from the defaults. */
export const ownRules = (settings: Settings): Partial<SessionRules> =>
  Object.fromEntries(Object.entries(settings).filter(([name, value]) => (defaultRules[name as keyof SessionRules] ?? value) !== value))
