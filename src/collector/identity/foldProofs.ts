import type { CustomerKey, Event } from '../../model/event.ts'
import type { FoldOptions } from '../projection/foldBatch.ts'
import type { StoredSession } from '../sessionStore.ts'
import { toDigest } from './toDigest.ts'

const isSame = (a: CustomerKey, b: CustomerKey): boolean => a.id === b.id && a.type === b.type

const compareCustomers = (a: CustomerKey, b: CustomerKey): number => (a.id === b.id ? (a.type < b.type ? -1 : 1) : a.id < b.id ? -1 : 1)

/**
 * Adds the customers that tokens have proven in a session to those that are known. A token counts for whoever brought it first, in the
 * order of the log; again by an event that had come before it changes nothing.
 *
 * @param events of the session, all of the batch
 */
export const foldProofs = (known: readonly CustomerKey[], events: readonly Event[], { logged, writer }: Pick<FoldOptions, 'logged' | 'writer'>): readonly CustomerKey[] => {
  const { site, batch, proofs = [] } = logged
  let proven = known
  for (const { event: id, token, until, boundTo } of proofs) {
    const event = events.find(each => each.id === id)
    if (event?.type !== 'identify') continue
    const holder = toDigest(site, boundTo === 'visitor' ? batch.visitor.id : event.session)
    if (writer.claimToken({ site, token, holder, until }) !== holder) continue
    const { customer } = event
    if (!proven.some(each => isSame(each, customer))) proven = [...proven, customer].sort(compareCustomers)
  }
  return proven
}

/** True when the customer whom the session names now is one whom a token has proven in it. */
export const isAuthenticated = ({ state, proven }: Pick<StoredSession, 'state' | 'proven'>): boolean => {
  const customer = state.customer?.value
  return customer !== undefined && !!proven?.some(each => isSame(each, customer))
}
