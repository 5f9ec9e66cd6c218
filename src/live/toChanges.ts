import type { Conversation } from './conversation.ts'
import type { LiveSession } from './liveSession.ts'
import type { SseMessage } from './sse.ts'

/** A conversation as the stream tells it: a Session of that type. */
interface ToldConversation extends Conversation {
  type: 'conversation'
}

type Told = LiveSession | ToldConversation

/** What has become of Sessions. */
export interface Changes {
  /** Ids of those that are no more. */
  removed: string[]
  sessions: LiveSession[]
  conversations: Conversation[]
}

const isConversation = (told: Told): told is ToldConversation => told.type === 'conversation'

/**
 * What some messages of the stream come to. Each tells all of a Session, so of several about one the last counts: what was changed and
 * removed after it is no more, however long the reader's computer has left both unread. A message of another name is none of ours.
 */
export const toChanges = (messages: readonly SseMessage[]): Changes => {
  const newest = new Map<string, Told | undefined>()
  for (const { event, data } of messages) {
    if (event !== 'session' && event !== 'removed') continue
    const told = JSON.parse(data) as Told
    newest.set(told.id, event === 'session' ? told : undefined)
  }
  const removed = [...newest].flatMap(([id, told]) => (told ? [] : [id]))
  const changed = [...newest.values()].filter(told => told !== undefined)
  return { removed, sessions: changed.filter((told): told is LiveSession => !isConversation(told)), conversations: changed.filter(isConversation) }
}
