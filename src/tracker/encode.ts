import type { Batch, Event } from '../model/index.ts'

/** What a batch says beside its events. */
export type Envelope = Omit<Batch, 'events'>

/** Encodes a batch. Its events come last, so that `fitEvents` can count on a fixed head. */
export const encode = (envelope: Envelope, events: readonly Event[]): string => JSON.stringify({ ...envelope, events })

/** As many of the events, from the first one on, as fit into a batch; at least one. */
export const fitEvents = (events: readonly Event[], maxBytes: number, maxEvents?: number): Event[] => {
  let bytes = 0
  return events.slice(0, maxEvents).filter((event, index) => {
    // UTF-16 units stand for bytes: encoding every event to count exactly costs more than a batch that is a little large.
    bytes += JSON.stringify(event).length
    return !index || bytes <= maxBytes
  })
}
