import { foldAttributes, type AttributeState } from './attributes.ts'
import { isCounted, toEventName, type CustomerKey, type EndReason, type Event, type EventBase, type EventDetails, type EventPage, type SessionStart } from './event.ts'
import { limits } from './limits.ts'
import { addSeen, type Seen } from './seen.ts'
import { toSearchTerms } from './toSearchTerms.ts'
import { newest, oldest, type Stamp, type Stamped } from './stamp.ts'

/** What is known of one tab of a session. */
export interface TabState {
  seen: Seen
  /** Whether the visitor can see the tab, as the newest event that tells says. */
  visible?: Stamped<boolean> | undefined
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
  counts: Record<'pageview' | 'screenview' | 'custom', number>
  first: Stamped<string>
  last?: Stamped<string> | undefined
  start?: SessionStart | undefined
  entryPage?: Stamped<EventPage> | undefined
  lastPage?: Stamped<EventPage> | undefined
  lastScreen?: Stamped<string> | undefined
  attributes: AttributeState
  searchTerms: AttributeState
  customer?: Stamped<CustomerKey> | undefined
  end?: Stamped<EndReason> | undefined
  /** Instant of the last activity: a counted event, or trusted input that an `activity` event reports. */
  activeAt: number
  /** Milliseconds idle and away, as the furthest event has counted them. */
  idle: number
  away: number
}

/** Where the events of tabs beyond the limit are, counted alone. No tab has this name. */
const otherTabs = ''

const openState = (event: Event): SessionState => ({
  v: 1,
  id: event.session,
  tabs: {},
  counts: { pageview: 0, screenview: 0, custom: 0 },
  first: { stamp: [event.at, event.id], value: toEventName(event) },
  attributes: [],
  searchTerms: [],
  activeAt: 0,
  idle: 0,
  away: 0,
})

/**
 * The one reducer of page and collector: adds an event to what is known of its session. Pure; time and ids arrive in the
 * event. The result depends on the set of events alone: not on their order, their repetition, or how they were batched. Of a session
 * of more tabs than `limits.sessionTabs` (a page that loads itself anew all day) it tells no repetition in those beyond: whoever
 * stores sessions tells events by their ids as well.
 *
 * @param state undefined for a session not seen before
 * @returns `state` itself when the event was in it already
 */
export const reduceSession = (state: SessionState | undefined, event: Event): SessionState => {
  const before = state ?? openState(event)
  const { tabs } = before
  const { at, id, type, tab } = event
  // What an object inherits has neither of the fields that are read of it.
  const own = tabs[tab]
  const numbers = addSeen(own?.seen, event.seq)
  if (!numbers) return before
  const isKept = (own || Object.keys(tabs).length < limits.sessionTabs) && numbers.length <= 2 * limits.sessionTabs
  const place = isKept ? tab : otherTabs
  const known = tabs[place]
  const seen = isKept ? numbers : [(known?.seen[0] ?? 0) + 1]

  const stamp: Stamp = [at, id]
  const { start, page, screen, attributes, customer = start?.customer, reason, activeAt = 0, visible, idle = 0, away = 0 }: EventBase & EventDetails = event
  const counted = isCounted(event) ? event : undefined
  const isView = type.endsWith('view') || undefined
  const terms = toSearchTerms(event)
  // Every field by its name, although the state has them: engines copy an object of that many fields slowly, and read the copy slowly.
  return {
    v: before.v,
    id: before.id,
    tabs: { ...tabs, [place]: { seen, visible: newest(known?.visible, stamp, visible ?? isView) } },
    counts: counted ? { ...before.counts, [counted.type]: before.counts[counted.type] + 1 } : before.counts,
    first: oldest(before.first, stamp, toEventName(event))!,
    last: newest(before.last, stamp, counted && toEventName(event)),
    start: id === before.id ? start : before.start,
    entryPage: oldest(before.entryPage, stamp, type === 'pageview' ? page : undefined),
    lastPage: newest(before.lastPage, stamp, counted && page),
    lastScreen: newest(before.lastScreen, stamp, counted && screen),
    attributes: attributes ? foldAttributes(before.attributes, attributes, stamp) : before.attributes,
    searchTerms: terms.length ? foldAttributes(before.searchTerms, { searchTerms: terms }, stamp) : before.searchTerms,
    customer: newest(before.customer, stamp, customer),
    end: oldest(before.end, stamp, reason),
    activeAt: Math.max(before.activeAt, counted ? at : activeAt),
    idle: Math.max(before.idle, idle),
    away: Math.max(before.away, away),
  }
}
