import type { BatchResult } from '../model/batch.ts'
import {
  createAddressLimitStep,
  createAddressStep,
  createOriginStep,
  createSiteLimitStep,
  createSiteStep,
} from './authoriseSteps.ts'
import { checkText, createBacklogStep, createParseStep, keepForeign, parseText, unzip } from './decodeSteps.ts'
import { createClientAddress } from './enrich/clientAddress.ts'
import type { Backlog } from './createBacklog.ts'
import { toIngestWork, type Arrival, type IngestStep } from './ingestWork.ts'
import { createOriginCheck } from './origins.ts'
import { createRateLimit, type RateLimitRule } from './rateLimit.ts'
import type { ErasedSessions } from './identity/createErasedSessions.ts'
import { createDropStep } from './identity/dropStep.ts'
import { createVerifyStep, type VerifyOptions } from './identity/verifyStep.ts'
import { redactStep } from './redactStep.ts'
import { createAnswerStep, createAppendStep, takeStep, type AnswerOptions, type AppendOptions, type ProjectionProgress } from './recordSteps.ts'
import type { SessionReader } from './sessionStore.ts'
import type { Site } from './site.ts'

/** How often one address, and one site, may send. Absent: as often as it likes. */
export interface RateLimits {
  address?: RateLimitRule
  site?: RateLimitRule
}

export interface IngestOptions extends AppendOptions, AnswerOptions {
  sites: readonly Site[]
  trustedProxies: readonly string[]
  rateLimits: RateLimits
  projection: ProjectionProgress
  sessions: SessionReader
  /** What decides on identity tokens. */
  tokens: VerifyOptions
  /** Sessions of which nothing is kept any more. */
  erased: Pick<ErasedSessions, 'has'>
  /** Bounds what is on its way into the log. */
  backlog: Backlog
  /** Milliseconds that never go back, for rates. */
  monotonicNow(): number
}

/** The way of a batch into the log. Its body was read within bounds before. */
const createSteps = (options: IngestOptions): IngestStep[] => {
  const { sites, trustedProxies, rateLimits, projection, sessions, tokens, erased, backlog, monotonicNow, toAssigned, patience } = options
  const { address, site } = rateLimits
  return [
    createAddressStep(createClientAddress(trustedProxies)),
    ...(address ? [createAddressLimitStep(createRateLimit(address, monotonicNow))] : []),
    unzip,
    createBacklogStep(backlog),
    checkText,
    parseText,
    createParseStep(),
    keepForeign,
    createSiteStep(new Map(sites.map(entry => [entry.id, entry]))),
    createOriginStep(createOriginCheck(sites)),
    ...(site ? [createSiteLimitStep(createRateLimit(site, monotonicNow))] : []),
    redactStep,
    createVerifyStep(tokens),
    createDropStep(erased),
    takeStep,
    createAppendStep(options),
    createAnswerStep(projection, sessions, { toAssigned, patience }),
  ]
}

/**
 * Creates what `POST /v1/events` does.
 *
 * @returns a function that resolves when the batch is durable, and throws a `ProblemError` for one that is refused
 */
export const createIngest = (options: IngestOptions) => {
  const steps = createSteps(options)
  const { backlog } = options
  return async (arrival: Arrival): Promise<{ site: string; result: BatchResult }> => {
    const work = toIngestWork(arrival)
    try {
      for (const step of steps) {
        const done = step(work)
        // Most steps are synchronous, and a turn of the event loop for each would cost more than they do.
        if (done) await done
      }
      return { site: work.site!.id, result: work.result! }
    } finally {
      backlog.leave(work.held ?? 0)
    }
  }
}

export type Ingest = ReturnType<typeof createIngest>
