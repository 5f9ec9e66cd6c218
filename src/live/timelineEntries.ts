import { startOf, type Conversation } from './conversation.ts'
import type { Detail } from './detail.ts'
import type { TimelineEvent } from './liveSession.ts'
import { toMilestones, type Milestone } from './milestones.ts'
import { toTimelineEvents } from './timelineEvents.ts'

/** What a timeline shows at one place: an event with the one before it, a call or chat, or what the session has come to. */
export type TimelineEntry = { key: string; at: number } & (
  | { event: TimelineEvent; previous: TimelineEvent | undefined }
  | { conversation: Conversation }
  | { milestone: Milestone }
)

/**
 * What a timeline shows, newest first.
 *
 * @param showsMinor also what the visitor did not do on the page itself
 */
export const toTimelineEntries = ({ session, events, conversations }: Pick<Detail, 'session' | 'events' | 'conversations'>, showsMinor: boolean): TimelineEntry[] => {
  const shown = toTimelineEvents(events, showsMinor)
  // What is made of an event comes after it: of one instant the first stands highest.
  const entries: TimelineEntry[] = [
    ...conversations.map(conversation => ({ key: `conversation ${conversation.id}`, at: startOf(conversation), conversation })),
    ...(session ? toMilestones(session) : []).map(milestone => ({ key: milestone.key, at: milestone.at, milestone })).reverse(),
    ...shown.map((event, place) => ({ key: event.id, at: event.at, event, previous: shown[place + 1] })),
  ]
  return entries.sort((a, b) => b.at - a.at)
}
