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
  geolocation?: JourneyGeolocation | undefined
  ipOrganization?: string | undefined
  /** `User-Agent` header of the request. */
  userAgent: string | null
  /** What the identity tokens of its events have proven; absent for nothing. */
  proofs?: IdentityProof[] | undefined
  /** Its accepted events only, without tokens. */
  batch: Batch
}

/** A batch as it is handed to the log. */
export interface AppendedBatch extends ReceivedBatch {
  /** The batch as JSON in UTF-8, where that is at hand: saves making it again. */
  json?: Uint8Array | undefined
}

/** An accepted batch as the log keeps it. */
export interface LoggedBatch extends ReceivedBatch {
  /** Place in the log: greater than that of every batch before it. */
  position: number
}

/** Batches that were looked at to be changed. */
export interface Edited {
  /** Position of the last one. */
  position: number
  /** How many have become something else, or were removed. */
  changed: number
}

/**
 * The record of everything that was accepted, in the order of arrival, but for what was erased since. It is the truth; Sessions are
 * made from it and can be made again. A port: `createMemoryEventLog`, `createSqliteEventLog`.
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
  /** The batch at a position; undefined when there is none, or none any more. */
  at(position: number): LoggedBatch | undefined
  /** Position of the newest batch that was ever appended; 0 when there was none. */
  last(): number
  /** Resolves when everything is kept, or refused, whose `append` was called before. */
  settled(): Promise<void>
  /**
   * Changes batches that are kept, a few at a time: what a page said is nobody's for ever.
   *
   * @param change what a batch becomes: itself to leave it, undefined to remove it
   * @returns undefined when there is no batch after the position
   */
  edit(after: number, limit: number, change: (batch: LoggedBatch) => LoggedBatch | undefined): Edited | undefined
  /** Leaves nothing in files of what was changed or removed. @returns false when somebody is in the way: to be tried again */
  scrub(): boolean
  close(): void
}
