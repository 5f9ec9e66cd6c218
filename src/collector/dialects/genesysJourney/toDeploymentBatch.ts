import type { Batch, BatchContext } from '../../../model/batch.ts'
import { parseCampaign } from '../../../model/campaign.ts'
import type { CustomerKey, Event, EventBase, Scalar, SessionStart } from '../../../model/event.ts'
import { limits } from '../../../model/limits.ts'
import { toE164 } from '../../conversations/toE164.ts'
import type { GivenDevice, SentEvent, TypedValue } from './checkDeploymentEvent.ts'

/** An event as it is sent to them, with where it goes. */
export interface DeploymentArrival {
  site: string
  sent: SentEvent
  /** When it happened, milliseconds since 1970. */
  at: number
  /** The session that goes on; undefined opens one. */
  session: string | undefined
  /** The visitor's session before, when one is opened. */
  previous: { id: string; index: number } | undefined
  /** `User-Agent` header of a page; undefined where the sender is none, and its header says what server it is. */
  userAgent: string | undefined
  /** Ids for up to two events; the first one opens a session. */
  ids: [string, string]
  /** Milliseconds since 1970. */
  now: number
}

/** Milliseconds that the answer may wait for the session. */
const patience = limits.wait

/** A value of the type that is said, where the text is one: as it would be written again. */
const toScalar = ({ dataType, value }: TypedValue): Scalar => {
  const number = Number(value)
  if (/^(number|integer)$/i.test(dataType) && value.trim() !== '' && Number.isFinite(number) && String(number) === value) return number
  return /^boolean$/i.test(dataType) && /^(true|false)$/.test(value) ? value === 'true' : value
}

const toScalars = (values: Record<string, TypedValue> = {}): Record<string, Scalar> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toScalar(value)]))

/** Who the customer is: by the sender's own key, else by what would tell them again. */
const toCustomer = ({ externalId, traits = {} }: SentEvent['request']): CustomerKey | undefined => {
  if (externalId) return { id: externalId, type: 'external' }
  if (traits.email?.value) return { id: traits.email.value, type: 'email' }
  const phone = ['cellPhone', 'phone', 'homePhone', 'workPhone'].map(name => toE164(traits[name]?.value ?? '')).find(Boolean)
  return phone === undefined ? undefined : { id: phone, type: 'phone' }
}

const toStart = ({ sent: { kind, request }, previous }: DeploymentArrival): SessionStart => {
  // An app has no address; what led to it, a deep link say, may tell the campaign.
  const campaign = parseCampaign((kind === 'App' ? request.referrerUrl : request.page.url) ?? '')
  return {
    type: kind === 'App' ? 'app' : 'web',
    index: (previous?.index ?? 0) + 1,
    ...(previous && { previous: previous.id }),
    ...(request.referrerUrl && { referrer: request.referrerUrl }),
    ...(campaign && { campaign }),
  }
}

const toPlace = ({ kind, request }: SentEvent): Pick<EventBase, 'page' | 'screen'> => {
  if (kind === 'App') return { screen: request.screenName }
  const { url, title, keywords, lang } = request.page
  return { page: { url, title, ...(keywords !== undefined && { keywords }), ...(lang !== undefined && { lang }) } }
}

const toTracked = ({ kind, request }: SentEvent, base: EventBase): Event => {
  const { eventName, searchQuery } = request
  const attributes = toScalars(request.attributes)
  const said = { ...(Object.keys(attributes).length && { attributes }) }
  const searched = { ...(searchQuery && { searchTerms: [searchQuery] }) }
  if (kind === 'App' && eventName === 'screen_viewed') return { ...base, type: 'screenview', screen: request.screenName, ...said }
  if (kind === 'Web' && eventName === 'page_viewed') return { ...base, type: 'pageview', ...said, ...searched }
  return { ...base, type: 'custom', eventName, ...said, ...searched }
}

/** Vendors add values; a Session has these. */
const isCategory = (text: string): boolean => ['desktop', 'mobile', 'tablet', 'other'].includes(text)

const toDevice = ({ category, type, isMobile = category === 'mobile', fingerprint, osFamily, osVersion, manufacturer }: GivenDevice): NonNullable<BatchContext['device']> => ({
  ...(isCategory(category) && { category }),
  ...{ type, isMobile, osFamily, osVersion },
  ...(fingerprint !== undefined && { fingerprint }),
  ...(manufacturer !== undefined && { manufacturer }),
})

const toContext = ({ sent: { kind, request }, userAgent: header }: DeploymentArrival): BatchContext => {
  const { device } = request
  const userAgent = kind === 'Web' && (request.userAgentString || header?.slice(0, limits.userAgent))
  const browser = kind === 'App' ? undefined : request.browser
  const { screenWidth: width, screenHeight: height, screenDensity: density = 1 } = device ?? {}
  return {
    ...(userAgent && { userAgent }),
    ...(browser?.lang && { language: browser.lang }),
    ...(width && height && { screen: { width, height, density } }),
    ...(browser && { browser: { family: browser.family, version: browser.version } }),
    ...(device && { device: toDevice(device) }),
    ...(kind === 'App' && { app: request.app }),
    ...(kind === 'App' && request.networkConnectivity && { networkConnectivity: request.networkConnectivity }),
  }
}

/** What is sent to them, as a batch of the tracker: the event, and who the customer is where it tells. */
export const toDeploymentBatch = (arrival: DeploymentArrival): Batch => {
  const { site, sent, at, session, ids, now } = arrival
  const { kind, request } = sent
  const [id, second] = ids
  // A tab of its own: nobody counts the requests of one visitor.
  const base = { at, session: session ?? id, tab: id.slice(-12) }
  const customer = toCustomer(request)
  const place = toPlace(sent)
  const tracked = toTracked(sent, { ...base, id, seq: 0, ...(session === undefined && { start: toStart(arrival) }), ...place })
  const identify: Event[] = customer ? [{ ...base, id: second, seq: 1, type: 'identify', customer, traits: toScalars(request.traits), ...place }] : []
  return {
    v: 1,
    site,
    sentAt: now,
    visitor: { id: request.customerCookieId },
    library: (kind === 'App' ? request.sdkLibrary : undefined) ?? { name: kind === 'App' ? 'appevents' : 'webevents', version: '2' },
    context: toContext(arrival),
    events: [tracked, ...identify],
    wait: patience,
  }
}
