import { createCampaignCounts } from '../campaigns/campaignCounts.ts'
import { createDeliveryCounts } from '../projection/createDeliveryCounts.ts'
import { toDelivery } from '../projection/delivery.ts'
import type { SessionKey, SessionWriter, SiteBound } from '../sessionStore.ts'

/** Removes what was told of sessions that never came, before an instant for each site, and takes it out of the sums. */
export const pruneLosses = (writer: SessionWriter, bounds: readonly SiteBound[]): void => {
  const deliveries = createDeliveryCounts()
  for (const bound of bounds) for (const lost of writer.pruneLosses(bound)) deliveries.change(bound.site, { lost }, {})
  deliveries.flush(writer)
}

/**
 * Removes sessions, and takes what was counted of them out of the sums.
 *
 * @param visitors of whom nothing is left
 * @returns how many sessions were there
 */
export const removeSessions = (writer: SessionWriter, keys: readonly SessionKey[], visitors: readonly { site: string; visitor: string }[]): number => {
  const deliveries = createDeliveryCounts()
  const campaigns = createCampaignCounts()
  let removed = 0
  for (const { site, id } of keys) {
    const session = writer.load(site, id)
    if (session) {
      removed++
      deliveries.change(site, toDelivery(session), {})
      campaigns.change(session, undefined)
    }
    for (const lost of writer.remove(site, id)) deliveries.change(site, { lost }, {})
  }
  for (const { site, visitor } of visitors) for (const lost of writer.removeVisitor(site, visitor)) deliveries.change(site, { lost }, {})
  deliveries.flush(writer)
  campaigns.flush(writer)
  return removed
}
