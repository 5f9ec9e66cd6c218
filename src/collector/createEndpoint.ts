import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { limits } from '../model/limits.ts'
import { createActions } from './actions/createActions.ts'
import { createApp, type AppOptions } from './http/app.ts'
import { createCheckLanding } from './campaigns/checkLanding.ts'
import { createTouches } from './campaigns/touches.ts'
import { createClientLimit } from './http/createClientLimit.ts'
import { createConversations, type Conversations } from './conversations/createConversations.ts'
import type { DocumentStore } from './conversations/documentStore.ts'
import { ownModel } from './conversations/ownConversation.ts'
import type { ProjectionProgress } from './reading/createAnswer.ts'
import { createBodyReader } from './http/createBodyReader.ts'
import { dialectModels } from './dialects/dialectRoutes.ts'
import type { NameReferrer } from './enrich/referrers/createReferrerNames.ts'
import type { EventLog } from './eventLog.ts'
import type { Files } from './http/fileRoutes.ts'
import { createErasedSessions } from './identity/createErasedSessions.ts'
import { createErasures, type Eraser, type Erasures } from './identity/createErasures.ts'
import type { ErasureFile } from './identity/erasureFile.ts'
import { exportPerson } from './identity/exportPerson.ts'
import type { TokenVerdict } from './identity/createTokenVerifier.ts'
import { createIngest } from './ingest/ingest.ts'
import { createLive, type Live } from './reading/live.ts'
import { createMetrics } from './http/metrics.ts'
import type { Settings } from './settings/options.ts'
import { createQuery } from './reading/query.ts'
import type { Recorder, RecorderEvents } from './ingest/recorder.ts'
import { createServedSession } from './reading/servedSession.ts'
import { createAssignedFacts } from './segments/createAssignedFacts.ts'
import type { DefinitionStore } from './segments/createDefinitionStore.ts'
import type { SessionReader } from './sessionStore.ts'
import type { RunningProjection } from './startProjection.ts'

export interface EndpointOptions {
  settings: Pick<Settings, 'sites' | 'trustedProxies' | 'rateLimits'>
  log: Pick<EventLog, 'last'>
  /** The way into the log. What it tells beside its answers is for `recorderEvents`. */
  recorder: Recorder
  /** Documents in other vendors' models, calls and chats among them. */
  documents: DocumentStore
  sessions: SessionReader
  /** What erases people, and where that is written down. */
  erasing: { file: ErasureFile; eraser: Eraser; patience?: number }
  definitions: DefinitionStore
  projection: ProjectionProgress & Pick<RunningProjection, 'position'>
  /** False while Sessions are not kept up to date. */
  isReady(): boolean
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
}

export interface Endpoint {
  app: FastifyInstance
  live: Live
  erasures: Erasures
  conversations: Conversations
  recorderEvents: RecorderEvents
}

/** Bytes of bodies at a time: with what is made of them, some hundred megabytes of memory. */
const maxBytesInFlight = 64 * limits.batchBytes

const usualBodyTimeout = 15_000

/** Milliseconds that an answer waits for segments and outcomes, and how many batches the Sessions may be behind for that: a collector that has much to do does not let pages wait. */
const patience = { ms: 250, batches: 500 } as const

/** Puts together everything between HTTP and the two ports, event log and session store. */
export const createEndpoint = (options: EndpointOptions): Endpoint => {
  const { settings, log, documents, erasing, sessions, definitions, projection, recorder, apiKey, files, logger, clock, isReady } = options
  const { sites, trustedProxies, rateLimits } = settings
  const { now, monotonicNow } = clock
  const toAssigned = createAssignedFacts({ sessions, sites, definitions: definitions.all })
  const serve = createServedSession(sites, toAssigned)
  const onUnreadable = (error: unknown): void => app.log.error({ err: error }, 'a Session cannot be read')
  const live = createLive({
    onUnreadable,
    read: ({ site, id, isConversation, hasLeft }) => {
      if (isConversation) {
        const conversation = conversations.get(id)
        return hasLeft && conversation?.site !== site ? undefined : conversation
      }
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
    if (refusal === 'keys-unavailable') app.log.warn({ site, err: cause }, 'identity tokens cannot be verified')
    else app.log.debug({ site, refusal }, 'an identity token proves nothing')
  }
  const recorderEvents: RecorderEvents = { onVerdict, onFailure: error => app.log.error({ err: error }, 'the event log cannot be written') }
  const erased = createErasedSessions()
  const forget = (digests: Iterable<string>): void => {
    erased.add(digests)
    recorder.forget([...digests])
  }
  const ingest = createIngest({
    recorder,
    trustedProxies,
    addressLimit: rateLimits.address || undefined,
    monotonicNow,
    projection,
    sessions,
    toAssigned,
    onUnreadable,
    patience: () => {
      const { segments, outcomes } = definitions.all()
      return segments.length + outcomes.length && log.last() - projection.position() < patience.batches ? patience.ms : 0
    },
  })
  const onErasureFailure = (error: unknown): void => app.log.error({ err: error }, 'an erasure could not go on: it does at the next start')
  const erasures = createErasures({
    ...{ ...erasing, documents, sessions, siteOf: conversations.siteOf, onRemoved: conversations.tellRemoved, createId: randomUUID, now },
    log: { last: log.last, settled: recorder.settled },
    erased: { ...erased, add: forget },
    onFailure: onErasureFailure,
  })
  const query = createQuery({ sessions, sites, toAssigned, conversations, now })
  const app = createApp({
    ingest,
    query,
    live,
    conversations,
    actions: createActions({ documents, query, erased, now, createId: randomUUID }),
    sessions,
    createId: randomUUID,
    limitClient: createClientLimit({ rule: rateLimits.api, trustedProxies, monotonicNow }),
    erasures,
    erasePatience: erasing.patience,
    catchUp: erasing.eraser.catchUp,
    exportPerson: person => exportPerson(person, { sessions, documents, siteOf: conversations.siteOf, serve, now }),
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
  return { app, live, erasures, conversations, recorderEvents }
}
