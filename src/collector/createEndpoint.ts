import type { FastifyInstance } from 'fastify'
import { limits } from '../model/limits.ts'
import { createApp, type AppOptions } from './app.ts'
import { createBacklog } from './createBacklog.ts'
import { createBodyReader } from './createBodyReader.ts'
import type { Geolocate } from './enrich/geolocation.ts'
import type { EventLog } from './eventLog.ts'
import type { Files } from './fileRoutes.ts'
import { createIngest, type RateLimits } from './ingest.ts'
import { createLive, type Live } from './live.ts'
import { createMetrics } from './metrics.ts'
import type { Settings } from './options.ts'
import { createQuery } from './query.ts'
import type { ProjectionProgress } from './recordSteps.ts'
import { createServedSession } from './servedSession.ts'
import type { SessionReader } from './sessionStore.ts'
import type { RunningProjection } from './startProjection.ts'

export interface EndpointOptions {
  settings: Pick<Settings, 'sites' | 'addressPolicy' | 'trustedProxies' | 'rateLimits'>
  log: EventLog
  sessions: SessionReader
  projection: ProjectionProgress & Pick<RunningProjection, 'position'>
  /** False while Sessions are not kept up to date. */
  isReady(): boolean
  geolocate: Geolocate
  apiKey: AppOptions['apiKey']
  files: Files
  logger: AppOptions['logger']
  /** Milliseconds since 1970, and milliseconds that never go back. */
  clock: { now(): number; monotonicNow(): number }
  /** Milliseconds that a body may take to arrive. Default 15,000. */
  bodyTimeout?: number
  /** Milliseconds that the head of a request may take to arrive, and how often that is looked after. Default 10,000 and 5,000. */
  headTimeouts?: AppOptions['headTimeouts']
  /** Bytes of bodies, decompressed, on their way into the log. Default 64 MiB. */
  maxBacklog?: number
}

/** Bytes of bodies at a time: with what is made of them, some hundred megabytes of memory. */
const maxBytesInFlight = 64 * limits.batchBytes

/** The same after decompression: a small body may become a large one. */
const usualBacklog = 64 * limits.batchBytes

const usualBodyTimeout = 15_000

const toRateLimits = ({ address, site }: Settings['rateLimits']): RateLimits => ({ ...(address && { address }), ...(site && { site }) })

/** Puts together everything between HTTP and the two ports, event log and session store. */
export const createEndpoint = (options: EndpointOptions): { app: FastifyInstance; live: Live } => {
  const { settings, log, sessions, projection, geolocate, apiKey, files, logger, clock, isReady } = options
  const { sites, addressPolicy, trustedProxies } = settings
  const { now, monotonicNow } = clock
  const serve = createServedSession(sites)
  const live = createLive({
    read: ({ site, id }) => {
      const stored = sessions.get(id, site)
      return stored && serve(stored, now())
    },
  })
  const bodyReader = createBodyReader({ maxBytes: limits.batchBytes, maxBytesInFlight, timeout: options.bodyTimeout ?? usualBodyTimeout })
  const positions = () => ({ log: log.last(), projection: projection.position() })
  const metrics = createMetrics({ positions, deliveries: sessions.deliveries, liveClients: live.count, bytesInFlight: bodyReader.bytesInFlight })
  const ingest = createIngest({
    sites,
    addressPolicy,
    trustedProxies,
    rateLimits: toRateLimits(settings.rateLimits),
    geolocate,
    log,
    projection,
    sessions,
    monotonicNow,
    backlog: createBacklog(options.maxBacklog ?? usualBacklog),
    onFailure: error => app.log.error({ error }, 'the event log cannot be written'),
  })
  const app = createApp({
    ingest,
    query: createQuery({ sessions, sites, now }),
    live,
    metrics,
    bodyReader,
    apiKey,
    files,
    logger,
    now,
    headTimeouts: options.headTimeouts,
    readiness: () => ({ ready: isReady(), ...positions() }),
  })
  return { app, live }
}
