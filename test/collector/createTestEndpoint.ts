import { createHash } from 'node:crypto'
import { createEndpoint, type EndpointOptions } from '../../src/collector/createEndpoint.ts'
import { createRecorder, type RecorderOptions } from '../../src/collector/ingest/createRecorder.ts'
import { createReferrerNames } from '../../src/collector/enrich/referrers/createReferrerNames.ts'
import { createMemoryErasureFile } from '../../src/collector/identity/erasureFile.ts'
import { createMemoryDocumentStore } from '../../src/collector/memory/createMemoryDocumentStore.ts'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import type { Settings } from '../../src/collector/settings/options.ts'
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
const emptySessions: SessionReader = { mark: () => undefined, get: () => undefined, list: () => ({ entities: [] }), events: () => ({ entities: [] }), deliveries: () => [], lasting: () => [], touched: () => ({}), naming: () => [], campaigns: () => ({ entities: [] }), close: () => undefined }

/** What may be other than usual: of the endpoint, and of the recorder that works for it. */
export interface TestEndpointOptions extends Partial<Omit<EndpointOptions, 'settings' | 'log' | 'recorder'> & Pick<RecorderOptions, 'log' | 'geolocate' | 'maxBacklog'>> {
  settings?: Pick<Settings, 'sites' | 'addressPolicy' | 'trustedProxies' | 'rateLimits'>
}

/** An endpoint without a port, on memory, at a fixed time. */
export const createTestEndpoint = ({ log = createMemoryEventLog(), geolocate = () => ({}), maxBacklog, ...more }: TestEndpointOptions = {}) => {
  const settings = more.settings ?? { sites: [{ id: 'shop', origins: [origin] }], addressPolicy: 'full', trustedProxies: [], rateLimits: { address: false, site: false, api: false } }
  const clock = more.clock ?? { now: () => start, monotonicNow: () => 0 }
  const recorder = createRecorder({
    ...{ log, geolocate, maxBacklog, clock },
    ...{ sites: settings.sites, addressPolicy: settings.addressPolicy, siteLimit: settings.rateLimits.site || undefined },
    onVerdict: (...told) => endpoint.recorderEvents.onVerdict(...told),
    onFailure: cause => endpoint.recorderEvents.onFailure(cause),
  })
  const endpoint = createEndpoint({
    log,
    recorder,
    documents: createMemoryDocumentStore(),
    sessions: emptySessions,
    erasing: { file: createMemoryErasureFile(), eraser: { catchUp: async () => true, erase: async () => ({ sessions: 0, batches: 0 }) } },
    definitions: createDefinitionStore({ file: createMemoryDefinitionFile(), configured: { segments: [], outcomes: [] }, now: () => start }),
    projection: { wake: () => undefined, waitFor: async () => true, position: () => log.last() },
    isReady: () => true,
    nameReferrer: createReferrerNames(),
    apiKey: { hash: createHash('sha256').update(apiKey).digest() },
    files: { parts: new Map(), livePage: new Map() },
    logger: false,
    ...more,
    settings,
    clock,
  })
  const post = (payload: string | Buffer, headers: Record<string, string | undefined> = {}) =>
    endpoint.app.inject({ method: 'POST', url: '/v1/events', payload, headers: { 'content-type': 'text/plain', origin, ...headers } })
  const get = (url: string, headers: Record<string, string> = authorized) => endpoint.app.inject({ method: 'GET', url, headers })
  return { ...endpoint, log, post, get }
}
