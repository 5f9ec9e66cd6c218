import type { SessionState } from '../../../model/reduceSession.ts'

/** Visitors that are kept in mind: of more than that, those who were heard of last. */
const mostVisitors = 10_000

/**
 * Creates the memory of sessions that are in the log and not among the Sessions yet, because those are behind: the visitor's next event
 * goes on with its session all the same.
 */
export const createOpenedSessions = () => {
  const byVisitor = new Map<string, SessionState>()

  return {
    of: (visitor: string): SessionState | undefined => byVisitor.get(visitor),

    /** @param state as far as it is known here; undefined for a session that is among the Sessions */
    keep: (visitor: string, state: SessionState | undefined): void => {
      byVisitor.delete(visitor)
      if (state) byVisitor.set(visitor, state)
      const [oldest] = byVisitor.size > mostVisitors ? byVisitor.keys() : []
      if (oldest !== undefined) byVisitor.delete(oldest)
    },
  }
}
