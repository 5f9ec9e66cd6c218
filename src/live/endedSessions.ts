import type { Conversation } from './conversation.ts'
import { isOver, type Current, type Going } from './current.ts'
import type { LiveSession } from './liveSession.ts'

/** Sessions that are over, newest first, page by page. */
export interface Ended<T> {
  phase: 'idle' | 'loading' | 'ready' | 'failed'
  sessions: T[]
  nextUri?: string
  message?: string
}

export type EndedSessions = Ended<LiveSession>

/** Calls and chats are Sessions, too, and listed apart. */
export type EndedConversations = Ended<Conversation>

/** What happens to such a list. */
export type EndedAction<T = LiveSession> =
  | { type: 'endedLoading'; fresh: boolean }
  /** `replaced`: ids of those that were known before, and are there only if they are in the answer. Default none. */
  | { type: 'endedLoaded'; sessions: T[]; nextUri?: string; replaced?: ReadonlySet<string> }
  | { type: 'endedFailed'; message: string }

interface Named {
  id: string
}

/** Before a list is asked for. */
export const noneEnded: Ended<never> = { phase: 'idle', sessions: [] }

const addOnce = <T extends Named>(known: readonly T[], added: readonly T[]): T[] => {
  const ids = new Set(known.map(session => session.id))
  return [...known, ...added.filter(session => !ids.has(session.id))]
}

/** Folds what happens to a list. */
export const reduceEnded = <T extends Named>(ended: Ended<T>, action: EndedAction<T>): Ended<T> => {
  const { sessions } = ended
  switch (action.type) {
    case 'endedLoading':
      return action.fresh ? { phase: 'loading', sessions: [] } : { ...ended, phase: 'loading' }
    case 'endedLoaded':
      return { phase: 'ready', sessions: addOnce(leaveOut(sessions, action.replaced ?? new Set()), action.sessions), ...(action.nextUri && { nextUri: action.nextUri }) }
    case 'endedFailed':
      return { ...ended, phase: 'failed', message: action.message }
  }
}

/** The list without those of which an answer may still tell, and which are no more. */
export const leaveOut = <T extends Named>(sessions: T[], removed: ReadonlySet<string>): T[] => (removed.size ? sessions.filter(({ id }) => !removed.has(id)) : sessions)

/**
 * Puts those that ended just now at the head of the list, where it is loaded. One that was over, and is told of as going on, leaves it. One that is
 * over and did not go on is left to the page of the list that has it: while Sessions are made anew, the stream tells of all there ever were.
 *
 * @param current what went on before the change
 */
export const changeEnded = <T extends Going>(ended: Ended<T>, changed: readonly T[], current: Current<T>): Ended<T> => {
  if (ended.phase === 'idle') return ended
  const goingOn = new Set(changed.filter(each => !isOver(each)).map(({ id }) => id))
  const known = new Set(ended.sessions.map(({ id }) => id))
  const newest = ended.sessions.reduce((latest, { createdDate }) => (createdDate > latest ? createdDate : latest), '')
  const isShown = ({ id, createdDate }: T): boolean => !ended.nextUri || current.entries.has(id) || known.has(id) || createdDate > newest
  const over = changed.filter(each => isOver(each) && isShown(each))
  return { ...ended, sessions: addOnce(over, leaveOut(ended.sessions, goingOn)) }
}
