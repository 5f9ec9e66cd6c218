import type { Event } from '../../model/index.ts'

/** What an outbox holds at most: events, and UTF-16 units of their JSON. */
const maxEvents = 10_000
const maxLength = 4_000_000

/** Types of events, from the one that tells least on. What opened a session tells most: without it the others say little. */
const byValue = 'activity screenview pageview custom identify end'

const toValue = ({ type, start }: Event): number => (start ? byValue.length : byValue.indexOf(type))

/**
 * What an outbox has too much of: the events that tell least, of those the oldest.
 *
 * @param events oldest first
 */
export const toSurplus = (events: readonly Event[]): Event[] => {
  let length = 0
  return [...events]
    .reverse()
    .sort((a, b) => toValue(b) - toValue(a))
    .filter((event, i) => (length += JSON.stringify(event).length) > maxLength || i >= maxEvents)
}
