import { createHash } from 'node:crypto'
import { createEndpoint, type EndpointOptions } from '../../src/collector/createEndpoint.ts'
import { createReferrerNames } from '../../src/collector/enrich/referrers/createReferrerNames.ts'
import { createMemoryErasureFile } from '../../src/collector/identity/erasureFile.ts'
import { createMemoryDocumentStore } from '../../src/collector/memory/createMemoryDocumentStore.ts'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import { createDefinitionStore } from '../../src/collector/segments/createDefinitionStore.ts'
import { createMemoryDefinitionFile } from '../../src/collector/segments/definitionFile.ts'
import type { SessionReader } from '../../src/collector/sessionStore.ts'
import { start } from './batches.ts'

/** The API key that the endpoint accepts. */
export const apiKey = 'secret-secret-secret'

export const authorized = { authorization: `Bearer ${apiKey}` }

/** The one origin of the one site, `shop`. */
export const origin = 'https://shop.example.com'

/** A store without Sessions. */
const emptySessions: SessionReader = { get: () => undefined, list: () => ({ entities: [] }), events: () => ({ entities: [] }), deliveries: () => [], lasting: () => [], touched: () => ({}), naming: () => [], campaigns: () => ({ entities: [] }), close: () => undefined }

/** An endpoint without a port, on memory, at a fixed time. */
export const createTestEndpoint = (more: Partial<EndpointOptions> = {}) => {
  const log = createMemoryEventLog()
  const endpoint = createEndpoint({
    settings: { sites: [{ id: 'shop', origins: [origin] }], addressPolicy: 'full', trustedProxies: [], rateLimits: { address: false, site: false, api: false } },
    log,
    documents: createMemoryDocumentStore(),
    sessions: emptySessions,
    erasing: { file: createMemoryErasureFile(), eraser: { catchUp: async () => true, erase: async () => ({ sessions: 0, batches: 0 }) } },
    definitions: createDefinitionStore({ file: createMemoryDefinitionFile(), configured: { segments: [], outcomes: [] }, now: () => start }),
    projection: { wake: () => undefined, waitFor: async () => true, position: () => log.last() },
    isReady: () => true,
    geolocate: () => ({}),
    nameReferrer: createReferrerNames(),
    apiKey: { hash: createHash('sha256').update(apiKey).digest() },
    files: { parts: new Map(), livePage: new Map() },
    logger: false,
    clock: { now: () => start, monotonicNow: () => 0 },
    ...more,
  })
  const post = (payload: string | Buffer, headers: Record<string, string | undefined> = {}) =>
    endpoint.app.inject({ method: 'POST', url: '/v1/events', payload, headers: { 'content-type': 'text/plain', origin, ...headers } })
  const get = (url: string, headers: Record<string, string> = authorized) => endpoint.app.inject({ method: 'GET', url, headers })
  return { ...endpoint, log, post, get }
}
