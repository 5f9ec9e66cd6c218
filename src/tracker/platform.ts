import type { BatchContext, BatchResult, Event, EventPage } from '../model/index.ts'
import type { ConsentAnswer } from './consent.ts'
import type { TrackerRecord } from './store/record.ts'

/** What a change of the record does in one transaction, and the events that enter the outbox with it. */
export type Change = [message: TabMessage & { record: TrackerRecord }, events?: readonly Event[]]

/** Where the tracker keeps its record and its outbox. One origin and site share one. */
export interface Storage {
  /**
   * Changes the record, and the outbox with it, in one transaction that no other tab can interleave. The callback is
   * synchronous; it may be called again when the transaction has to be repeated.
   */
  update(change: (record: TrackerRecord | undefined) => Change): Promise<void>
  /** The oldest events of the outbox, of all tabs. */
  pending(limit: number): Promise<Event[]>
  /** Events of the record's session, sent or not, as they were stored together: the first lists that end after an id. */
  kept(after: string, limit: number): Promise<Event[][]>
  /** Forgets everything, once what is under way has ended. It may be used again: it is empty then. */
  erase(): void
}

/** What became of a request. `status` 0 means that no answer came. */
export interface Reply {
  status: number
  result?: BatchResult | undefined
  /** Seconds, from the `Retry-After` header; a number or a date there; NaN for none. */
  retryAfter?: number
  /** Address that was asked, and what it said, where there is no `result`. */
  cause?: string[]
}

/** An encoded batch, compressed or not. */
export type Body = string | ArrayBuffer

/** The way to the collector. */
export interface Transport {
  /** Compresses an encoded batch, where that pays. */
  pack(text: string): Promise<Body>
  /**
   * Sends one batch. Never rejects.
   *
   * @param isLast the page goes: the request is under way when this returns, and outlives the page
   */
  send(body: Body, isLast?: boolean): Promise<Reply>
  /** Has the browser send this batch if the page dies, instead of the one given before; none calls it off. Absent where browsers cannot. */
  later?: ((body?: string) => void) | undefined
  /** Bytes that last requests can still take; all requests of a leaving page share 64 KiB. */
  room(): number
}

/** The platform below the tracker: everything that is not pure. */
export interface Platform extends Transport {
  /** Resolves when all that happens is told. What is done before holds up the page's parser. */
  started: Promise<unknown>
  /** Wall clock, milliseconds since 1970. */
  now(): number
  /**
   * UUID version 7 of an instant; of two made in this page the later one is greater.
   *
   * @param isSecret who knows others of the page is not to guess it
   */
  newId(at: number, isSecret?: boolean): string
  /** Address of the page in full, before anything is removed from it. */
  address(): string
  /** What the document says about itself now. */
  page(): EventPage
  /** True when a visitor can see the page. */
  isVisible(): boolean
  /** Address that led to the document; empty for none. */
  referrer(): string
  context(): BatchContext
  /** The browser says, for all sites, that the visitor does not want to be tracked (Global Privacy Control). */
  hasPrivacyControl(): boolean
  /** Absent where nothing is to be kept: the tracker then works in memory. */
  storage?: Storage | undefined
  spill?: Spill | undefined
  /** Erases what the tracker keeps in the browser, in whatever place. */
  erase(): void
  /** Runs a task while no other tab of the site runs one; false when another does. */
  exclusively(task: () => Promise<void>): Promise<boolean>
  /** One alarm, which calls back after some milliseconds; set again, it calls back at the earlier of the times, or at the new one instead, or never: `Infinity`. */
  createAlarm(callback: () => unknown): (milliseconds: number, isInstead?: boolean) => void
  /** 0 up to, but not including, 1. */
  random(): number
  /** Tells the other tabs of the site. */
  tell(message: TabMessage): void
  /** Ends all listening and waiting. */
  stop(): void
  isStopped(): boolean
}

/** A navigation within the document, as the Navigation API's `currententrychange` has it. */
export interface Navigation {
  /** `replace` where it took the place of the address before; others do not matter. */
  navigationType?: string | null
}

/** What happens on the platform that the tracker has not caused. */
export interface PlatformEvents {
  /** Trusted input of the visitor, told about once in a second. */
  onInput(): void
  /** The page can be seen now, or no more. It may have come back from the back/forward cache. */
  onVisible(isShown: boolean, isRestored: boolean): void
  /** The page is hidden, or is about to be gone: this may be the last code that runs. */
  onLeave(isGone: boolean): void
  /** A navigation within the document. */
  onNavigation(navigation: Navigation): void
  /** There is no Navigation API: the page's calls of the History API are to be followed. */
  follow(): void
  /** There are no Web Locks: a task is to be run unless another tab has a lease; at once where nothing is kept in the browser, so that what waits is the document's own. @returns whether it ran */
  lease(name: string, task: () => Promise<boolean>): Promise<boolean>
  /** The browser believes that it has a network again. */
  onOnline(): void
  /** Another tab of the site tells something. */
  onTold(message: TabMessage): void
  /** Another page has left something behind, and not taken it back. */
  onLeft(): unknown
}

/** What tabs tell each other. */
export interface TabMessage {
  /** As a transaction has left it. */
  record?: TrackerRecord
  /** Ids of events that the collector has: they leave the outbox. */
  acknowledged?: readonly string[]
  /** The visitor's answer, given in one tab for all. */
  consent?: ConsentAnswer
  /** Instant of the visitor's latest input. */
  inputAt?: number
  /** Milliseconds that the collector wants nothing to be sent. */
  pause?: number
}

/** What a page left that had to go before its transaction ended. */
export interface Leaving {
  record: TrackerRecord
  /** Events that are in no outbox yet. */
  events: readonly Event[]
}

/** The synchronous storage for what IndexedDB has no time for as the page goes. */
export interface Spill {
  write(leaving: Leaving): void
  /** What pages have left; nothing the next time, until `refresh` says that there is more. */
  read(): Leaving[]
  /** Another page has left something: who comes next reads it. After a sleep that may be what woke the page, and no timer. */
  refresh(): void
  /** The record as the page that left last knew it. */
  record(): TrackerRecord | undefined
  /** Forgets what was written or read: it is in the outbox now. */
  forget(): void
  /** Forgets what any tab has left. */
  erase(): void
}
