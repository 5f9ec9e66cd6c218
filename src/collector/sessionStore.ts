import type { LossReason } from '../model/batch.ts'
import type { Assignments, Progress } from '../model/criteriaEngine.ts'
import type { CustomerKey, Event } from '../model/event.ts'
import type { SessionState } from '../model/reduceSession.ts'
import type { SessionFacts, SessionStatus } from '../model/session.ts'
import type { CampaignDay, CampaignName, CampaignReader } from './campaigns/campaignCounts.ts'
import type { FactsOrigin } from './projection/foldFacts.ts'
import type { PageClock } from './projection/repairClock.ts'
import type { TabOrder } from './projection/tabOrder.ts'

/** A Session as the projection keeps it; `toSession(state, facts, { now, rules: site })` shows it. */
export interface StoredSession {
  site: string
  state: SessionState
  facts: SessionFacts
  /** The batch that `facts` come from: the same one's are kept, in whatever order batches come. */
  factsFrom?: FactsOrigin
  /** Until when the session holds its short id, by the collector's clock, milliseconds since 1970. */
  heldUntil?: number
  /** The clock of its pages; absent while no batch has told anything. */
  clock?: PageClock
  /** By tab: when its events happened, as far as it bounds those that are still to come. */
  order?: Record<string, TabOrder>
  /** Events that arrived again after they had been folded. */
  duplicates: number
  /** Events its page has given up, by reason: totals. */
  lost?: Losses
  /** Customers whom identity tokens have proven in it, in the order of their ids; absent for none. */
  proven?: readonly CustomerKey[]
  /** Phone numbers that its page has told of the customer, E.164, in order; absent for none. */
  phones?: readonly string[]
  /** How far its events are on the way to segments and outcomes. */
  progress?: Progress
  /** Its segments and outcomes by the definitions at its last event; absent for none. */
  assigned?: Assignments
}

/** Whose lasting segments are asked for: what one of the two ids names. */
export interface Person {
  site: string
  visitorId?: string | undefined
  /** As the page named the customer; never the visitor id. */
  customerId?: string | undefined
  /** Only segments that last longer than that instant, milliseconds since 1970. */
  after: number
}

/** Whose touches are asked for. */
export interface TouchQuery {
  site: string
  visitorId: string
  /** Only sessions that began then or before, milliseconds since 1970. */
  until: number
}

/** Events that a page has given up, by reason. */
export type Losses = Partial<Record<LossReason, number>>

/** Events that a page has given up, of a session of which nothing has come yet, and perhaps never will. */
export interface OrphanLosses {
  site: string
  session: string
  /** Who says so. It counts for the session if it is theirs. */
  visitor: string
  lost: Losses
  /** When that was told last, by the collector's clock, milliseconds since 1970. */
  at: number
}

/** What is too old to be kept of a site. */
export interface SiteBound {
  site: string
  /** Milliseconds since 1970. */
  before: number
}

/** What is counted of the events of a site: see `SiteDelivery`. */
export type DeliveryCount = 'received' | 'missing' | 'duplicates' | 'foreign' | `lost:${LossReason}`

/** How completely the events of a site have come, all sessions together: what its sessions say, and what belongs to none of them. */
export interface SiteDelivery {
  site: string
  counts: Partial<Record<DeliveryCount, number>>
}

/** An event as it was folded into its Session. */
export type StoredEvent = Event & {
  /** Clock of the collector, milliseconds since 1970. */
  receivedAt: number
  /** What the page's clock said, where `at` was repaired. */
  clientAt?: number
  /** What its sender said in another vendor's words beside what an event has, as JSON: given back to clients of that vendor. */
  foreign?: string
}

/** Names a session. */
export interface SessionKey {
  site: string
  id: string
}

/** A customer, as pages name them; absent fields do not restrict. */
export interface CustomerQuery {
  id: string
  type?: string | undefined
  site?: string | undefined
}

/** Which Sessions a list is about; absent fields do not restrict. */
export interface SessionFilter {
  site?: string
  /** `live` is everything but `ended`. */
  status?: SessionStatus | 'live'
  shortId?: string
  customerId?: string
  visitorId?: string
  /** Bounds of the creation instant, milliseconds since 1970: from (included) and to (not included). */
  from?: number
  to?: number
}

/** A part of a list. `next` is handed to the following call, as it is; absent on the last page. */
export interface Page<T> {
  entities: T[]
  next?: string
}

/** Name and version of the code that wrote the Sessions, and how far in the log it is. */
export interface ProjectionMark {
  name: string
  version: number
  position: number
}

