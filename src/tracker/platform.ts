import type { BatchContext, BatchResult, Event, EventPage } from '../model/index.ts'
import type { TrackerRecord } from './record.ts'

/** What a change of the record does in the same transaction. */
export interface Change {
  /** The record as it is to be from now on. */
  record: TrackerRecord
  /** Events that enter the outbox. */
  events?: readonly Event[]
  /** Ids of events that leave it. */
  acknowledged?: readonly string[] | undefined
}

/** Where the tracker keeps its record and its outbox. One origin and site share one. */
export interface Storage {
  /**
   * Changes the record, and the outbox with it, in one transaction that no other tab can interleave. The callback is
   * synchronous; it may be called again when the transaction has to be repeated.
   */
  update(change: (record: TrackerRecord | undefined) => Change): Promise<void>
  /** The oldest events of the outbox, of all tabs. */
  pending(limit: number): Promise<Event[]>
}

/** What became of a request. `status` 0 means that no answer came. */
export interface Reply {
  status: number
  result?: BatchResult | undefined
  /** Seconds, from the `Retry-After` header; a number or a date there; NaN for none. */
  retryAfter?: number
}

/** The way to the collector. */
export interface Transport {
  /**
   * Sends one encoded batch. Never rejects.
   *
   * @param isLast the page goes: the request is under way when this returns, and outlives the page
   */
  send(body: string, isLast?: boolean): Promise<Reply>
  /** Bytes that last requests can still take; all requests of a leaving page share 64 KiB. */
  room(): number
}

/** The platform below the tracker: everything that is not pure. */
export interface Platform {
  /** Wall clock, milliseconds since 1970. */
  now(): number
  /** UUID version 7 of an instant; of two made in this page the later one is greater. */
  newId(at: number): string
  /** Address of the page in full, before anything is removed from it. */
  address(): string
  /** What the document says about itself now. */
  page(): EventPage
  /** Address that led to the document; empty for none. */
  referrer(): string
  context(): BatchContext
  /** Undefined where nothing is to be kept: the tracker then works in memory. */
  storage: Storage | undefined
  transport: Transport
  /** Runs a task while no other tab of the site runs one; false when another does. */
  exclusively(task: () => Promise<void>): Promise<boolean>
  spill: Spill | undefined
  /** Calls back after some milliseconds; returns the way to call it off. */
  after(milliseconds: number, callback: () => void): () => void
  /** 0 up to, but not including, 1. */
  random(): number
  /** Tells the other tabs of the site. */
  tell(message: TabMessage): void
  onTold(callback: (message: TabMessage) => void): () => void
}

/** What tabs tell each other. */
export interface TabMessage {
  /** As a transaction has left it. */
  record?: TrackerRecord
  /** Ids of events that the collector has. */
  acknowledged?: readonly string[] | undefined
  /** Instant of the visitor's latest input. */
  inputAt?: number
}

/** What a page left that had to go before its transaction ended. */
export interface Leaving {
  record: TrackerRecord
  /** Events that are in no outbox yet. */
  events: readonly Event[]
}

/** The synchronous storage for what IndexedDB has no time for as the page goes. */
export interface Spill {
  write(tab: string, leaving: Leaving): void
  /** What this and other tabs have left. */
  read(): Leaving[]
  /** Forgets what was written or read: it is in the outbox now. */
  forget(): void
}
