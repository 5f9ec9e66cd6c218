import { createCriteriaEngine } from '../../model/criteriaEngine.ts'
import type { Definitions } from '../../model/definition.ts'
import type { SessionFacts } from '../../model/session.ts'
import { createCampaignCounts } from '../campaigns/campaignCounts.ts'
import { createDeliveryCounts } from './createDeliveryCounts.ts'
import { createSessionCache } from './createSessionCache.ts'
import type { ToArrivalFacts } from '../enrich/toArrivalFacts.ts'
import type { EventLog, LoggedBatch } from '../eventLog.ts'
import { foldBatch, type FoldCounts } from './foldBatch.ts'
import type { SessionKey, SessionReader, SessionStore, SessionWriter, SiteBound } from '../sessionStore.ts'
import type { ErasedSessions } from '../identity/createErasedSessions.ts'
import { pruneLosses, removeSessions } from '../identity/removeSessions.ts'
import { withoutErased } from '../identity/withoutErased.ts'
import type { Site } from '../site.ts'

/** Works out what a batch says about its session beside the events; see `enrich/toFacts.ts`. */
export type ToFacts = (logged: LoggedBatch, site: Site) => SessionFacts

/**
 * Which Sessions these are. The version goes up with every change of what is made of the log: of the reducer, the repair of
 * clocks, the facts, the referrers, the short ids, the counts, the
 * segments, the proofs of identity, the phone numbers, the campaigns, the touches. Sessions of another version are made anew.
 */
export const sessionsProjection = { name: 'sessions', version: 13 } as const

/** What a chunk of the log has led to. */
export interface Progress extends FoldCounts {
  /** How far in the log the Sessions are now. */
  position: number
  /** The sessions that are different from before. */
  changed: SessionKey[]
}

export interface ProjectionOptions {
  log: EventLog
  sessions: SessionStore
  sites: readonly Site[]
  toFacts: ToFacts
  /** Works out where a session came from. Default: only its own pages are told from others. */
  toArrivalFacts?: ToArrivalFacts
  /** Segments and outcomes that are assigned. Default none. */
  definitions?: Definitions
  /** Says of which sessions nothing is to be kept any more, whatever comes. Default: none. */
  erased?: Pick<ErasedSessions, 'has'>
  /** Told after each chunk, once it is kept. */
  onChange?: (progress: Progress) => void
  /** Batches that are folded in one transaction, at most. Default 500. */
  chunk?: number
}

/** Follows the event log and keeps the Sessions. */
export interface Projection {
  /**
   * Folds the next chunk of the log, in one transaction: it is kept whole, or not at all and may be tried again.
   *
   * @returns how many batches it had; 0 when the log has no more
   */
  run(): number
  /** How far in the log the Sessions are. */
  position(): number
  /**
   * Removes sessions, in one transaction, as if nothing had ever come of them. What the log has of them is for the caller to remove.
   *
   * @param visitors of whom nothing is left
   * @returns how many of them were there
   */
  remove(sessions: readonly SessionKey[], visitors?: readonly { site: string; visitor: string }[]): number
  /** Removes what is kept of tokens that prove nothing more, and of sessions that never came what is too old. */
  prune(bounds: readonly SiteBound[]): void
  /** Changes the segments and outcomes: from the next chunk on, for every session that something happens in. */
  define(definitions: Definitions): void
}

const nothingErased: Pick<ErasedSessions, 'has'> = { has: () => false }

const noDefinitions: Definitions = { segments: [], outcomes: [] }

/** Long enough to be worth a commit, short enough for who waits for the end of it. */
const usualChunk = 500

/** True when the store holds Sessions that this version did not make. */
export const isStale = (sessions: Pick<SessionReader, 'mark'>): boolean => {
  const mark = sessions.mark()
  return mark !== undefined && (mark.name !== sessionsProjection.name || mark.version !== sessionsProjection.version)
}

/**
 * Finds how far in the log the Sessions are; 0 where they are to be made anew.
 *
 * @throws when they are further than the log: what is appended to it would take the place of what they were made from, and never be folded
 */
export const readPosition = (log: Pick<EventLog, 'last'>, sessions: Pick<SessionReader, 'mark'>): number => {
  const position = isStale(sessions) ? 0 : (sessions.mark()?.position ?? 0)
  if (position > log.last()) {
    throw new Error(
      `The Sessions were made from a longer event log (${position} batches, now ${log.last()}). Put the log back that belongs to them, or run \`sojourn rebuild\` to make them from this one.`,
    )
  }
  return position
}

/**
 * Creates the projection: the log is the truth, Sessions follow from it. When the store holds Sessions of another version it is
 * emptied, and `run` makes them anew.
 *
 * @throws when the store is further than the log
 */
export const createProjection = (options: ProjectionOptions): Projection => {
  const { log, sessions, sites, toFacts, toArrivalFacts, definitions = noDefinitions, erased = nothingErased, onChange, chunk = usualChunk } = options
  const bySite = new Map(sites.map(site => [site.id, site]))
  const cache = createSessionCache()
  let engine = createCriteriaEngine(definitions)
  if (isStale(sessions)) sessions.clear()
  let position = readPosition(log, sessions)
  // By the clock of the newest batch: while Sessions are made anew, it is behind.
  let foldedAt = 0

  const fold = (batches: readonly LoggedBatch[], writer: SessionWriter): FoldCounts => {
    const counts = { folded: 0, duplicates: 0, foreign: 0 }
    const deliveries = createDeliveryCounts()
    const campaigns = createCampaignCounts()
    const cached = cache.wrap(writer)
    for (const whole of batches) {
      const batch = withoutErased(whole.batch, erased)
      const logged = batch === whole.batch ? whole : { ...whole, batch }
      // Of what was erased the place in the log is left.
      if (!logged.batch.events.length && !logged.batch.lost) continue
      // A site may have been configured when its events came, and not any more.
      const site = bySite.get(logged.site) ?? { id: logged.site, origins: [] }
      const { folded, duplicates, foreign } = foldBatch({ logged, site, facts: toFacts(logged, site), toArrivalFacts, writer: cached, deliveries, campaigns, engine })
      counts.folded += folded
      counts.duplicates += duplicates
      counts.foreign += foreign
    }
    cache.flush(writer)
    deliveries.flush(writer)
    campaigns.flush(writer)
    return counts
  }

  const write = <T>(next: number, work: (writer: SessionWriter) => T): T => {
    const results: T[] = []
    try {
      sessions.transaction({ ...sessionsProjection, position: next }, writer => void results.push(work(writer)))
    } catch (cause) {
      cache.forget()
      throw cause
    }
    return results[0]!
  }

  return {
    run: () => {
      const batches = log.read(position, chunk)
      const last = batches.at(-1)
      if (!last) return 0
      const counts = write(last.position, writer => fold(batches, writer))
      foldedAt = last.receivedAt
      const changed = cache.settle()
      position = last.position
      onChange?.({ position, changed, ...counts })
      return batches.length
    },
    position: () => position,
    remove: (keys, visitors = []) => {
      const removed = write(position, writer => removeSessions(writer, keys, visitors))
      cache.forget()
      if (keys.length) onChange?.({ position, changed: [...keys], folded: 0, duplicates: 0, foreign: 0 })
      return removed
    },
    prune: bounds =>
      write(position, writer => {
        writer.pruneTokens(foldedAt)
        pruneLosses(writer, bounds)
      }),
    define: next => {
      engine = createCriteriaEngine(next)
    },
  }
}
