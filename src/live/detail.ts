import type { Conversation } from './conversation.ts'
import type { LiveSession, TimelineEvent } from './liveSession.ts'

/** One session with its timeline. */
export interface Detail {
  id: string
  /** `removed`: the session is no more, and nothing of it is shown. */
  phase: 'loading' | 'ready' | 'failed' | 'removed'
  message?: string
  session?: LiveSession
  /** Oldest first. */
  events: TimelineEvent[]
  /** Calls and chats that grew from it. */
  conversations: Conversation[]
  /** Where the timeline goes on; absent when all of it is here. */
  nextUri?: string
  /** More of the timeline is on its way. */
  loadingEvents: boolean
}

/** A page of the timeline. */
export interface EventPage {
  entities: TimelineEvent[]
  nextUri?: string
}

/** What happens to the shown session. */
export type DetailAction =
  | { type: 'detailOpened'; id: string; session?: LiveSession }
  | { type: 'detailLoaded'; session: LiveSession }
  | { type: 'detailRefreshed'; id: string }
  | { type: 'detailFailed'; id: string; message: string }
  | { type: 'conversationsLoaded'; id: string; conversations: Conversation[] }
  | { type: 'eventsLoading'; id: string }
  | { type: 'eventsLoaded'; id: string; page: EventPage }

const compareEvents = (a: TimelineEvent, b: TimelineEvent): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Adds events to a timeline, each once, oldest first. */
export const mergeEvents = (known: TimelineEvent[], added: TimelineEvent[]): TimelineEvent[] =>
  [...new Map([...known, ...added].map(event => [event.id, event])).values()].sort(compareEvents)

/** A newer copy of the shown session, from a list or the stream, keeps what only the session alone tells. */
export const refreshDetail = (detail: Detail | undefined, sessions: LiveSession[]): Detail | undefined => {
  const newer = detail && sessions.find(session => session.id === detail.id)
  if (!detail || !newer || detail.phase === 'removed') return detail
  const { delivery, touches } = { ...detail.session, ...newer }
  return { ...detail, session: { ...newer, ...(delivery && { delivery }), ...(touches && { touches }) } }
}

/** What is left of a session that is no more. */
export const toRemoved = (id: string): Detail => ({ id, phase: 'removed', events: [], conversations: [], loadingEvents: false })

const withoutMessage = ({ message: _message, ...detail }: Detail): Detail => detail

const withoutNext = ({ nextUri: _nextUri, ...detail }: Detail): Detail => detail

/** Folds what happens to the shown session. Answers for a session that is no longer shown are dropped. */
export const reduceDetail = (detail: Detail | undefined, action: DetailAction): Detail | undefined => {
  if (action.type === 'detailOpened') {
    const { id, session } = action
    return { id, phase: session ? 'ready' : 'loading', events: [], conversations: [], loadingEvents: false, ...(session && { session }) }
  }
  if (!detail || detail.phase === 'removed' || detail.id !== (action.type === 'detailLoaded' ? action.session.id : action.id)) return detail
  switch (action.type) {
    case 'detailLoaded':
      return { ...detail, phase: 'ready', session: action.session }
    case 'detailRefreshed':
      return withoutMessage(detail)
    case 'detailFailed':
      return { ...detail, phase: detail.session ? 'ready' : 'failed', message: action.message, loadingEvents: false }
    case 'conversationsLoaded':
      return { ...detail, conversations: action.conversations }
    case 'eventsLoading':
      return { ...withoutMessage(detail), loadingEvents: true }
    case 'eventsLoaded': {
      const { entities, nextUri } = action.page
      return { ...withoutNext(detail), events: mergeEvents(detail.events, entities), loadingEvents: false, ...(nextUri && { nextUri }) }
    }
  }
}
