import type { LiveSession } from './liveSession.ts'

/** The sessions that are over, newest first, page by page. */
export interface EndedSessions {
  phase: 'idle' | 'loading' | 'ready' | 'failed'
  sessions: LiveSession[]
  nextUri?: string
  message?: string
}

/** What happens to that list. */
export type EndedAction =
  | { type: 'endedLoading'; fresh: boolean }
  | { type: 'endedLoaded'; sessions: LiveSession[]; nextUri?: string }
  | { type: 'endedFailed'; message: string }

/** Before the list is asked for. */
export const noEndedSessions: EndedSessions = { phase: 'idle', sessions: [] }

const addOnce = (known: LiveSession[], added: LiveSession[]): LiveSession[] => {
  const ids = new Set(known.map(session => session.id))
  return [...known, ...added.filter(session => !ids.has(session.id))]
}

/** Folds what happens to the list. */
export const reduceEnded = (ended: EndedSessions, action: EndedAction): EndedSessions => {
  const { sessions } = ended
  switch (action.type) {
    case 'endedLoading':
      return action.fresh ? { phase: 'loading', sessions: [] } : { ...ended, phase: 'loading' }
    case 'endedLoaded':
      return { phase: 'ready', sessions: addOnce(sessions, action.sessions), ...(action.nextUri && { nextUri: action.nextUri }) }
    case 'endedFailed':
      return { ...ended, phase: 'failed', message: action.message }
  }
}

/** Puts sessions that ended just now at the head of the list, where it is loaded. */
export const addJustEnded = (ended: EndedSessions, sessions: LiveSession[]): EndedSessions => {
  const over = sessions.filter(session => session.endedDate)
  return ended.phase === 'idle' || !over.length ? ended : { ...ended, sessions: addOnce(over, ended.sessions) }
}
