import type { Batch } from '../model/batch.ts'
import type { Event } from '../model/event.ts'
import { limits } from '../model/limits.ts'
import type { PageFacts } from '../model/session.ts'
import { compareStamps, type Stamp } from '../model/stamp.ts'
import { applyAddressPolicy, type AddressPolicy } from './enrich/addressPolicy.ts'
import type { Geolocate } from './enrich/geolocation.ts'
import type { AppendedBatch, EventLog } from './eventLog.ts'
import type { IngestStep, IngestWork, TakenBatch } from './ingestWork.ts'
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

/**
 * Appends the batch to the log. The address is looked up whole, and kept as far as the policy lets it. What the batch was made of is let go
 * of before the disk is waited for: otherwise it would live just long enough to be moved in memory.
 */
export const createAppendStep = ({ log, geolocate, addressPolicy, onFailure }: AppendOptions): IngestStep => {
  const toReceived = ({ parsed, site, address, receivedAt, userAgent, proofs, bytes }: IngestWork): AppendedBatch => {
    const whereabouts = address ? geolocate(address) : undefined
    // One shape for all, which JSON leaves what is undefined out of.
    return {
      receivedAt,
      site: site!.id,
      address: applyAddressPolicy(addressPolicy, address),
      geolocation: whereabouts?.geolocation,
      ipOrganization: whereabouts?.ipOrganization,
      userAgent: userAgent?.slice(0, limits.userAgent) ?? null,
      proofs: proofs?.length ? proofs : undefined,
      batch: parsed!.batch,
      json: parsed!.isWhole ? bytes : undefined,
    }
  }
  const refuse = (cause: unknown): never => {
    onFailure(cause)
    throw new ProblemError('log-unavailable', { retryAfter })
  }

  return work => {
    if (isEmpty(work.parsed!.batch)) return undefined
    const appending = log.append(toReceived(work))
    work.parsed = work.body = work.text = undefined
    return appending.then(position => {
      work.position = position
    }, refuse)
  }
}

/** Later than every end: what opens a session ends the one before at the same instant, and the page wants to know of the new one. */
const stampOf = ({ type, at, id }: Event): Stamp => [type === 'end' ? 0 : at, id]

const newestSession = (events: readonly Event[]): string | undefined => {
  let session: string | undefined
  let newest: Stamp | undefined
  for (const event of events) {
    const stamp = stampOf(event)
    if (newest && compareStamps(stamp, newest) <= 0) continue
    newest = stamp
    session = event.session
  }
  return session
}

/** Notes what the answer follows from. */
export const takeStep: IngestStep = work => {
  const { batch, rejected, duplicates } = work.parsed!
  const { site, visitor, events, wait = 0 } = batch
  work.taken = { accepted: events.length + (work.dropped ?? 0), duplicates, rejected, site, visitor: visitor.id, session: newestSession(events), wait }
}

/** What an answer says about segments and outcomes. */
export interface AnswerOptions {
  toAssigned?: ToAssignedFacts | undefined
  /** Milliseconds that an answer may wait for what its own events lead to, now. Default 0. */
  patience?: (() => number) | undefined
}

/** Says what became of the batch; when the page asks for it, as soon as its session is known. */
export const createAnswerStep = (projection: ProjectionProgress, sessions: SessionReader, { toAssigned, patience }: AnswerOptions = {}): IngestStep => {
  const readFacts = ({ session, site, visitor }: TakenBatch, receivedAt: number): PageFacts | undefined => {
    const stored = session === undefined ? undefined : sessions.get(session, site)
    // Somebody who knows no more than a session's id learns nothing about its visitor.
    return stored?.facts.visitorId === visitor ? toPageFacts(stored, toAssigned?.(stored, receivedAt)) : undefined
  }
  const answer = (work: IngestWork): void => {
    const { accepted, duplicates, rejected } = work.taken!
    const session = readFacts(work.taken!, work.receivedAt)
    work.result = session ? { accepted, duplicates, rejected, session } : { accepted, duplicates, rejected }
  }
  return work => {
    projection.wake()
    const wait = Math.max(work.taken!.wait, patience?.() ?? 0)
    if (!wait || work.position === undefined) return answer(work)
    return projection.waitFor(work.position, wait).then(() => answer(work))
  }
}