/** What the projection may do within one transaction. */
export interface SessionWriter {
  load(site: string, id: string): StoredSession | undefined
  save(session: StoredSession): void
  /**
   * Adds an event to a session. Those that a batch brings to a session are added one after the other.
   *
   * @param position of the batch in the log that has it
   * @returns false when the session has an event of that id already
   */
  addEvent(site: string, event: StoredEvent, position: number): boolean
  /** All events of a session, those added in this transaction with them. */
  eventsOf(site: string, session: string): StoredEvent[]
  /** The session of the site that holds the short id at an instant of the collector's clock. */
  holderOf(site: string, shortId: string, at: number): string | undefined
  /** Lets a session hold a short id. Whoever held it before holds it no longer; again for the same session: moves the instant. */
  hold(holding: Holding): void
  /** Removes a session with its events, and what is kept beside it. @returns the losses among that: those that others have told of it, too */
  remove(site: string, session: string): Losses[]
  /** Removes what is kept of a visitor beside sessions. @returns the losses among that */
  removeVisitor(site: string, visitor: string): Losses[]
  /** Removes what is kept of tokens that prove nothing more at an instant of the collector's clock. */
  pruneTokens(at: number): void
  /** Removes losses of sessions that are not there, told before an instant. @returns them */
  pruneLosses(bound: SiteBound): Losses[]
  /** Takes an identity token for a holder, if nobody else has taken it before. @returns who has it */
  claimToken(claim: TokenClaim): string
  /** Losses of a session that is not there, as they were kept, and are no more kept from now on. */
  takeLosses(site: string, session: string, visitor: string): Losses | undefined
  /** Keeps losses of a session that is not there. */
  keepLosses(losses: OrphanLosses): void
  /** Adds to what is counted of a site; a negative number takes away. */
  addCount(site: string, count: DeliveryCount, difference: number): void
  /** Adds to what a campaign has led to on a day; negative numbers take away. */
  addCampaign(of: CampaignName, difference: CampaignDay): void
}

/** A session has a short id for itself, for some time. */
export interface Holding {
  site: string
  shortId: string
  session: string
  /** Instant of the collector's clock, milliseconds since 1970, from which the short id is free again. */
  until: number
}

/** An identity token belongs to whoever has brought it first. */
export interface TokenClaim {
  site: string
  /** Names the token; see `IdentityProof`. */
  token: string
  /** Stands for a session or a visitor. */
  holder: string
  /** From when on nobody needs to know any more, milliseconds since 1970: it proves nothing then. */
  until: number
}

/** Writing side of the store, used by the one projection. */
export interface SessionStore extends SessionReader {
  /**
   * All writes of `work` and the mark are kept together, or none is.
   *
   * @throws what `work` throws; and when somebody else has written to the store in the meantime
   */
  transaction(mark: ProjectionMark, work: (writer: SessionWriter) => void): void
  /** Forgets everything, to be filled anew from the log. */
  clear(): void
  /** Leaves nothing in files of what was changed or removed. Takes a while. @returns false when somebody is in the way: to be tried again */
  scrub(): boolean
}

/** Reading side of the store, used by queries. A port with the writing side: `createMemorySessionStore`, `createSqliteSessionStore`. */
export interface SessionReader extends CampaignReader {
  /** Of which projection these are, and how far in the log. Undefined in an empty store. */
  mark(): ProjectionMark | undefined
  get(id: string, site?: string): StoredSession | undefined
  /**
   * Sessions, newest first.
   *
   * @param now milliseconds since 1970; decides what `status` means
   * @param after `next` of the page before
   * @throws ProblemError `invalid-query` when `after` is nothing that `next` said
   */
  list(filter: SessionFilter, now: number, page: { limit: number; after?: string }): Page<StoredSession>
  /** Sessions with an event that names the customer, the newest one or not. */
  naming(customer: CustomerQuery): SessionKey[]
  /** Events of a session, oldest first; but for those that were erased from the log. */
  events(site: string, session: string, page: { limit: number; after?: string }): Page<StoredEvent>
  /** Every site that something has come of. Follows from the log like the Sessions: a restart changes nothing, a rebuild counts again. */
  deliveries(): SiteDelivery[]
  /** Sessions of a person with segments that outlast them, those first that last longest; a hundred of them at most. */
  lasting(person: Person): StoredSession[]
  /** The first and the last session of a visitor that something outside has opened; see `toTouch`. */
  touched(query: TouchQuery): { first?: StoredSession; last?: StoredSession }
  close(): void
}
