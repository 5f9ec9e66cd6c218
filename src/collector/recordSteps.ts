import type { Batch } from '../model/batch.ts'
import type { Event } from '../model/event.ts'
import { limits } from '../model/limits.ts'
import type { PageFacts } from '../model/session.ts'
import { compareStamps, type Stamp } from '../model/stamp.ts'
import { applyAddressPolicy, type AddressPolicy } from './enrich/addressPolicy.ts'
import type { Geolocate } from './enrich/geolocation.ts'
import type { EventLog } from './eventLog.ts'
import type { IngestStep } from './ingestWork.ts'
import { ProblemError } from './problem.ts'
import type { ToAssignedFacts } from './segments/createAssignedFacts.ts'
import type { SessionReader } from './sessionStore.ts'
import { toPageFacts } from './toPageFacts.ts'

/** What ingest needs to know of the projection that follows the log. */
export interface ProjectionProgress {
  /** Tells that the log has grown. */
  wake(): void
  /** Resolves with true when the projection has passed the position, with false when so many milliseconds are over before. */
  waitFor(position: number, ms: number): Promise<boolean>
}

export interface AppendOptions {
  log: EventLog
  geolocate: Geolocate
  addressPolicy: AddressPolicy
  /** Told why the log could not be written. */
  onFailure(cause: unknown): void
}

/** Seconds after which a page may try again when the log could not be written. */
const retryAfter = 5

/** True when a batch says nothing: all of its sessions were erased. */
const isEmpty = ({ events, lost }: Batch): boolean => !events.length && !lost

/** Appends the batch to the log. The address is looked up whole, and kept as far as the policy lets it. */
export const createAppendStep =
  ({ log, geolocate, addressPolicy, onFailure }: AppendOptions): IngestStep =>
  async work => {
    const { parsed, site, address, receivedAt, userAgent, proofs, text } = work
    if (isEmpty(parsed!.batch)) return
    try {
      work.position = await log.append({
        receivedAt,
        site: site!.id,
        address: applyAddressPolicy(addressPolicy, address),
        ...(address && geolocate(address)),
        userAgent: userAgent?.slice(0, limits.userAgent) ?? null,
        ...(proofs?.length && { proofs }),
        batch: parsed!.batch,
        ...(parsed!.isWhole && { text }),
      })
    } catch (cause) {
      onFailure(cause)
      throw new ProblemError('log-unavailable', { retryAfter })
    }
  }

/** Later than every end: what opens a session ends the one before at the same instant, and the page wants to know of the new one. */
const stampOf = ({ type, at, id }: Event): Stamp => [type === 'end' ? 0 : at, id]

const newestEvent = ({ events }: Batch): Event => events.reduce((newest, event) => (compareStamps(stampOf(event), stampOf(newest)) > 0 ? event : newest))

/** What an answer says about segments and outcomes. */
export interface AnswerOptions {
  toAssigned?: ToAssignedFacts | undefined
  /** Milliseconds that an answer may wait for what its own events lead to, now. Default 0. */
  patience?: (() => number) | undefined
}

/** Says what became of the batch; when the page asks for it, as soon as its session is known. */
export const createAnswerStep = (projection: ProjectionProgress, sessions: SessionReader, { toAssigned, patience }: AnswerOptions = {}): IngestStep => {
  const readFacts = ({ batch, site, receivedAt }: { batch: Batch; site: string; receivedAt: number }): PageFacts | undefined => {
    if (!batch.events.length) return undefined
    const stored = sessions.get(newestEvent(batch).session, site)
    // Somebody who knows no more than a session's id learns nothing about its visitor.
    return stored?.facts.visitorId === batch.visitor.id ? toPageFacts(stored, toAssigned?.(stored, receivedAt)) : undefined
  }
  return async work => {
    const { batch, rejected, duplicates } = work.parsed!
    projection.wake()
    const wait = Math.max(batch.wait ?? 0, patience?.() ?? 0)
    if (wait && work.position !== undefined) await projection.waitFor(work.position, wait)
    const session = readFacts({ batch, site: work.site!.id, receivedAt: work.receivedAt })
    work.result = { accepted: batch.events.length + (work.dropped ?? 0), duplicates, rejected, ...(session && { session }) }
  }
}
