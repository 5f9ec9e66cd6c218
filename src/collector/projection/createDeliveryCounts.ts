import type { Delivery } from './delivery.ts'
import type { DeliveryCount, SessionWriter } from '../sessionStore.ts'

type Counts = Partial<Record<DeliveryCount, number>>

const toCounts = ({ lost, ...counts }: Partial<Delivery>): Counts => ({
  ...counts,
  ...(lost && Object.fromEntries(Object.entries(lost).map(([reason, count]) => [`lost:${reason}`, count]))),
})

/** Adds up, over a transaction, by how much what is counted of each site has changed. */
export const createDeliveryCounts = () => {
  const bySite = new Map<string, Map<DeliveryCount, number>>()

  const add = (site: string, counts: Counts, sign: 1 | -1 = 1): void => {
    const sums = bySite.get(site) ?? new Map<DeliveryCount, number>()
    bySite.set(site, sums)
    for (const [name, count] of Object.entries(counts) as [DeliveryCount, number][]) sums.set(name, (sums.get(name) ?? 0) + sign * count)
  }

  return {
    add,
    /** What is known of a session was `before` and is `after`. */
    change: (site: string, before: Partial<Delivery>, after: Partial<Delivery>): void => {
      add(site, toCounts(after))
      add(site, toCounts(before), -1)
    },
    /** Writes what has changed, at the end of the transaction. */
    flush: (writer: Pick<SessionWriter, 'addCount'>): void => {
      for (const [site, sums] of bySite) for (const [name, sum] of sums) if (sum) writer.addCount(site, name, sum)
    },
  }
}

export type DeliveryCounts = ReturnType<typeof createDeliveryCounts>
