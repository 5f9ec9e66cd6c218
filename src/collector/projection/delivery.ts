import { countSeen } from '../../model/seen.ts'
import type { Losses, StoredSession } from '../sessionStore.ts'

/** How completely the events of a session have come. */
export interface Delivery {
  received: number
  /** Numbers that are missing before the highest of each tab: events under way, or lost. Those that the page has given up are among them. */
  missing: number
  /** Events that came again. */
  duplicates: number
  /** Events that the page has given up, by reason. */
  lost?: Losses
}

/** Sums up what came of a session's events. */
export const toDelivery = ({ state, duplicates, lost }: Pick<StoredSession, 'state' | 'duplicates' | 'lost'>): Delivery => {
  let [received, missing] = [0, 0]
  for (const tab of Object.values(state.tabs)) {
    const counts = countSeen(tab.seen)
    received += counts.received
    missing += counts.missing
  }
  return { received, missing, duplicates, ...(lost && { lost }) }
}
