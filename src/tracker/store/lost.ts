import type { Batch, Event, LossReason } from '../../model/index.ts'

/** By session id: how many of its events the page has given up, by reason. */
export type Lost = NonNullable<Batch['lost']>

/** Sessions of which losses are told, the newest ones. */
const longest = 20

/** Counts events that are given up, on top of what was lost before. */
export const addLost =
  (events: readonly Event[], reason: LossReason) =>
  (lost: Lost = {}): Lost => {
    const counts = { ...lost }
    for (const { session } of events) counts[session] = { ...counts[session], [reason]: (counts[session]?.[reason] ?? 0) + 1 }
    return Object.fromEntries(Object.entries(counts).slice(-longest))
  }
