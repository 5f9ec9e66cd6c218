import type { Activity, Event } from '../model/event.ts'

/** An event in words. */
export interface EventWords {
  title: string
  /** True for what the visitor did not do on the page itself. */
  minor: boolean
}

const describeActivity = ({ state, visible }: Activity): string => {
  if (visible === false) return 'Left the tab'
  if (visible === true) return 'Came to the tab'
  if (state === 'active') return 'Active'
  return state === 'idle' ? 'Went idle' : 'Went away'
}

const endings: Record<string, string> = {
  campaign: 'Ended: a new campaign brought the visitor again',
  maximum: 'Ended: reached the longest time a session may take',
  reset: 'Ended by the site',
}

/** What the page has told of something that was offered to the visitor. */
const describeAction = (state: unknown): string => (typeof state === 'string' && state ? `Offer ${state === 'offered' ? 'shown' : state}` : 'Offer')

/** Puts an event in words for the timeline. */
export const describeEvent = (event: Event): EventWords => {
  switch (event.type) {
    case 'pageview':
      return { title: event.page?.title || event.page?.url || 'Page', minor: false }
    case 'screenview':
      return { title: event.screen, minor: false }
    case 'custom':
      return { title: event.eventName === 'web_action' ? describeAction(event.attributes?.actionState) : event.eventName, minor: false }
    case 'identify':
      return { title: `Identified as ${event.customer.id}`, minor: false }
    case 'activity':
      return { title: describeActivity(event), minor: true }
    case 'end':
      return { title: endings[event.reason] ?? 'Ended', minor: false }
    default:
      return { title: String((event as { type?: unknown }).type ?? 'Event'), minor: true }
  }
}
