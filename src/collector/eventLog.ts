import type { Batch } from '../model/batch.ts'
import type { JourneyGeolocation } from '../model/session.ts'
import type { IdentityProof } from './identity/identityProof.ts'

/** A batch on its way into the log: what the page said, and what the collector saw of the request. */
export interface ReceivedBatch {
  /** Clock of the collector, milliseconds since 1970. */
  receivedAt: number
  site: string
  /** Address of the visitor as far as the address policy lets it be kept; null when it is dropped. */
  address: string | null
  /** Found by the whole address, before the policy cut it. */
  geolocation?: JourneyGeolocation
  ipOrganization?: string
  /** `User-Agent` header of the request. */
  userAgent: string | null
  /** What the identity tokens of its events have proven; absent for nothing. */
  proofs?: IdentityProof[]
  /** Its accepted events only, without tokens. */
  batch: Batch
}

/** A batch as it is handed to the log. */
export interface AppendedBatch extends ReceivedBatch {
  /** The batch as JSON, where that is at hand: saves making it again. */
  text?: string | undefined
}

/** An accepted batch as the log keeps it. */
export interface LoggedBatch extends ReceivedBatch {
  /** Place in the log: greater than that of every batch before it. */
  position: number
}

/**
 * The record of everything that was ever accepted, in the order of arrival. It is the truth; Sessions are made from it
 * and can be made again. A port: `createMemoryEventLog`, `createSqliteEventLog`.
 */
export interface EventLog {
  /**
   * Appends one batch, whole or not at all.
   *
   * @returns its position, once it is durable: it survives the loss of power
   * @throws when it could not be made durable (disk full, database locked); nothing of it is kept then
   */
  append(received: AppendedBatch): Promise<number>
  /** Batches after a position, oldest first: at most `limit` of them, fewer where they are large, none only when there are none. */
  read(after: number, limit: number): LoggedBatch[]
  /** Position of the newest batch; 0 when there is none. */
  last(): number
  close(): void
}
