import type { JsonObject } from '../../conversations/documentStore.ts'
import { toPage } from '../../../model/page.ts'
import type { Session } from '../../../model/session.ts'
import type { AppEventRequest, WebEventRequest } from './checkDeploymentEvent.ts'
import { toForeignFields } from './foreignFields.ts'
import { toJourneyUri } from './toJourneySession.ts'

/** What the answer is made from. */
export interface DeploymentAnswerOptions {
  /** Id of the event. */
  id: string
  /** The session that the event is in. */
  session: Session
}

const pick = <T extends object>(from: T | undefined, names: readonly (keyof T)[]): Partial<T> =>
  Object.fromEntries(names.flatMap(name => (from?.[name] === undefined ? [] : [[name, from[name]]]))) as Partial<T>

const toSession = ({ id, durationInSeconds, eventCount, referrer, createdDate }: Session): JsonObject => ({
  id,
  durationInSeconds,
  eventCount,
  ...(referrer && { referrer }),
  selfUri: toJourneyUri(id),
  createdDate,
})

const toShared = (request: WebEventRequest | AppEventRequest, session: Session): JsonObject => ({
  customerId: session.customerId ?? request.customerCookieId,
  customerIdType: session.customerIdType ?? 'cookie',
  eventName: request.eventName,
  ...pick(request, ['searchQuery', 'externalId']),
  ...pick(session, ['ipOrganization', 'geolocation', 'mktCampaign']),
  attributes: request.attributes ?? {},
  traits: request.traits ?? {},
  createdDate: request.createdDate,
})

const unknownBrowser = { family: 'Unknown', version: '' }

const unknownDevice = { category: 'other', type: 'Other', isMobile: false, osFamily: 'Other', osVersion: '' }

/** Their answer to an event of a website. */
export const toWebEventAnswer = (request: WebEventRequest, { session }: DeploymentAnswerOptions): JsonObject => {
  const { breadcrumb: _breadcrumb, ...page } = toPage(request.page)
  const odd = toForeignFields({ kind: 'Web', request })
  // What is not known comes back, and never in the place of what the collector says.
  return {
    ...odd.unknown,
    ...toShared(request, session),
    page: { ...odd.page, ...page, title: request.page.title },
    userAgentString: request.userAgentString ?? session.userAgentString ?? '',
    browser: request.browser ?? (session.browser ? pick(session.browser, ['family', 'version', 'lang']) : unknownBrowser),
    device: request.device ?? session.device ?? unknownDevice,
    session: { ...toSession(session), pageviewCount: session.pageviewCount },
    ...pick(session, ['referrer']),
    authenticated: session.authenticated,
  }
}

/** Their answer to an event of an app. */
export const toAppEventAnswer = (request: AppEventRequest, { id, session }: DeploymentAnswerOptions): JsonObject => ({
  ...toForeignFields({ kind: 'App', request }).unknown,
  id,
  ...toShared(request, session),
  screenName: request.screenName,
  app: request.app,
  device: { isMobile: request.device.category === 'mobile', ...request.device },
  ...pick(request, ['sdkLibrary', 'networkConnectivity']),
  session: { ...toSession(session), screenviewCount: session.screenviewCount },
})
