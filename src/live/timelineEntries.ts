import { startOf, type Conversation } from './conversation.ts'
import type { Detail } from './detail.ts'
import type { TimelineEvent } from './liveSession.ts'
import { toTimelineEvents } from './timelineEvents.ts'

/** What a timeline shows at one place: an event with the one before it, or a call or chat. */
export type TimelineEntry = { key: string; at: number } & ({ event: TimelineEvent; previous: TimelineEvent | undefined } | { conversation: Conversation })

/**
 * What a timeline shows, newest first.
 *
 * @param showsMinor also what the visitor did not do on the page itself
 */
export const toTimelineEntries = ({ events, conversations }: Pick<Detail, 'events' | 'conversations'>, showsMinor: boolean): TimelineEntry[] => {
  const shown = toTimelineEvents(events, showsMinor)
  const entries: TimelineEntry[] = [
    ...conversations.map(conversation => ({ key: `conversation ${conversation.id}`, at: startOf(conversation), conversation })),
    ...shown.map((event, place) => ({ key: event.id, at: event.at, event, previous: shown[place + 1] })),
  ]
  return entries.sort((a, b) => b.at - a.at)
}
