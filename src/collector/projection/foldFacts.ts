import type { BatchContext } from '../../model/batch.ts'
import type { Event } from '../../model/event.ts'
import { compareStamps, type Stamp } from '../../model/stamp.ts'
import type { FoldOptions } from './foldBatch.ts'
import type { StoredSession } from '../sessionStore.ts'

/** The batch that the facts of a session come from. */
export interface FactsOrigin {
  /** How well its sender knows the visitor's browser. */
  nearness: number
  /** Its place among the batches of the session, by the clocks of those who sent them. */
  stamp: Stamp
}

/**
 * How well a sender knows the visitor's browser: only a page sees its window, others may have been told of a browser or a device, and
 * who says nothing may be a server, whose own address and user agent are nobody's.
 */
const toNearness = (context: BatchContext): number => (context.viewport ? 2 : Number(Object.keys(context).length > 0))

const compareOrigins = (a: FactsOrigin, b: FactsOrigin): number => a.nearness - b.nearness || compareStamps(a.stamp, b.stamp)

/**
 * The batch's facts when its sender knows the browser best, or as well and is the newest: so a server that adds an event to a page's
 * session does not pass for its browser. The short id and whatever else was found out about the session stay.
 */
export const foldFacts = (
  known: StoredSession | undefined,
  [first]: readonly Event[],
  { logged: { batch }, facts }: Pick<FoldOptions, 'logged' | 'facts'>,
): Pick<StoredSession, 'facts' | 'factsFrom'> => {
  const factsFrom: FactsOrigin = { nearness: toNearness(batch.context), stamp: [batch.sentAt, first!.id] }
  if (known?.factsFrom && compareOrigins(known.factsFrom, factsFrom) >= 0) return { facts: known.facts, factsFrom: known.factsFrom }
  const { shortId } = known?.facts ?? {}
  return { facts: shortId === undefined ? facts : { shortId, ...facts }, factsFrom }
}
