import type { EventLog } from '../eventLog.ts'
import type { Projection } from '../projection/projection.ts'
import type { SessionStore } from '../sessionStore.ts'
import { isBrowser, type Belongings, type Person } from './person.ts'
import { toErasedBatch } from './toErasedBatch.ts'

/** What is to be erased, once and for all. */
export interface EraseOrder extends Belongings {
  /** Names the order. */
  id: string
  person: Person
  /** Where the log ended when it was found out what belongs to the person. Who is named again after that begins anew. */
  until: number
}

/** How far a long piece of work is; in batches of the log, and then sessions. */
export interface StepProgress {
  done: number
  total: number
}

/** What was erased. */
export interface EraseCounts {
  sessions: number
  /** Batches of the log that were changed. */
  batches: number
}

export interface EraseOptions {
  log: Pick<EventLog, 'edit' | 'last' | 'scrub'>
  sessions: Pick<SessionStore, 'list' | 'deliveries' | 'scrub'>
  projection: Pick<Projection, 'remove' | 'position'>
  order: EraseOrder
}

/** Short enough for what else the thread has to do. */
const chunks = { batches: 100, sessions: 20 } as const

/** Tries to have the files for oneself; each waits for some seconds itself. */
const mostTries = 60

function* scrub({ scrub: work }: { scrub(): boolean }, progress: StepProgress): Generator<StepProgress, void> {
  for (let tries = 0; !work(); tries++) {
    if (tries === mostTries) throw new Error('what was erased cannot be removed from the files: somebody else is reading them all the time')
    yield progress
  }
}

/** The browser that a person is, wherever anything was counted: also where nothing of it has become a session. */
const browsersOf = (person: Person, { deliveries }: Pick<SessionStore, 'deliveries'>): Belongings['visitors'] =>
  isBrowser(person) ? deliveries().flatMap(({ site }) => ((person.site ?? site) === site ? { site, visitor: person.id } : [])) : []

/**
 * Erases a person: from the log, so that nothing of them can be made again, then from the Sessions, then from the pages of the files that
 * are not in use any more. After each step others may do something; when it is broken off anywhere, it may be begun again.
 */
export function* eraseInSteps({ log, sessions, projection, order }: EraseOptions): Generator<StepProgress, EraseCounts> {
  const { person, until } = order
  const visitors = [...order.visitors, ...browsersOf(person, sessions)]
  const browsers = new Set(visitors.map(({ site, visitor }) => `${site}/${visitor}`))
  const isTheirs = (site: string, visitor: string): boolean => browsers.has(`${site}/${visitor}`)
  const keys = new Set(order.sessions.map(({ site, id }) => `${site}/${id}`))
  const isErased = (site: string, session: string): boolean => keys.has(`${site}/${session}`)
  const counts: EraseCounts = { sessions: 0, batches: 0 }
  const total = (): number => log.last() + order.sessions.length

  let position = 0
  for (;;) {
    const edited = log.edit(position, chunks.batches, batch => toErasedBatch(batch, { person, isErased, isTheirs, until }))
    if (!edited) break
    position = edited.position
    counts.batches += edited.changed
    yield { done: position, total: total() }
  }
  for (let i = 0; i < order.sessions.length; i += chunks.sessions) {
    counts.sessions += projection.remove(order.sessions.slice(i, i + chunks.sessions))
    yield { done: position + i, total: total() }
  }
  const gone = visitors.filter(({ site, visitor }) => !sessions.list({ site, visitorId: visitor }, 0, { limit: 1 }).entities.length)
  projection.remove([], gone)
  const progress = { done: total(), total: total() }
  yield* scrub(log, progress)
  if (order.sessions.length || counts.batches) yield* scrub(sessions, progress)
  return counts
}
