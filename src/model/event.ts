import type { CampaignOptions } from './campaign.ts'

/** What a page is known by when an event happens on it, as the page saw it: nothing is parsed yet. */
export interface EventPage {
  /** Full address, at most `limits.url` characters, without the parameters the site excludes. */
  url: string
  title?: string
  /** Address of the page before this one: `document.referrer`, or the previous route of a single-page app. */
  referrer?: string
  /** Language of the html element, e.g. `de` or `pt-BR`. */
  lang?: string
  /** Content of `<meta name="keywords">`. */
  keywords?: string
  /** Place of the page in the site tree, outermost first. */
  breadcrumb?: string[]
}

/** A value of a custom attribute. Dates are sent as ISO 8601 strings. */
export type Scalar = string | number | boolean

/** Custom attributes of one event: a scalar, or a list of scalars. */
export type EventAttributes = Record<string, Scalar | Scalar[]>

/** Marketing campaign that brought a visit, with the field names of the Session's `mktCampaign`. */
export interface Campaign {
  name?: string
  source?: string
  medium?: string
  term?: string
  content?: string
  /** Click identifier of an ad network, e.g. the value of `gclid`. */
  clickId?: string
  /** Ad network that issued `clickId`. */
  network?: string
}

/** A campaign as the landing page has found it: by its tags, or in fields. */
export interface LandingCampaign extends Campaign {
  /** What the landing address says of it, e.g. `utm_source=newsletter&gclid=A1`. */
  tags?: string
  /** How the page wants its tags to be read. */
  options?: CampaignOptions
  /** URL parameter that carried `clickId`, e.g. `gclid`, where it is for others to say what that tells. */
  clickIdParameter?: string
}

/** Which key names the customer, e.g. `{ id: 'c-1017', type: 'crm' }`. */
export interface CustomerKey {
  id: string
  type: string
}

/** Waiting times of a session, in seconds. */
export interface SessionRules {
  /** Without activity for so long, the visitor is idle. */
  idleAfterSeconds: number
  /** Without activity for so long, the visitor is away. */
  awayAfterSeconds: number
  /** After the last visible page was hidden or closed, the visitor is away no later than this. */
  leaveGraceSeconds: number
  /** Without activity for so long, the session has ended. */
  sessionTimeoutSeconds: number
  /** No session is longer than this. */
  sessionMaxSeconds: number
}

/** What the event that opens a session says about it. The session's id is that event's id. */
export interface SessionStart {
  /** `web`, `app`, or the site's own category. */
  type: string
  /** 1 for the visitor's first session, then counting up. */
  index: number
  /** Id of the visitor's session before this one. */
  previous?: string
  /** Address that led to the session; absent for a direct visit. */
  referrer?: string
  campaign?: LandingCampaign
  /** The customer already known when the session opened. */
  customer?: CustomerKey
  /** Only the waiting times that differ from `defaultRules`. */
  rules?: Partial<SessionRules>
}

/** How attentive the visitor is: a function of instants and the present, see `statusAt`. */
export type PresenceState = 'active' | 'idle' | 'away'

/** What every event carries. */
export interface EventBase {
  /** UUID version 7. */
  id: string
  /** Wall clock of the page, milliseconds since 1970. The collector's copy is repaired for clock skew. */
  at: number
  /** Id of the session the event belongs to. */
  session: string
  /** Number of the event within its session and tab: 0, 1, 2 ... without gaps, so that loss is computable. */
  seq: number
  /** The tab the event came from: 8 characters or so, random, stable while the tab lives. */
  tab: string
  /** Milliseconds that the visitor was idle in this session before the event; absent for none. */
  idle?: number
  /** Milliseconds that the visitor was away in this session before the event; absent for none. */
  away?: number
  /** Only on the event that opens a session. */
  start?: SessionStart
  page?: EventPage
  /** Name of the screen, in apps. */
  screen?: string
}

/** A page was seen. */
export interface Pageview extends EventBase {
  type: 'pageview'
  attributes?: EventAttributes
  /** Words the visitor searched the site for, where they do not stand in the address. */
  searchTerms?: string[]
  /** Parameters of the address that hold such words, where they are not the usual ones. */
  searchParameters?: string[]
}

/** A screen of an app was seen. */
export interface Screenview extends EventBase {
  type: 'screenview'
  screen: string
  attributes?: EventAttributes
}

/** Something that the site names happened. */
export interface Custom extends EventBase {
  type: 'custom'
  /** Letters, digits, `_` and `-`, 1 to 255 of them. */
  eventName: string
  attributes?: EventAttributes
  searchTerms?: string[]
}

/** The site says who the visitor is. */
export interface Identify extends EventBase {
  type: 'identify'
  customer: CustomerKey
  /** Facts about the customer, e.g. `email`, `givenName`. Never sent back to a page. */
  traits?: Record<string, Scalar>
  /** An identity token (JWT) of the site, verified by the collector. */
  token?: string
}

/** The visitor went active, idle or away, still is active, or showed or hid a tab. */
export interface Activity extends EventBase {
  type: 'activity'
  state: PresenceState
  /** Instant of the latest trusted input; only this pushes `idleDate` forward, not the event itself. */
  activeAt?: number
  /** Present when the tab was shown (`true`), or hidden or closed (`false`), at the event. */
  visible?: boolean
}

/** Why a session was ended before it timed out. */
export type EndReason = 'campaign' | 'reset'

/** The session is over. */
export interface End extends EventBase {
  type: 'end'
  reason: EndReason
}

/** One thing that happened in a session. Shape of the wire, the event log and the reducer alike. */
export type Event = Pageview | Screenview | Custom | Identify | Activity | End

/** What only some types of events carry. */
export type EventDetails = Partial<
  Pick<Pageview, 'attributes' | 'searchTerms' | 'searchParameters'> & Pick<Identify, 'customer'> & Pick<Activity, 'state' | 'activeAt' | 'visible'> & Pick<End, 'reason'>
>

export type EventType = Event['type']

/** The types that count in `eventCount`, and that are activity of the visitor. */
export const isCounted = (event: Event): event is Pageview | Screenview | Custom =>
  /^(pageview|screenview|custom)$/.test(event.type)

/** Name under which an event shows as `lastEvent`: a custom event's own, else its type. */
export const toEventName = (event: Event): string => (event.type === 'custom' ? event.eventName : event.type)
