import { limits } from '../../model/limits.ts'
import { createOriginStep, createSiteLimitStep, createSiteStep } from './authoriseSteps.ts'
import { createBacklog } from './createBacklog.ts'
import { checkText, createBacklogStep, createParseStep, keepForeign, parseText, unzip } from './decodeSteps.ts'
import type { EventLog } from '../eventLog.ts'
import { createErasedSessions } from '../identity/createErasedSessions.ts'
import { createTokenVerifier } from '../identity/createTokenVerifier.ts'
import { createDropStep } from '../identity/dropStep.ts'
import { createVerifyStep } from '../identity/verifyStep.ts'
import { toIngestWork, type IngestStep } from './ingestWork.ts'
import { createOriginCheck } from '../settings/origins.ts'
import { createRateLimit, type RateLimitRule } from '../rateLimit.ts'
import type { Recorder, RecorderEvents } from './recorder.ts'
import { createAppendStep, takeStep, type AppendOptions } from './recordSteps.ts'
import { redactStep } from './redactStep.ts'
import type { Site } from '../site.ts'

export interface RecorderOptions extends RecorderEvents, Omit<AppendOptions, 'onFailure'> {
  log: EventLog
  sites: readonly Site[]
  /** How often one site may send. Absent: as often as it likes. */
  siteLimit?: RateLimitRule | undefined
  /** Bytes of bodies, decompressed, on their way into the log. Default 64 MiB. */
  maxBacklog?: number | undefined
  /** Milliseconds since 1970, and milliseconds that never go back. */
  clock: { now(): number; monotonicNow(): number }
}

/** A small body may become a large one by decompression: with what is made of them, some hundred megabytes of memory. */
const usualBacklog = 64 * limits.batchBytes

/** Creates a recorder that works in the thread of its caller. */
export const createRecorder = ({ sites, siteLimit, maxBacklog = usualBacklog, clock, onVerdict, ...options }: RecorderOptions): Recorder => {
  const backlog = createBacklog(maxBacklog)
  const erased = createErasedSessions()
  const steps: IngestStep[] = [
    unzip,
    createBacklogStep(backlog),
    checkText,
    parseText,
    createParseStep(),
    keepForeign,
    createSiteStep(new Map(sites.map(site => [site.id, site]))),
    createOriginStep(createOriginCheck(sites)),
    ...(siteLimit ? [createSiteLimitStep(createRateLimit(siteLimit, clock.monotonicNow))] : []),
    redactStep,
    createVerifyStep({ verify: createTokenVerifier(sites, clock.now), onVerdict }),
    createDropStep(erased),
    takeStep,
    createAppendStep(options),
  ]

  return {
    record: async arrival => {
      const work = toIngestWork(arrival)
      try {
        for (const step of steps) {
          const done = step(work)
          // Most steps are synchronous, and a turn of the event loop for each would cost more than they do.
          if (done) await done
        }
        return { ...work.taken!, position: work.position }
      } finally {
        backlog.leave(work.held ?? 0)
      }
    },
    forget: erased.add,
    settled: options.log.settled,
  }
}
