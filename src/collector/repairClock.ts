import type { Event } from '../model/event.ts'
import type { StoredEvent } from './sessionStore.ts'

/** What is known of the clock of a page when a batch of it arrives. All in milliseconds. */
export interface ClockReading {
  /** The collector's clock at the arrival, and the page's at the sending. */
  receivedAt: number
  sentAt: number
  /** The browser sent it some time after `sentAt`. */
  deferred?: boolean | undefined
  /** Skew of the session so far. Default 0. */
  known?: number | undefined
}

/** A batch can be under way so long; a longer difference is a clock that is behind. */
const longestTransit = 30_000

/** Clocks that agree may differ by so much. A batch that arrives earlier than that before it was sent comes from a clock ahead. */
const tolerance = 1000

/**
 * Tells clock skew from transit time.
 *
 * ```text
 *   receivedAt - sentAt:      -1 s        0          30 s
 *   without a known skew   ahead |  transit, no repair  | behind
 *   with a known skew k    k - 30 s ... k ... k + 30 s: k again, so that the events of a session keep their order
 * ```
 *
 * @returns milliseconds to add to the page's clock
 */
export const toSkew = ({ receivedAt, sentAt, deferred = false, known = 0 }: ClockReading): number => {
  const offset = receivedAt - sentAt
  if (known !== 0 && Math.abs(offset - known) <= longestTransit) return known
  const isTransit = offset >= -tolerance && offset <= longestTransit
  const told = isTransit ? 0 : offset
  // How long the browser has kept a deferred batch is not known: only one that comes too early says something.
  return deferred && offset >= known ? known : told
}

/**
 * Moves an event from the page's clock to the collector's. Nothing happens later than its arrival; what the page's clock said is
 * kept where that differs.
 *
 * @param skew milliseconds to add to the page's clock
 */
export const repairEvent = (event: Event, skew: number, receivedAt: number): StoredEvent => {
  const repair = (instant: number): number => Math.max(0, Math.min(instant + skew, receivedAt))
  const at = repair(event.at)
  return {
    ...event,
    at,
    ...(event.type === 'activity' && event.activeAt !== undefined && { activeAt: repair(event.activeAt) }),
    receivedAt,
    ...(at !== event.at && { clientAt: event.at }),
  }
}
