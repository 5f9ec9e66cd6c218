import type { Batch } from '../../model/batch.ts'
import type { ErasedSessions } from './createErasedSessions.ts'

/**
 * A batch without what it says of erased sessions.
 *
 * @returns the batch itself when it says nothing of them
 */
export const withoutErased = (batch: Batch, erased: Pick<ErasedSessions, 'has'>): Batch => {
  const isKept = (session: string): boolean => !erased.has(batch.site, session)
  // Of nearly all nothing is erased, and none of them needs a copy.
  if (batch.events.every(({ session }) => isKept(session)) && (!batch.lost || Object.keys(batch.lost).every(isKept))) return batch
  const { events, lost, ...others } = batch
  const losses = Object.entries(lost ?? {}).filter(([session]) => isKept(session))
  return { ...others, events: events.filter(({ session }) => isKept(session)), ...(losses.length && { lost: Object.fromEntries(losses) }) }
}
