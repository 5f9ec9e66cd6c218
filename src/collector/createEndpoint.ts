import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { limits } from '../model/limits.ts'
import { createActions } from './actions/createActions.ts'
import { createApp, type AppOptions } from './app.ts'
import { createCheckLanding } from './campaigns/checkLanding.ts'
import { createTouches } from './campaigns/touches.ts'
import { createClientLimit } from './createClientLimit.ts'
import { createConversations, type Conversations } from './conversations/createConversations.ts'
import type { DocumentStore } from './conversations/documentStore.ts'
import { ownModel } from './conversations/ownConversation.ts'
import { createBacklog } from './createBacklog.ts'
import { createBodyReader } from './createBodyReader.ts'
import { dialectModels } from './dialects/dialectRoutes.ts'
import type { Geolocate } from './enrich/geolocation.ts'
import type { NameReferrer } from './enrich/referrers/createReferrerNames.ts'
import type { EventLog } from './eventLog.ts'
import type { Files } from './fileRoutes.ts'
import { createErasedSessions } from './identity/createErasedSessions.ts'
import { createErasures, type Eraser, type Erasures } from './identity/createErasures.ts'
import type { ErasureFile } from './identity/erasureFile.ts'
import { exportPerson } from './identity/exportPerson.ts'
import { createTokenVerifier, type TokenVerdict } from './identity/createTokenVerifier.ts'
import { createIngest, type RateLimits } from './ingest.ts'
import { createLive, type Live } from './live.ts'
import { createMetrics } from './metrics.ts'
import type { Settings } from './options.ts'
import { createQuery } from './query.ts'
import type { ProjectionProgress } from './recordSteps.ts'
import { createServedSession } from './servedSession.ts'
import { createAssignedFacts } from './segments/createAssignedFacts.ts'
import type { DefinitionStore } from './segments/createDefinitionStore.ts'
import type { SessionReader } from './sessionStore.ts'
import type { RunningProjection } from './startProjection.ts'

export interface EndpointOptions {
  settings: Pick<Settings, 'sites' | 'addressPolicy' | 'trustedProxies' | 'rateLimits'>
  log: EventLog
  /** Documents in other vendors' models, calls and chats among them. */
  documents: DocumentStore
  sessions: SessionReader
  /** What erases people, and where that is written down. */
  erasing: { file: ErasureFile; eraser: Eraser; patience?: number }
  definitions: DefinitionStore
  projection: ProjectionProgress & Pick<RunningProjection, 'position'>
  /** False while Sessions are not kept up to date. */
  isReady(): boolean
  geolocate: Geolocate
  /** Names the pages that visits come from. */
  nameReferrer: NameReferrer
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

/** Milliseconds that an answer waits for segments and outcomes, and how many batches the Sessions may be behind for that: a collector that has much to do does not let pages wait. */
const patience = { ms: 250, batches: 500 } as const

/** Puts together everything between HTTP and the two ports, event log and session store. */
export const createEndpoint = (options: EndpointOptions): { app: FastifyInstance; live: Live; erasures: Erasures; conversations: Conversations } => {
  const { settings, log, documents, erasing, sessions, definitions, projection, geolocate, apiKey, files, logger, clock, isReady } = options
  const { sites, addressPolicy, trustedProxies } = settings
  const { now, monotonicNow } = clock
  const toAssigned = createAssignedFacts({ sessions, sites, definitions: definitions.all })
  const serve = createServedSession(sites, toAssigned)
  const live = createLive({
    read: ({ site, id, isConversation }) => {
      if (isConversation) return conversations.get(id)
      const stored = sessions.get(id, site)
      return stored && serve(stored, now())
    },
  })
  const conversations = createConversations({ documents, sessions, models: [ownModel, ...dialectModels], now, onChange: live.publish })
  const bodyReader = createBodyReader({ maxBytes: limits.batchBytes, maxBytesInFlight, timeout: options.bodyTimeout ?? usualBodyTimeout })
  const positions = () => ({ log: log.last(), projection: projection.position() })
  const metrics = createMetrics({ positions, deliveries: sessions.deliveries, liveClients: live.count, bytesInFlight: bodyReader.bytesInFlight })
  const onVerdict = (site: string, verdict: TokenVerdict): void => {
    const result = 'proof' in verdict ? 'verified' : verdict.refusal
    metrics.tokens.inc({ site, result })
    if (!('refusal' in verdict)) return
    const { refusal, cause } = verdict
    if (refusal === 'keys-unavailable') app.log.warn({ site, error: cause }, 'identity tokens cannot be verified')
    else app.log.debug({ site, refusal }, 'an identity token proves nothing')
  }
  const erased = createErasedSessions()
  const ingest = createIngest({
    sites,
    addressPolicy,
    trustedProxies,
    rateLimits: toRateLimits(settings.rateLimits),
    geolocate,
    log,
    projection,
    sessions,
    erased,
    tokens: { verify: createTokenVerifier(sites, now), onVerdict },
    monotonicNow,
    backlog: createBacklog(options.maxBacklog ?? usualBacklog),
    toAssigned,
    patience: () => {
      const { segments, outcomes } = definitions.all()
      return segments.length + outcomes.length && log.last() - projection.position() < patience.batches ? patience.ms : 0
    },
    onFailure: error => app.log.error({ error }, 'the event log cannot be written'),
  })
  const onErasureFailure = (error: unknown): void => app.log.error({ error }, 'an erasure could not go on: it does at the next start')
  const erasures = createErasures({ ...erasing, log, documents, sessions, erased, createId: randomUUID, now, onFailure: onErasureFailure })
  const query = createQuery({ sessions, sites, toAssigned, conversations, now })
  const app = createApp({
    ingest,
    query,
    live,
    conversations,
    actions: createActions({ documents, query, erased, now, createId: randomUUID }),
    sessions,
    createId: randomUUID,
    limitClient: createClientLimit({ rule: settings.rateLimits.api, trustedProxies, monotonicNow }),
    erasures,
    erasePatience: erasing.patience,
    exportPerson: person => exportPerson(person, { sessions, documents, serve, now }),
    definitions,
    campaigns: sessions.campaigns,
    sites,
    checkLanding: createCheckLanding(options.nameReferrer),
    touchesOf: createTouches(sessions).ofVisitor,
    metrics,
    bodyReader,
    apiKey,
    files,
    logger,
    now,
    headTimeouts: options.headTimeouts,
    readiness: () => ({ ready: isReady(), ...positions() }),
  })
  return { app, live, erasures, conversations }
}
