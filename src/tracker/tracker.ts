import type { EventAttributes, EventPage, Scalar, Session } from '../model/index.ts'
import type { ConsentAnswer } from './consent.ts'
import type { TrackerEvents } from './emitter.ts'
import type { JourneyContext } from './journeyContext.ts'

/** Attributes as a page passes them; dates become ISO 8601 texts, null and undefined are left out. */
export type Attributes = Record<string, EventAttributes[string] | Date | null | undefined>

/** Who the visitor is, beside the id. */
export interface Identity {
  /** Kind of the id, e.g. `crm`, `email`. Default `customer`. */
  type?: string
  /** Facts about the customer, e.g. `{ email: 'x@example.com' }`. They are sent to the collector and kept nowhere in the page. */
  traits?: Record<string, Scalar>
  /** Identity token (JWT) of the site, which the collector verifies. */
  token?: string
}

/** A running tracker. No method throws; what goes wrong is told to `on('error')`. */
export interface Tracker {
  /** Counts a view of the current page, or of the one described. */
  pageview(page?: Partial<EventPage>, attributes?: Attributes): void
  /** Counts a view of an app's screen. */
  screenview(screen: string, attributes?: Attributes): void
  /** Counts an event that the site names with letters, digits, `_` and `-`. */
  track(eventName: string, attributes?: Attributes): void
  /** Says who the visitor is, until `reset()`. */
  identify(id: string, identity?: Identity): void
  /** The session as known now; undefined before the first event, and while consent is missing. */
  session(): Promise<Session | undefined>
  /** The session's short id; resolves when the collector has given one. */
  shortId(): Promise<string>
  /** Listens; returns the way to stop. */
  on<K extends keyof TrackerEvents>(name: K, handler: (detail: TrackerEvents[K]) => void): () => void
  /**
   * What a chat or call widget is handed, so that the conversation is linked to the visit: who, and in which session; undefined
   * before the first event, and while consent is missing.
   */
  journeyContext(): Promise<JourneyContext | undefined>
  /**
   * The address, with visitor and session added to it when it leads to one of `linkDomains`; any other as it is, and all of them
   * before the session is known. Links, forms and `window.open` need no call: this is for addresses that code goes to.
   */
  decorate(address: string): string
  /** Sends what is waiting now; resolves when that was tried. */
  flush(): Promise<void>
  /** Ends the session and forgets the customer: for a logout. The next event opens a new session. */
  reset(): void
  /** Stops listening and sending. What waits stays in the outbox for the next page. */
  stop(): void
  /**
   * The visitor's answer, for sites that ask; it holds in all tabs. `denied` erases what the browser keeps of the visitor, and
   * nothing more is sent; `granted` after it starts anew.
   */
  consent(answer: ConsentAnswer): void
}
