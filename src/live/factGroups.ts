import type { JourneyPage } from '../model/page.ts'
import { describeSource } from './describeSource.ts'
import { countryName, formatDate, formatDuration } from './format.ts'
import type { LiveSession, Touch } from './liveSession.ts'

/** One thing known of a session. */
export interface Fact {
  name: string
  value: string
  /** The value is an address that may become a link. */
  isLink?: boolean
}

/** Facts that belong together. */
export interface FactGroup {
  title: string
  facts: Fact[]
}

type Value = string | number | boolean | undefined

const yesNo = (value: boolean | undefined): string | undefined => (value === undefined ? undefined : value ? 'yes' : 'no')

const size = (width: number | undefined, height: number | undefined): string | undefined => (width && height ? `${width} × ${height}` : undefined)

const words = (...parts: Value[]): string | undefined => parts.filter(part => part !== undefined && part !== '').join(' ') || undefined

/** Makes a group of what is known, or nothing. */
const toGroup = (title: string, values: Record<string, Value>, links: string[] = []): FactGroup[] => {
  const facts = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || value === '') return []
    return [{ name, value: String(value), ...(links.includes(name) && { isLink: true }) }]
  })
  return facts.length ? [{ title, facts }] : []
}

const toVisit = (session: LiveSession): FactGroup[] =>
  toGroup('Visit', {
    Site: session.site,
    Type: session.type,
    Began: formatDate(session.createdDate),
    Ended: session.endedDate && formatDate(session.endedDate),
    'Idle from': formatDate(session.idleDate),
    'Away from': formatDate(session.awayDate),
    'Until last activity': formatDuration(session.durationInSeconds * 1000),
    Active: formatDuration(session.engagement.activeSeconds * 1000),
    Idle: formatDuration(session.engagement.idleSeconds * 1000),
    Away: formatDuration(session.engagement.awaySeconds * 1000),
    'Visit number': session.sessionIndex,
    Events: session.eventCount,
    Pageviews: session.pageviewCount,
    Screenviews: session.screenviewCount || undefined,
    'Last event': `${session.lastEvent.eventName}, ${formatDate(session.lastEvent.createdDate)}`,
  })

const toVisitor = (session: LiveSession): FactGroup[] =>
  toGroup('Identity', {
    'Short id': session.shortId,
    Customer: session.customerId,
    'Customer id type': session.customerIdType,
    Authenticated: yesNo(session.authenticated),
    'Visitor id': session.visitorId,
    'Session id': session.id,
    'Session before': session.previousSessionId,
    'External id': session.externalId,
    'External page': session.externalUrl,
    'External contact': session.externalContact?.id,
    Divisions: session.divisionIds?.join(', '),
  }, ['External page'])

const toPageFacts = (title: string, page: JourneyPage | undefined): FactGroup[] =>
  page
    ? toGroup(title, {
        Title: page.title,
        Address: page.url,
        Language: page.lang,
        Keywords: page.keywords,
        Breadcrumb: page.breadcrumb.join(' › '),
      }, ['Address'])
    : []

const toSource = ({ mktCampaign: campaign, referrer, searchTerms }: LiveSession): FactGroup[] =>
  toGroup('Came by', {
    Campaign: campaign?.name,
    Source: campaign?.source,
    Medium: campaign?.medium,
    Term: campaign?.term,
    Content: campaign?.content,
    'Click id': campaign?.clickId,
    Network: campaign?.network,
    Referrer: referrer?.url,
    'Referring site': referrer?.name ?? referrer?.domain,
    'Kind of referrer': referrer?.medium,
    'Referrer keywords': referrer?.keywords,
    'Searched the site for': searchTerms?.join(', '),
  }, ['Referrer'])

/** What a touch was, in the words of lists. */
const toWords = ({ mktCampaign, referrer }: Touch): string => {
  const { text, detail } = describeSource({ ...(mktCampaign && { mktCampaign }), ...(referrer && { referrer }) })
  return detail === undefined ? text : `${text}, ${detail}`
}

/** What has brought the visitor over all visits, where there is more than one of them. */
const toTouches = ({ id, touches: { first, last } = {} }: LiveSession): FactGroup[] =>
  toGroup('Brought by', {
    'First touch': first && `${toWords(first)}, ${formatDate(first.date)}`,
    'Last touch': last && `${toWords(last)}, ${last.sessionId === id ? 'in this visit' : formatDate(last.date)}`,
    'This visit': last && last.sessionId !== id ? 'by themselves' : undefined,
  })

const toEquipment = ({ browser, device, app, networkConnectivity: network, sdkLibrary, userAgentString }: LiveSession): FactGroup[] =>
  toGroup('Browser and device', {
    Browser: words(browser?.family, browser?.version),
    Language: browser?.lang,
    Window: size(browser?.viewWidth, browser?.viewHeight),
    Device: words(device?.category, device?.manufacturer, device?.type),
    System: words(device?.osFamily, device?.osVersion),
    Screen: words(size(device?.screenWidth, device?.screenHeight), device?.screenDensity && `at ${device.screenDensity}`),
    App: words(app?.name, app?.version, app?.buildNumber),
    Carrier: network?.carrier,
    'Wi-Fi': yesNo(network?.wifiEnabled),
    Cellular: yesNo(network?.cellularEnabled),
    Library: words(sdkLibrary?.name, sdkLibrary?.version),
    'User agent': userAgentString,
  })

const toPlace = ({ geolocation: place, ipAddress, ipOrganization }: LiveSession): FactGroup[] =>
  toGroup('Place', {
    Country: countryName(place),
    Region: place?.regionName ?? place?.region,
    Town: place?.locality,
    'Postal code': place?.postalCode,
    Coordinates: place?.latitude !== undefined && place.longitude !== undefined ? `${place.latitude}, ${place.longitude}` : undefined,
    'Time zone': place?.timezone,
    Address: ipAddress,
    Organization: ipOrganization,
    'Known from': place?.source,
  })

const toAssigned = ({ segmentAssignments = [], outcomeAchievements = [] }: LiveSession): FactGroup[] => [
  ...toGroup('Segments', Object.fromEntries(segmentAssignments.map(({ segment, assignedDate }) => [segment.id, formatDate(assignedDate)]))),
  ...toGroup('Outcomes', Object.fromEntries(outcomeAchievements.map(({ outcome, achievedDate, associatedValue }) => [outcome.id, associatedValue ? `worth ${associatedValue.value}, ${formatDate(achievedDate)}` : formatDate(achievedDate)]))),
]

const toCustom = ({ attributes = {}, attributeLists = {} }: LiveSession): FactGroup[] => [
  ...toGroup('Attributes', Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]))),
  ...toGroup('Lists', Object.fromEntries(Object.entries(attributeLists).map(([name, { values }]) => [name, values.join(', ')]))),
]

const toDelivery = ({ delivery }: LiveSession): FactGroup[] =>
  toGroup('Delivery', { 'Events received': delivery?.received, Missing: delivery?.missing, 'Sent twice': delivery?.duplicates })

/** Everything known of a session in groups, in the order in which an agent asks for it. What is not known is left out. */
export const toFactGroups = (session: LiveSession): FactGroup[] => [
  ...toVisitor(session),
  ...toVisit(session),
  ...toAssigned(session),
  ...toSource(session),
  ...toTouches(session),
  ...toPageFacts('Last page', session.lastPage),
  ...toPageFacts('First page', session.entryPage),
  ...toCustom(session),
  ...toEquipment(session),
  ...toPlace(session),
  ...toDelivery(session),
]
