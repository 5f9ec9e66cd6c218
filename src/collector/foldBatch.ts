import type { LossReason } from '../model/batch.ts'
import type { Event } from '../model/event.ts'
import { reduceSession, type SessionState } from '../model/reduceSession.ts'
import type { SessionFacts } from '../model/session.ts'
import { compareStamps, type Stamp } from '../model/stamp.ts'
import type { LoggedBatch } from './eventLog.ts'
import { repairEvent, toSkew } from './repairClock.ts'
import type { SessionWriter, StoredSession } from './sessionStore.ts'
import { holdShortId } from './shortIds.ts'
import type { Site } from './site.ts'

/** What became of events. */
export interface FoldCounts {
  /** Made part of a Session. */
  folded: number
  /** Known already. */
  duplicates: number
  /** Of a session that another visitor opened. Nothing is made of them. */
  foreign: number
}

/** A batch, what it says beside its events, and where it goes. */
export interface FoldOptions {
  logged: LoggedBatch
  site: Site
  facts: SessionFacts
  writer: SessionWriter
}

/** Counts that differ from the known ones only upwards: they are totals, and may come in any order. */
const toLost = (known: StoredSession['lost'], told: StoredSession['lost']): StoredSession['lost'] => {
  if (!told) return known
  const entries = Object.entries(told) as [LossReason, number][]
  const grown = entries.filter(([reason, total]) => total > (known?.[reason] ?? 0))
  return grown.length ? { ...known, ...Object.fromEntries(grown) } : known
}

const groupBySession = (events: readonly Event[]): Map<string, Event[]> => {
  const groups = new Map<string, Event[]>()
  for (const event of events) {
    const group = groups.get(event.session)
    if (group) group.push(event)
    else groups.set(event.session, [event])
  }
  return groups
}

/** The batch's facts when it is the newest of the session; its short id and whatever else was found out about the session stay. */
const toFactsOf = (known: StoredSession | undefined, { logged: { batch }, facts }: FoldOptions): Pick<StoredSession, 'facts' | 'factsFrom'> => {
  const factsFrom: Stamp = [batch.sentAt, batch.events[0]!.id]
  if (known?.factsFrom && compareStamps(known.factsFrom, factsFrom) >= 0) return { facts: known.facts, factsFrom: known.factsFrom }
  const { shortId, authenticated } = known?.facts ?? {}
  return { facts: { ...facts, ...(shortId !== undefined && { shortId }), ...(authenticated !== undefined && { authenticated }) }, factsFrom }
}

const foldSession = (known: StoredSession | undefined, events: readonly Event[], fold: FoldOptions): { session: StoredSession; duplicates: number } => {
  const { logged, site, writer } = fold
  const { receivedAt, batch } = logged
  const id = events[0]!.session
  const skew = toSkew({ receivedAt, sentAt: batch.sentAt, deferred: batch.deferred, known: known?.skew })
  let state: SessionState | undefined = known?.state
  let duplicates = 0
  for (const event of events) {
    const repaired = repairEvent(event, skew, receivedAt)
    if (writer.addEvent(site.id, repaired)) state = reduceSession(state, repaired)
    else duplicates++
  }
  if (!state) throw new Error(`the session ${id} has events and no state`)
  const lost = toLost(known?.lost, batch.lost?.[id])
  const session: StoredSession = {
    site: site.id,
    state,
    ...toFactsOf(known, fold),
    ...(known?.heldUntil !== undefined && { heldUntil: known.heldUntil }),
    ...(skew && { skew }),
    duplicates: (known?.duplicates ?? 0) + duplicates,
    ...(lost && { lost }),
  }
  return { session: holdShortId(session, { site, receivedAt, writer }), duplicates }
}

/** Losses that a page reports of its sessions that have no event in this batch. */
const saveLost = ({ logged: { site, batch }, writer }: FoldOptions, sessions: ReadonlyMap<string, unknown>): void => {
  for (const [id, told] of Object.entries(batch.lost ?? {})) {
    const known = sessions.has(id) ? undefined : writer.load(site, id)
    const lost = toLost(known?.lost, told)
    if (known && lost && lost !== known.lost && known.facts.visitorId === batch.visitor.id) writer.save({ ...known, lost })
  }
}

/**
 * Adds a batch to the Sessions: events that are known already change nothing, the clock of the page is repaired, and a session
 * belongs to the visitor who opened it. What it does follows from the log alone.
 */
export const foldBatch = (options: FoldOptions): FoldCounts => {
  const { logged, site, writer } = options
  const { events, visitor, lost } = logged.batch
  const counts: FoldCounts = { folded: 0, duplicates: 0, foreign: 0 }
  const groups = groupBySession(events)
  for (const [id, group] of groups) {
    const known = writer.load(site.id, id)
    if (known && known.facts.visitorId !== visitor.id) {
      counts.foreign += group.length
      continue
    }
    const { session, duplicates } = foldSession(known, group, options)
    writer.save(session)
    counts.duplicates += duplicates
    counts.folded += group.length - duplicates
  }
  if (lost) saveLost(options, groups)
  return counts
}
