import type { JsonObject } from '../../conversations/documentStore.ts'
import { toEventName, type Event, type EventAttributes, type Scalar } from '../../../model/event.ts'
import { toPage } from '../../../model/page.ts'
import { toSearchTerms } from '../../../model/toSearchTerms.ts'
import type { Browser, Device, Session } from '../../../model/session.ts'
import { toJourneyName } from './journeyName.ts'

/** What all events of a customer have come to, this one counted. */
export interface Totals {
  events: number
  pageviews: number
}

/** Their model cannot leave out what is not known. */
const unknownBrowser: Browser = { family: 'Unknown', version: '', featuresFlash: false, featuresJava: false, featuresPdf: false, featuresWebrtc: false }

const unknownDevice: Device = { category: 'other', type: 'Other', isMobile: false, osFamily: 'Other', osVersion: '' }

const unknownApp = { name: '', namespace: '', version: '', buildNumber: '' }

/** A list is one value, as JSON. */
const toAttribute = (value: Scalar | Scalar[]): { dataType: string; value: string } =>
  Array.isArray(value) ? { dataType: 'string', value: JSON.stringify(value) } : { dataType: typeof value, value: String(value) }

/** A map of attributes or traits, each with its type. */
export const toAttributeMap = (attributes: EventAttributes = {}): Record<string, { dataType: string; value: string }> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, toAttribute(value)]))

/** Fields of a session that stand in every event of it. */
const sharedNames = ['geolocation', 'ipAddress', 'ipOrganization', 'mktCampaign'] as const

/** What an event shows of its session. */
export const toShared = (session: Session): JsonObject =>
  Object.fromEntries(sharedNames.flatMap(name => (session[name] === undefined ? [] : [[name, session[name]]])))

/** Who sent the events of a session. */
export const toSender = ({ userAgentString = '', browser = unknownBrowser, device = unknownDevice }: Session): JsonObject => ({ userAgentString, browser, device })

const attributesOf = (event: Event): EventAttributes => ('attributes' in event ? (event.attributes ?? {}) : {})

const searchQueryOf = (event: Event): JsonObject => {
  const terms = toSearchTerms(event)
  return terms.length ? { searchQuery: terms.join(' ') } : {}
}

interface PayloadOptions {
  session: Session
  totals: Totals
  /** What was told of the customer until then. */
  traits: EventAttributes
}

/** An event of a website. */
export const toWebEvent = (event: Event, { session, totals, traits }: PayloadOptions): JsonObject => ({
  eventName: toJourneyName(toEventName(event)),
  totalEventCount: totals.events,
  totalPageviewCount: totals.pageviews,
  page: event.page ? toPage(event.page) : (session.entryPage ?? toPage({ url: '' })),
  ...toSender(session),
  ...toShared(session),
  ...(session.referrer && { referrer: session.referrer }),
  attributes: toAttributeMap(attributesOf(event)),
  traits: toAttributeMap(traits),
  ...searchQueryOf(event),
  authenticated: session.authenticated,
})

/** An event of an app. */
export const toAppEvent = (event: Event, { session, traits }: PayloadOptions): JsonObject => ({
  eventName: toJourneyName(toEventName(event)),
  screenName: event.screen ?? session.lastScreen ?? '',
  app: session.app ?? unknownApp,
  device: session.device ?? unknownDevice,
  ...toShared(session),
  ...(session.sdkLibrary && { sdkLibrary: session.sdkLibrary }),
  ...(session.networkConnectivity && { networkConnectivity: session.networkConnectivity }),
  ...searchQueryOf(event),
  attributes: toAttributeMap(attributesOf(event)),
  traits: toAttributeMap(traits),
})
