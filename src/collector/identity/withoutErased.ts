import type { Batch } from '../../model/batch.ts'
import type { ErasedSessions } from './createErasedSessions.ts'

/**
 * A batch without what it says of erased sessions.
 *
 * @returns the batch itself when it says nothing of them
 */
export const withoutErased = (batch: Batch, erased: Pick<ErasedSessions, 'has'>): Batch => {
  const { site, events, lost, ...others } = batch
  const kept = events.filter(({ session }) => !erased.has(site, session))
  const losses = Object.entries(lost ?? {})
  const keptLosses = losses.filter(([session]) => !erased.has(site, session))
  if (kept.length === events.length && keptLosses.length === losses.length) return batch
  return { site, ...others, events: kept, ...(keptLosses.length && { lost: Object.fromEntries(keptLosses) }) }
}
