import { describeEvent } from './describeEvent.ts'
import type { TimelineEvent } from './liveSession.ts'

/** Milliseconds within which a page follows the one before it when a link was followed. */
const navigationMs = 5000

/** Every page is left for the next one: that goes without saying. */
const isPassage = (event: TimelineEvent, next: TimelineEvent | undefined): boolean =>
  event.type === 'activity' && event.visible === false && next?.type === 'pageview' && next.at - event.at <= navigationMs

/**
 * The events that a timeline shows, newest first.
 *
 * @param events oldest first
 * @param showsMinor also what the visitor did not do on the page itself
 */
export const toTimelineEvents = (events: TimelineEvent[], showsMinor: boolean): TimelineEvent[] =>
  events.filter((event, place) => !isPassage(event, events[place + 1]) && (showsMinor || !describeEvent(event).minor)).reverse()
