import type { LossReason } from '../../model/batch.ts'
import type { CriteriaEngine } from '../../model/criteriaEngine.ts'
import type { Event } from '../../model/event.ts'
import type { CampaignCounts } from '../campaigns/campaignCounts.ts'
import type { DeliveryCounts } from './createDeliveryCounts.ts'
import { toDelivery } from './delivery.ts'
import type { ToArrivalFacts } from '../enrich/toArrivalFacts.ts'
import type { LoggedBatch } from '../eventLog.ts'
import { foldEvents } from './foldEvents.ts'
import { foldFacts } from './foldFacts.ts'
import { foldProofs, isAuthenticated } from '../identity/foldProofs.ts'
import { phonesOf } from '../identity/phonesOf.ts'
import type { SessionFacts } from '../../model/session.ts'
import { assessSession } from '../segments/assessSession.ts'
import type { Losses, SessionWriter, StoredSession } from '../sessionStore.ts'
import { holdShortId } from './shortIds.ts'
import type { Site } from '../site.ts'

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
  /** Says where a session came from. Default: only its own pages are told from others. */
  toArrivalFacts?: ToArrivalFacts | undefined
  writer: SessionWriter
  /** Decides on segments and outcomes. */
  engine: CriteriaEngine
  /** What is counted of the site's events, all sessions together. */
  deliveries: Pick<DeliveryCounts, 'add' | 'change'>
  /** What campaigns have led to. */
  campaigns: Pick<CampaignCounts, 'change'>
}

/** Counts that differ from the known ones only upwards: they are totals, and may come in any order. */
const toLost = (known: Losses | undefined, told: Losses | undefined): Losses | undefined => {
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

/** Of too many the first in order stay, in whatever order they come. */
const mostPhones = 10

const foldPhones = (known: readonly string[], added: readonly Event[]): readonly string[] => {
  const told = added.flatMap(phonesOf)
  return told.length ? [...new Set([...known, ...told])].sort().slice(0, mostPhones) : known
}

/** Adds events to their session. What its page told of its losses before it came is its own from now on. */
const foldSession = (known: StoredSession | undefined, events: readonly Event[], fold: FoldOptions): number => {
  const { logged, site, writer, engine, deliveries } = fold
  const { receivedAt, batch } = logged
  const id = events[0]!.session
  const knownLost = known ? known.lost : writer.takeLosses(site.id, id, batch.visitor.id)
  const lost = toLost(knownLost, batch.lost?.[id])
  const { added, ...folded } = foldEvents(known, events, fold)
  // Where the session came from is worked out anew: an event that came late may be the first.
  const { facts: { referrer: _referrer, mktCampaign: _mktCampaign, authenticated: _authenticated, ...facts }, factsFrom } = foldFacts(known, events, fold)
  const proven = foldProofs(known?.proven ?? [], events, fold)
  const phones = foldPhones(known?.phones ?? [], added)
  const duplicates = events.length - added.length
  const session: StoredSession = {
    site: site.id,
    ...folded,
    facts: { ...facts, ...fold.toArrivalFacts?.(folded.state, site), ...(isAuthenticated({ state: folded.state, proven }) && { authenticated: true }) },
    ...(factsFrom && { factsFrom }),
    ...(known?.heldUntil !== undefined && { heldUntil: known.heldUntil }),
    duplicates: (known?.duplicates ?? 0) + duplicates,
    ...(lost && { lost }),
    ...(proven.length && { proven }),
    ...(phones.length && { phones }),
    ...(known?.progress && { progress: known.progress }),
  }
  deliveries.change(site.id, known ? toDelivery(known) : { ...(knownLost && { lost: knownLost }) }, toDelivery(session))
  const assessed = assessSession(session, { engine, writer, added, isNew: !known })
  fold.campaigns.change(known, assessed)
  writer.save(holdShortId(assessed, { site, receivedAt, writer }))
  return duplicates
}

/** Losses that a page reports of its sessions that have no event in this batch: also of those of which none has come yet. */
const saveLost = ({ logged: { site, receivedAt, batch }, writer, deliveries }: FoldOptions, sessions: ReadonlyMap<string, unknown>): void => {
  const visitor = batch.visitor.id
  for (const [id, told] of Object.entries(batch.lost ?? {})) {
    if (sessions.has(id)) continue
    const session = writer.load(site, id)
    if (session && session.facts.visitorId !== visitor) continue
    const known = session ? session.lost : writer.takeLosses(site, id, visitor)
    const lost = toLost(known, told)
    if (!lost) continue
    if (!session) writer.keepLosses({ site, session: id, visitor, lost, at: receivedAt })
    else if (lost !== known) writer.save({ ...session, lost })
    deliveries.change(site, { ...(known && { lost: known }) }, { lost })
  }
}

/**
 * Adds a batch to the Sessions: events that are known already change nothing, the clock of the page is repaired, and a session
 * belongs to the visitor who opened it. What it does follows from the log alone.
 */
export const foldBatch = (options: FoldOptions): FoldCounts => {
  const { logged, site, writer, deliveries } = options
  const { events, visitor, lost } = logged.batch
  const counts: FoldCounts = { folded: 0, duplicates: 0, foreign: 0 }
  const groups = groupBySession(events)
  for (const [id, group] of groups) {
    const known = writer.load(site.id, id)
    if (known && known.facts.visitorId !== visitor.id) {
      counts.foreign += group.length
      continue
    }
    const duplicates = foldSession(known, group, options)
    counts.duplicates += duplicates
    counts.folded += group.length - duplicates
  }
  if (counts.foreign) deliveries.add(site.id, { foreign: counts.foreign })
  if (lost) saveLost(options, groups)
  return counts
}
