import type { Campaign, PresenceState } from './event.ts'
import type { JourneyPage } from './page.ts'
import type { Referrer } from './referrer.ts'

/** A custom attribute, rolled up: the newest value, as a string. */
export interface CustomEventAttribute {
  dataType: 'string' | 'number' | 'boolean'
  value: string
}

/** A list attribute, rolled up: the distinct values in the order they were first seen. */
export interface CustomEventAttributeList {
  dataType: 'string' | 'number' | 'boolean'
  values: string[]
}

export interface Browser {
  family: string
  version: string
  lang?: string
  fingerprint?: string
  isMobile?: boolean
  viewHeight?: number
  viewWidth?: number
  featuresFlash: boolean
  featuresJava: boolean
  featuresPdf: boolean
  featuresWebrtc: boolean
}

export interface Device {
  category: 'desktop' | 'mobile' | 'tablet' | 'other'
  type: string
  isMobile: boolean
  screenHeight?: number
  screenWidth?: number
  screenDensity?: number
  fingerprint?: string
  osFamily: string
  osVersion: string
  manufacturer?: string
}

export interface JourneyGeolocation {
  /** ISO 3166-1 alpha-2. */
  country?: string
  countryName?: string
  latitude?: number
  longitude?: number
  locality?: string
  postalCode?: string
  /** ISO 3166-2. */
  region?: string
  regionName?: string
  source?: string
  timezone?: string
}

export interface JourneyApp {
  name: string
  namespace: string
  version: string
  buildNumber: string
}

export interface SdkLibrary {
  name: string
  version: string
}

export interface NetworkConnectivity {
  carrier?: string
  bluetoothEnabled: boolean
  cellularEnabled: boolean
  wifiEnabled: boolean
}

export interface SessionLastEvent {
  id: string
  eventName: string
  createdDate: string
}

export interface AddressableEntityRef {
  id?: string
  selfUri?: string
}

/** A segment that was assigned in the session, or before it to its customer. */
export interface SessionSegmentAssignment {
  segment: { id: string; selfUri?: string }
  /** When its conditions were met. */
  assignedDate: string
}

/** An outcome that was achieved in the session. */
export interface OutcomeAchievement {
  outcome: { id: string; selfUri?: string }
  achievedDate: string
  /** How much it is worth, where its definition says which attribute tells that: the newest value in the session. */
  associatedValue?: { dataType: 'Number' | 'Integer'; value: number }
}

/** `ended` when the session has an end or timed out; else as attentive as the visitor is. */
export type SessionStatus = PresenceState | 'ended'

/** Seconds of the session by attention; the three add up to `durationInSeconds`. */
export interface Engagement {
  activeSeconds: number
  idleSeconds: number
  awaySeconds: number
}

/**
 * One visit. Field names are those of the Genesys Cloud journey Session; `status`, `visitorId`, `sessionIndex`,
 * `previousSessionId`, `entryPage` and `engagement` are Sojourn's own. Dates are ISO 8601, UTC, with milliseconds.
 */
export interface Session {
  id: string
  type: string
  /** Instant of the first event. */
  createdDate: string
  /** Present when the session is over; for a timed-out session the last activity. */
  endedDate?: string
  status: SessionStatus
  customerId?: string
  /** `cookie` while only the visitor id is known. */
  customerIdType?: string
  visitorId?: string
  sessionIndex?: number
  previousSessionId?: string
  /** 4 to 6 digits, unique among the live sessions of a site. */
  shortId?: string
  externalId?: string
  externalUrl?: string
  externalContact?: AddressableEntityRef
  divisionIds?: string[]
  eventCount: number
  pageviewCount: number
  screenviewCount: number
  lastEvent: SessionLastEvent
  entryPage?: JourneyPage
  lastPage?: JourneyPage
  lastScreen?: string
  /** From the first event to the last activity. */
  durationInSeconds: number
  engagement: Engagement
  /** Instants from which the visitor counts as idle, and as away, unless activity pushes them forward. */
  idleDate: string
  awayDate: string
  mktCampaign?: Campaign
  referrer?: Referrer
  searchTerms?: string[]
  attributes?: Record<string, CustomEventAttribute>
  attributeLists?: Record<string, CustomEventAttributeList>
  /** By date. */
  segmentAssignments?: SessionSegmentAssignment[]
  /** By date. */
  outcomeAchievements?: OutcomeAchievement[]
  browser?: Browser
  device?: Device
  userAgentString?: string
  geolocation?: JourneyGeolocation
  ipAddress?: string
  ipOrganization?: string
  app?: JourneyApp
  sdkLibrary?: SdkLibrary
  networkConnectivity?: NetworkConnectivity
  /** True only after the collector verified an identity token. */
  authenticated: boolean
  selfUri?: string
}

/** Facts of a Session that do not come from its events: who sent them, and what the collector found out. */
export type SessionFacts = Partial<
  Pick<
    Session,
    | 'visitorId'
    | 'shortId'
    | 'externalId'
    | 'externalUrl'
    | 'externalContact'
    | 'divisionIds'
    | 'browser'
    | 'device'
    | 'userAgentString'
    | 'geolocation'
    | 'ipAddress'
    | 'ipOrganization'
    | 'referrer'
    | 'mktCampaign'
    | 'app'
    | 'sdkLibrary'
    | 'networkConnectivity'
    | 'authenticated'
    | 'selfUri'
    | 'segmentAssignments'
    | 'outcomeAchievements'
  >
>

/** What a page may know of its session: never an address, never a trait. `geolocation` holds the country alone. */
export type PageFacts = {
  id: string
  /** The same as the assignments and achievements, in short: `:<id>:segment` or `:<id>:outcome` for each. */
  assigned?: string[]
} & Pick<
  SessionFacts,
  'shortId' | 'browser' | 'device' | 'geolocation' | 'referrer' | 'mktCampaign' | 'authenticated' | 'selfUri' | 'divisionIds' | 'segmentAssignments' | 'outcomeAchievements'
>
