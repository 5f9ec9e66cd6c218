import { addFirstSeen, foldAttributes, type AttributeState, type FirstSeen } from './attributes.ts'
import { toEventName, type CustomerKey, type EndReason, type Event, type EventPage, type SessionStart } from './event.ts'
import { limits } from './limits.ts'
import { addSeen, type Seen } from './seen.ts'
import { newer, older, type Stamp, type Stamped } from './stamp.ts'

/** What is known of one tab of a session. */
export interface TabState {
  seen: Seen
  /** Latest instants at which the tab was shown and hidden, milliseconds since 1970; 0 for never. */
  shownAt: number
  hiddenAt: number
}

/**
 * A session as the reducer keeps it. Every field is the greatest, the least, the sum or the union of something over the
 * set of events, and an event's number in its tab tells whether it was counted: so neither order nor repetition matters.
 */
export interface SessionState {
  /** Version of this shape. What is stored in an older one is folded anew. */
  v: 1
  id: string
  tabs: Record<string, TabState>
  pageviews: number
  screenviews: number
  customs: number
  first: Stamped<string>
  last?: Stamped<string>
  start?: SessionStart
  entryPage?: Stamped<EventPage>
  lastPage?: Stamped<EventPage>
  lastScreen?: Stamped<string>
  attributes: AttributeState
  searchTerms: FirstSeen
  customer?: Stamped<CustomerKey>
  end?: Stamped<EndReason>
  /** Instant of the last activity: a counted event, or trusted input that an `activity` event reports. */
  activeAt: number
  /** Milliseconds idle and away, as the furthest event has counted them. */
  idle: number
  away: number
}

const openState = (event: Event): SessionState => ({
  v: 1,
  id: event.session,
  tabs: {},
  pageviews: 0,
  screenviews: 0,
  customs: 0,
  first: toStamped(event, toEventName(event)),
  attributes: [],
  searchTerms: [],
  activeAt: 0,
  idle: 0,
  away: 0,
})

const toStamped = <T>(event: Event, value: T): Stamped<T> => ({ stamp: [event.at, event.id], value })

/** Counts the event in its tab; undefined when it was counted before, or the session has too many tabs to tell. */
const foldTab = (tabs: SessionState['tabs'], event: Event): SessionState['tabs'] | undefined => {
  const known = Object.hasOwn(tabs, event.tab) ? tabs[event.tab] : undefined
  if (!known && Object.keys(tabs).length >= limits.sessionTabs) return undefined
  const seen = addSeen(known?.seen ?? [], event.seq, limits.sessionTabs)
  if (!seen) return undefined
  const visible = event.type === 'activity' ? event.visible : event.type === 'pageview' || event.type === 'screenview' || undefined
  const shownAt = Math.max(known?.shownAt ?? 0, visible === true ? event.at : 0)
  const hiddenAt = Math.max(known?.hiddenAt ?? 0, visible === false ? event.at : 0)
  return { ...tabs, [event.tab]: { seen, shownAt, hiddenAt } }
}

/** Folds what only some types carry. */
const foldByType = (state: SessionState, event: Event, stamp: Stamp): void => {
  if (event.type === 'identify') state.customer = newer(state.customer, toStamped(event, { id: event.customer.id, type: event.customer.type }))
  else if (event.type === 'end') state.end = older(state.end, toStamped(event, event.reason))
  else if (event.type === 'activity') state.activeAt = Math.max(state.activeAt, event.activeAt ?? 0)
  else {
    state[`${event.type}s`]++
    state.activeAt = Math.max(state.activeAt, event.at)
    state.last = newer(state.last, toStamped(event, toEventName(event)))
    if (event.attributes) state.attributes = foldAttributes(state.attributes, event.attributes, stamp)
    if (event.page) state.lastPage = newer(state.lastPage, toStamped(event, event.page))
    if (event.screen) state.lastScreen = newer(state.lastScreen, toStamped(event, event.screen))
    if (event.type === 'pageview' && event.page) state.entryPage = older(state.entryPage, toStamped(event, event.page))
    const terms = event.type === 'screenview' ? undefined : event.searchTerms
    for (const term of terms ?? []) state.searchTerms = addFirstSeen(state.searchTerms, term, stamp)
  }
}

/**
 * The one reducer of page and collector: adds an event to what is known of its session. Pure; time and ids arrive in the
 * event. The result depends on the set of events alone: not on their order, their repetition, or how they were batched.
 *
 * @param state undefined for a session not seen before
 * @returns `state` itself when the event was in it already
 */
export const reduceSession = (state: SessionState | undefined, event: Event): SessionState => {
  const before = state ?? openState(event)
  const tabs = foldTab(before.tabs, event)
  if (!tabs) return before
  const after = { ...before, tabs, first: older(before.first, toStamped(event, toEventName(event))) }
  after.idle = Math.max(after.idle, event.idle ?? 0)
  after.away = Math.max(after.away, event.away ?? 0)
  if (event.start && event.id === event.session) {
    after.start = event.start
    if (event.start.customer) after.customer = newer(after.customer, toStamped(event, event.start.customer))
  }
  foldByType(after, event, [event.at, event.id])
  return after
}

