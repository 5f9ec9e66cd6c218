import type { Batch } from '../../model/batch.ts'
import type { Event } from '../../model/event.ts'
import type { LoggedBatch } from '../eventLog.ts'
import { customersOf } from './customersOf.ts'
import type { Person } from './person.ts'

/** What is to be left out of batches. */
export interface Erased {
  person: Person
  /** Position of the last batch of which it is known whose sessions it belongs to. */
  until: number
  /** True for sessions that are erased. */
  isErased(site: string, session: string): boolean
  /** True for browsers of which all is erased: also what they told of sessions that never came, or are somebody else's. */
  isTheirs(site: string, visitor: string): boolean
}

/** What is left of a batch of which nothing is left: its place in the log. */
const toEmpty = ({ position, receivedAt, site, batch: { sentAt, library } }: LoggedBatch): LoggedBatch => ({
  position,
  receivedAt,
  site,
  address: null,
  userAgent: null,
  batch: { v: 1, site, sentAt, visitor: { id: '' }, library, context: {}, events: [] },
})

/** True for an event that names the person, also where it was made part of no session, because the session was somebody else's. */
const names = (event: Event, { by, id, type }: Person): boolean =>
  by === 'customer' && customersOf(event).some(customer => customer.id === id && (type === undefined || customer.type === type))

const toLost = (batch: Batch, isErased: (session: string) => boolean): Batch['lost'] => {
  const kept = Object.entries(batch.lost ?? {}).filter(([session]) => !isErased(session))
  return kept.length ? Object.fromEntries(kept) : undefined
}

/**
 * A batch without what is to be erased.
 *
 * @returns the batch itself when nothing of it is
 */
export const toErasedBatch = (logged: LoggedBatch, { person, isErased, isTheirs, until }: Erased): LoggedBatch => {
  const { site, position, batch, proofs } = logged
  if (person.site !== undefined && person.site !== site) return logged
  const isGone = (session: string): boolean => isErased(site, session)
  const isBefore = position <= until
  if (isBefore && isTheirs(site, batch.visitor.id)) return toEmpty(logged)
  const isNaming = (event: Event): boolean => isBefore && names(event, person)
  const events = batch.events.filter(event => !isGone(event.session) && !isNaming(event))
  const lost = toLost(batch, isGone)
  const isSame = events.length === batch.events.length && Object.keys(lost ?? {}).length === Object.keys(batch.lost ?? {}).length
  if (isSame) return logged
  if (!events.length && !lost) return toEmpty(logged)
  const { lost: _lost, ...others } = batch
  const { proofs: _proofs, ...head } = logged
  const kept = proofs?.filter(proof => events.some(({ id }) => id === proof.event))
  return { ...head, ...(kept?.length && { proofs: kept }), batch: { ...others, events, ...(lost && { lost }) } }
}
