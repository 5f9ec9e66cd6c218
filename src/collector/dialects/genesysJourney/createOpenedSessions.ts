import type { SessionState } from '../../../model/reduceSession.ts'
import type { SessionReader } from '../../sessionStore.ts'
import type { VisitEvent } from './createVisitFinder.ts'

/** Visitors that are kept in mind: of more than that, those who were heard of last. */
const mostVisitors = 10_000

const keyOf = ({ site, visitorId }: Pick<VisitEvent, 'site' | 'visitorId'>): string => `${site.id} ${visitorId}`

/**
 * Creates the memory of sessions that are in the log and not among the Sessions yet, because those are behind: the visitor's next event
 * goes on with its session all the same.
 */
export const createOpenedSessions = (sessions: Pick<SessionReader, 'get'>) => {
  const byVisitor = new Map<string, Map<VisitEvent['kind'], SessionState>>()

  return {
    /** Those of a visitor, at most one of each kind. */
    of: (event: Pick<VisitEvent, 'site' | 'visitorId'>): SessionState[] => {
      const opened = [...(byVisitor.get(keyOf(event))?.values() ?? [])]
      return opened.filter(({ id }) => !sessions.get(id, event.site.id))
    },

    /** Keeps a session as far as it is known here. */
    keep: (event: VisitEvent, state: SessionState): void => {
      const key = keyOf(event)
      const opened = byVisitor.get(key) ?? new Map<VisitEvent['kind'], SessionState>()
      byVisitor.delete(key)
      byVisitor.set(key, opened.set(event.kind, state))
      const [oldest] = byVisitor.size > mostVisitors ? byVisitor.keys() : []
      if (oldest !== undefined) byVisitor.delete(oldest)
    },

    /** Forgets what is kept of a visitor: their sessions are among the others. */
    forget: (event: Pick<VisitEvent, 'site' | 'visitorId'>): void => void byVisitor.delete(keyOf(event)),
  }
}

export type OpenedSessions = ReturnType<typeof createOpenedSessions>
