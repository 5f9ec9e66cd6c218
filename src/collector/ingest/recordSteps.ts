import type { Batch } from '../../model/batch.ts'
import type { Event } from '../../model/event.ts'
import { limits } from '../../model/limits.ts'
import { compareStamps, type Stamp } from '../../model/stamp.ts'
import { applyAddressPolicy, type AddressPolicy } from '../enrich/addressPolicy.ts'
import type { Geolocate } from '../enrich/geolocation.ts'
import type { AppendedBatch, EventLog } from '../eventLog.ts'
import type { IngestStep, IngestWork } from './ingestWork.ts'
import { ProblemError } from '../problem.ts'

export interface AppendOptions {
  log: Pick<EventLog, 'append'>
  geolocate: Geolocate
  addressPolicy: AddressPolicy
  /** Told why the log could not be written. */
  onFailure(cause: unknown): void
}

/** Seconds after which a page may try again when the log could not be written. */
const retryAfter = 5

/** What a page is told when the log cannot be written. */
export const toUnavailable = (): ProblemError => new ProblemError('log-unavailable', { retryAfter })

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
    throw toUnavailable()
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
