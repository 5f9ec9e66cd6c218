import type { EventLog, LoggedBatch } from '../eventLog.ts'
import type { Projection } from '../projection/projection.ts'
import type { SessionStore, StoredSession } from '../sessionStore.ts'

/** What was removed. */
export interface RetainCounts {
  sessions: number
  batches: number
}

export interface RetainOptions {
  log: Pick<EventLog, 'edit'>
  sessions: Pick<SessionStore, 'list' | 'deliveries'>
  projection: Pick<Projection, 'remove' | 'prune'>
  /** Days that Sessions of a site are kept; undefined for ever. */
  daysOf(site: string): number | undefined
  /** Milliseconds since 1970. */
  now: number
  /** Where to begin in the log, by days: what is before is to stay, as the last time has shown. Is moved on. */
  marks: Map<number, number>
}

const dayLength = 86_400_000

/** Short enough for what else the thread has to do. */
const chunks = { sessions: 20, batches: 100, left: 100 } as const

const createdAtOf = ({ state }: StoredSession): number => state.first.stamp[0]

/** Sites by how long their Sessions are kept. */
const groupByDays = ({ sessions, daysOf }: RetainOptions): Map<number, string[]> => {
  const groups = new Map<number, string[]>()
  for (const { site } of sessions.deliveries()) {
    const days = daysOf(site)
    if (days !== undefined) groups.set(days, [...(groups.get(days) ?? []), site])
  }
  return groups
}

/** Of those that are not over yet, the log is kept, too. @returns when the oldest of them was opened, or the instant itself */
const findOldest = (site: string, before: number, { sessions, now }: Pick<RetainOptions, 'sessions' | 'now'>): number => {
  let oldest = before
  let after: string | undefined
  do {
    const page = sessions.list({ site, to: before }, now, { limit: chunks.left, ...(after !== undefined && { after }) })
    oldest = Math.min(oldest, ...page.entities.map(createdAtOf))
    after = page.next
  } while (after !== undefined)
  return oldest
}

/** Removes sessions of a site that were opened before an instant and are over. @returns the instant from which on everything is kept */
function* removeSessions(site: string, before: number, options: RetainOptions & { counts: RetainCounts }): Generator<RetainCounts, number> {
  const { sessions, projection, now, counts } = options
  for (;;) {
    const { entities } = sessions.list({ site, status: 'ended', to: before }, now, { limit: chunks.sessions })
    if (!entities.length) break
    counts.sessions += projection.remove(entities.map(({ state }) => ({ site, id: state.id })))
    yield counts
  }
  return findOldest(site, before, options)
}

/** Removes batches that came before the instants of their sites. Events happen before they come: no session that is kept has any there. */
function* removeBatches(days: number, bounds: ReadonlyMap<string, number>, options: RetainOptions & { counts: RetainCounts }): Generator<RetainCounts, void> {
  const { log, marks, counts, now } = options
  const latest = Math.max(...bounds.values())
  let isOver = false
  let isKept = false
  const change = (batch: LoggedBatch): LoggedBatch | undefined => {
    // What came while the collector's clock was ahead says nothing of what came after it.
    isOver ||= batch.receivedAt >= latest && batch.receivedAt <= now
    const bound = bounds.get(batch.site)
    const isOld = bound !== undefined && batch.receivedAt < bound
    isKept ||= bound !== undefined && !isOld
    if (!isKept) marks.set(days, batch.position)
    return isOld ? undefined : batch
  }
  let position = marks.get(days) ?? 0
  while (!isOver) {
    const edited = log.edit(position, chunks.batches, change)
    if (!edited) return
    position = edited.position
    counts.batches += edited.changed
    yield counts
  }
}

/** Removes what is older than the sites want to keep it: Sessions by when they were opened, and what the log has of them. */
export function* retainInSteps(options: RetainOptions): Generator<RetainCounts, RetainCounts> {
  const { projection, now } = options
  const counts: RetainCounts = { sessions: 0, batches: 0 }
  const given = { ...options, counts }
  const groups = groupByDays(options)
  projection.prune([...groups].flatMap(([days, sites]) => sites.map(site => ({ site, before: now - days * dayLength }))))
  for (const [days, sites] of groups) {
    const bounds = new Map<string, number>()
    for (const site of sites) bounds.set(site, yield* removeSessions(site, now - days * dayLength, given))
    yield* removeBatches(days, bounds, given)
  }
  return counts
}
