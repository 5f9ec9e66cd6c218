import type { AssessedSession, CriteriaEngine, Progress } from '../../model/criteriaEngine.ts'
import { toSession } from '../../model/toSession.ts'
import type { SessionWriter, StoredEvent, StoredSession } from '../sessionStore.ts'

/** What an assessment works with. */
export interface AssessOptions {
  engine: CriteriaEngine
  writer: Pick<SessionWriter, 'eventsOf'>
  /** Events of the session that were added just now. */
  added: readonly StoredEvent[]
  /** Nothing had come of the session before them. */
  isNew: boolean
}

/** The session as definitions look at it: what it shows at its last activity. */
const toAssessed = ({ state, facts }: StoredSession): AssessedSession => ({
  ...toSession(state, facts, { now: state.activeAt }),
  createdAt: state.first.stamp[0],
})

/** Definitions that have changed look at everything that has happened in the session, and not only at what is new. */
const toProgress = ({ site, state, progress }: StoredSession, { engine, writer, added, isNew }: AssessOptions): Progress =>
  progress?.revision === engine.revision ? engine.count(progress, added) : engine.count(undefined, isNew ? added : writer.eventsOf(site, state.id))

/**
 * Says which segments a session belongs to and which outcomes it has achieved, by the set of its events, the newest facts and the
 * definitions of the moment: neither the order of arrival nor repetition matters.
 *
 * @param session with the events in it, and what was known of its progress before them
 */
export const assessSession = (session: StoredSession, options: AssessOptions): StoredSession => {
  const { progress: _progress, assigned: _assigned, ...rest } = session
  const { engine } = options
  if (engine.isEmpty) return rest
  const progress = toProgress(session, options)
  const { segments, outcomes } = engine.assess(progress, toAssessed(session))
  return { ...rest, progress, ...((segments.length || outcomes.length) && { assigned: { segments, outcomes } }) }
}
