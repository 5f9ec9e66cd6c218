import type { Collector } from '../harness/startCollector.ts'
import { loadClient } from './loadClient.ts'

/** One call of the client, for paths that it has no method for. */
export interface GenesysCall {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  pathParams?: Record<string, string>
  queryParams?: Record<string, string>
  body?: object
}

type Answer<T = Record<string, unknown>> = Promise<T>

/** As much of the analytics part as is used here. */
export interface AnalyticsApi {
  getAnalyticsConversationDetails(conversationId: string): Answer
  getAnalyticsConversationsDetails(options: { id?: string[] }): Answer
}

/** As much of the journey part as is used here. */
export interface JourneyApi {
  getJourneySession(sessionId: string): Answer
  postJourneyDeploymentWebevents(deploymentId: string, options: { body: object }): Answer
  postJourneyDeploymentAppevents(deploymentId: string, options: { body: object }): Answer
  postJourneyDeploymentActionevent(deploymentId: string, body: object): Promise<unknown>
  getJourneyDeploymentCustomerPing(deploymentId: string, customerCookieId: string, options: object): Answer
  getJourneySegments(options?: object): Answer<JourneyListing>
  getJourneySegment(id: string): Answer
  postJourneySegments(options: { body: object }): Answer
  patchJourneySegment(id: string, options: { body: object }): Answer
  deleteJourneySegment(id: string): Promise<unknown>
  getJourneyOutcomes(options?: object): Answer<JourneyListing>
  getJourneyOutcome(id: string): Answer
  postJourneyOutcomes(options: { body: object }): Answer
  patchJourneyOutcome(id: string, options: { body: object }): Answer
  deleteJourneyOutcome(id: string): Promise<unknown>
  getJourneySessionEvents(sessionId: string, options?: { pageSize?: string; after?: string; eventType?: string }): Answer<JourneyListing>
}

/** As much of the part about contacts as is used here. */
export interface ExternalContactsApi {
  getExternalcontactsContactJourneySessions(contactId: string, options?: { pageSize?: string; after?: string }): Answer<JourneyListing>
  getExternalcontactsContactJourneySegments(contactId: string, options?: { limit?: number }): Answer<JourneyListing>
}

/** A part of a list. */
export interface JourneyListing {
  entities: Record<string, unknown>[]
  nextUri?: string
}

interface ApiClient {
  setEnvironment(url: string): void
  setAccessToken(token: string): void
  config: { basePath: string }
  callApi(...call: unknown[]): Promise<object>
}

interface PlatformClient {
  ApiClientClass: new () => ApiClient
  AnalyticsApi: new (client: ApiClient) => AnalyticsApi
  JourneyApi: new (client: ApiClient) => JourneyApi
  ExternalContactsApi: new (client: ApiClient) => ExternalContactsApi
}

const { ApiClientClass, AnalyticsApi, JourneyApi, ExternalContactsApi } = loadClient('purecloud-platform-client-v2') as PlatformClient

const json = ['application/json']

/** The vendor's client, unmodified, pointed at a collector: a client of its own, for it keeps one for everybody by itself. */
export const connectGenesys = ({ url, apiKey }: Pick<Collector, 'url' | 'apiKey'>) => {
  const client = new ApiClientClass()
  client.config.basePath = url
  if (apiKey) client.setAccessToken(apiKey)
  return {
    analytics: new AnalyticsApi(client),
    journey: new JourneyApi(client),
    contacts: new ExternalContactsApi(client),
    call: (path: string, { method, pathParams = {}, queryParams = {}, body }: GenesysCall): Promise<object> =>
      client.callApi(path, method, pathParams, queryParams, {}, {}, body ?? null, ['PureCloud OAuth'], json, json),
  }
}

export type GenesysClient = ReturnType<typeof connectGenesys>
