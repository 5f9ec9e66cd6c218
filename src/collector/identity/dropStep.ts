import type { IngestStep } from '../ingest/ingestWork.ts'
import type { ErasedSessions } from './createErasedSessions.ts'
import { withoutErased } from './withoutErased.ts'

/**
 * Leaves out what a page still sends of a session that was erased. The page is told that it was accepted, and lets go of it. Synchronous,
 * and right before the log: what has passed here is in the log's queue when an erasure begins.
 */
export const createDropStep =
  (erased: Pick<ErasedSessions, 'has'>): IngestStep =>
  work => {
    const { batch } = work.parsed!
    const kept = withoutErased(batch, erased)
    if (kept === batch) return
    work.dropped = batch.events.length - kept.events.length
    const { proofs } = work
    if (proofs) work.proofs = proofs.filter(({ event }) => kept.events.some(({ id }) => id === event))
    work.parsed = { ...work.parsed!, batch: kept, isWhole: false }
  }
