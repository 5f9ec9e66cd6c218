import type { Event } from '../../model/event.ts'
import type { StoredEvent } from '../sessionStore.ts'

/** The clock of a session's pages, as far as batches have told. All in milliseconds. */
export interface PageClock {
  /** To be added to what it says. */
  skew: number
  /** The latest instant at which it has sent. */
  sentAt: number
  /** Offset of a batch that came late, by which the clock may have been set back. The next batch will tell. */
  doubt?: number
}

/** What a batch tells of the clock of its page. */
export interface ClockReading {
  /** The collector's clock at the arrival, and the page's at the sending. */
  receivedAt: number
  sentAt: number
  /** The browser sent it some time after `sentAt`. */
  deferred?: boolean | undefined
  /** What was known before; undefined for a session of which no batch has told anything. */
  known?: PageClock | undefined
}

/** A batch can be under way so long; a longer difference is a clock that is behind. */
const longestTransit = 30_000

/** A request can be held up so long, by a network that comes and goes. One that looks older is from a clock that was set back. */
const longestStall = 300_000

/** Clocks that agree may differ by so much. A batch that arrives earlier than that before it was sent comes from a clock ahead. */
const tolerance = 1000

const isTransit = (offset: number): boolean => offset >= -tolerance && offset <= longestTransit

/** The skew that an offset tells when nothing else is known. */
const toSkew = (offset: number): number => (isTransit(offset) ? 0 : offset)

/** A batch that took longer than the others: held up on its way, or from a clock that was set back. */
const readLate = (offset: number, sentAt: number, known: PageClock): PageClock => {
  const { skew, doubt } = known
  const isConfirmed = doubt !== undefined && Math.abs(offset - doubt) <= longestTransit
  const wentBack = sentAt < known.sentAt && offset - skew > longestStall
  if (isConfirmed) return { skew: Math.min(offset, doubt), sentAt }
  if (wentBack || isTransit(offset)) return { skew: toSkew(offset), sentAt }
  return { skew, sentAt: Math.max(sentAt, known.sentAt), doubt: offset }
}

/**
 * Tells clock skew from transit time. `receivedAt - sentAt` is the sum of both, and no transit is negative: so every batch of a
 * clock says how large its skew can be at most, and the least of these is nearest to it.
 *
 * ```text
 *   receivedAt - sentAt:          -1 s        0          30 s
 *   nothing known          ahead   |  transit, no repair   |  behind
 *   a known skew k    set forward  k - 30 s ... k ... k + 30 s  late
 *                                  the lesser    k
 *   late:  set right, when the two clocks now agree;
 *          set back, when the page sent after something that is later by its clock, or when the next batch is as late;
 *          else a long way: k
 * ```
 *
 * @returns undefined for a batch that tells nothing: one that the browser has kept for an unknown time
 */
export const readClock = ({ receivedAt, sentAt, deferred = false, known }: ClockReading): PageClock | undefined => {
  const offset = receivedAt - sentAt
  if (deferred && offset >= (known?.skew ?? -tolerance)) return known
  if (!known) return { skew: toSkew(offset), sentAt }
  const { skew } = known
  const isSame = Math.abs(offset - skew) <= longestTransit
  // A clock that was found right is not moved by what clocks that agree may differ.
  if (isSame) return { skew: skew === 0 ? Math.min(0, toSkew(offset)) : Math.min(skew, offset), sentAt: Math.max(sentAt, known.sentAt) }
  return offset > skew ? readLate(offset, sentAt, known) : { skew: toSkew(offset), sentAt }
}

/** What the clock of a batch's page was, and is. */
export interface ClockChange {
  sentAt: number
  /** By the batches before; undefined when there were none. */
  before: PageClock | undefined
  now: PageClock | undefined
}

/** The last event before the clock was set forward: the one before the longest pause, when that is long enough; -1 when there is none. */
const findSetForward = (instants: readonly number[], { before, now, sentAt }: ClockChange): number => {
  const jump = before && now ? before.skew - now.skew : 0
  if (jump <= longestTransit) return -1
  const pauses = instants.map((at, i) => (instants[i + 1] ?? sentAt) - at)
  const longest = Math.max(...pauses)
  return longest >= jump - longestTransit && longest >= instants[0]! - before!.sentAt ? pauses.lastIndexOf(longest) : -1
}

/**
 * Finds the skew of each event of a batch: a clock may have been set between two of them. Where it was set back, instants go back
 * while numbers go up. Where it was set forward, there is a pause as long as what it was set by.
 *
 * @param instants of the events of one tab, by the page's clock, in the order of their numbers
 */
export const toSkews = (instants: readonly number[], change: ClockChange): number[] => {
  const { before, now, sentAt } = change
  const setForward = findSetForward(instants, change)
  let skew = now?.skew ?? 0
  let next = { raw: sentAt, at: sentAt + skew }
  const skews: number[] = []
  for (let i = instants.length - 1; i >= 0; i--) {
    const raw = instants[i]!
    // With what was known before, if that fits; else as late as it can have been.
    if (raw > next.raw + tolerance) skew = before && raw + before.skew <= next.at + tolerance ? before.skew : next.at - raw
    else if (i === setForward) skew = before!.skew
    skews[i] = skew
    next = { raw, at: Math.min(next.at, raw + skew) }
  }
  return skews
}

/** How an event is moved to the collector's clock. */
export interface Repair {
  /** Milliseconds to add to the page's clock. */
  skew: number
  receivedAt: number
  /** The instants between which it happened, by other events of its tab. Default: any. */
  bounds?: readonly [earliest: number, latest: number]
}

/**
 * Moves an event from the page's clock to the collector's. Nothing happens later than its arrival, nor before what came before it
 * in its tab; what the page's clock said is kept where that differs.
 */
export const repairEvent = (event: Event, { skew, receivedAt, bounds: [earliest, latest] = [0, Infinity] }: Repair): StoredEvent => {
  const at = Math.max(0, Math.min(Math.max(event.at + skew, earliest), latest, receivedAt))
  // What is new comes first: V8 gives a copy to which something is added a shape of its own, and whatever reads it is slow from then on.
  const repaired: StoredEvent = at === event.at ? { receivedAt, ...event } : { receivedAt, clientAt: event.at, ...event, at }
  if (repaired.type === 'activity' && repaired.activeAt !== undefined) repaired.activeAt = Math.max(0, Math.min(repaired.activeAt + skew, at))
  return repaired
}
