import type { JsonObject } from '../../conversations/documentStore.ts'
import type { ServedEvent } from '../../reading/servedSession.ts'
import { toEventName, type Event, type EventAttributes, type Scalar } from '../../../model/event.ts'
import { toPage } from '../../../model/page.ts'
import { toSearchTerms } from '../../../model/toSearchTerms.ts'
import type { Browser, Device, Session } from '../../../model/session.ts'
import { parseForeign, type ForeignFields } from './foreignFields.ts'
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
export const toSender = ({ userAgentString = '', browser = unknownBrowser, device = unknownDevice }: Session) => ({ userAgentString, browser, device })

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

/** Attributes of an event, and traits told until then, as they were sent where it is known. */
const toMaps = (event: ServedEvent, { traits, given }: Pick<PayloadOptions, 'traits'> & { given: ForeignFields }): JsonObject => ({
  attributes: given.attributes ?? toAttributeMap(attributesOf(event)),
  traits: { ...toAttributeMap(traits), ...given.traits },
})

/** An event of a website. */
export const toWebEvent = (event: ServedEvent, { session, totals, traits }: PayloadOptions): JsonObject => {
  const given = parseForeign(event.foreign)
  const { userAgentString, browser, device } = toSender(session)
  return {
    ...given.unknown,
    eventName: toJourneyName(toEventName(event)),
    totalEventCount: totals.events,
    totalPageviewCount: totals.pageviews,
    page: { ...given.page, ...(event.page ? toPage(event.page) : (session.entryPage ?? toPage({ url: '' }))) },
    userAgentString,
    browser: { ...browser, ...given.browser },
    device: { ...device, ...given.device },
    ...toShared(session),
    ...(session.referrer && { referrer: session.referrer }),
    ...toMaps(event, { traits, given }),
    ...searchQueryOf(event),
    authenticated: session.authenticated,
  }
}

/** An event of an app. */
export const toAppEvent = (event: ServedEvent, { session, traits }: PayloadOptions): JsonObject => {
  const given = parseForeign(event.foreign)
  const sdkLibrary = given.sdkLibrary ?? session.sdkLibrary
  const networkConnectivity = given.networkConnectivity ?? session.networkConnectivity
  return {
    ...given.unknown,
    eventName: toJourneyName(toEventName(event)),
    screenName: event.screen ?? session.lastScreen ?? '',
    app: given.app ?? session.app ?? unknownApp,
    device: { ...(session.device ?? unknownDevice), ...given.device },
    ...toShared(session),
    ...(sdkLibrary && { sdkLibrary }),
    ...(networkConnectivity && { networkConnectivity }),
    ...searchQueryOf(event),
    ...toMaps(event, { traits, given }),
  }
}
