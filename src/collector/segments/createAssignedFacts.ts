import type { Assignment } from '../../model/criteriaEngine.ts'
import type { Definitions, Outcome } from '../../model/definition.ts'
import type { OutcomeAchievement, Session, SessionFacts } from '../../model/session.ts'
import { presenceOf } from '../../model/toSession.ts'
import type { SessionReader, StoredSession } from '../sessionStore.ts'
import type { Site } from '../site.ts'

export interface AssignedFactsOptions {
  sessions: Pick<SessionReader, 'lasting'>
  sites: readonly Site[]
  definitions(): Definitions
}

/** What a Session shows of segments and outcomes. */
export type AssignedFacts = Pick<SessionFacts, 'segmentAssignments' | 'outcomeAchievements'>

/** @returns the assigned facts of a stored session at an instant, milliseconds since 1970 */
export type ToAssignedFacts = (stored: StoredSession, now: number) => AssignedFacts

const toDate = (at: number): string => new Date(at).toISOString()

const compareAssignments = (a: Assignment, b: Assignment): number => a.at - b.at || (a.id < b.id ? -1 : 1)

/** The newest value that a session has of the attribute, as far as it is a number. */
const toAssociatedValue = ({ state }: StoredSession, { associatedValueField }: Pick<Outcome, 'associatedValueField'> = {}): Pick<OutcomeAchievement, 'associatedValue'> => {
  if (!associatedValueField) return {}
  const { dataType, name } = associatedValueField
  const attribute = name.replace(/^attributes\./, '').replace(/\.value$/, '')
  const text = String(state.attributes.find(row => row.name === attribute && !row.isList)?.value ?? '').trim()
  const value = dataType === 'Integer' ? Math.trunc(Number(text)) : Number(text)
  return text && Number.isFinite(value) ? { associatedValue: { dataType, value } } : {}
}

const toFacts = (stored: StoredSession, segments: readonly Assignment[], definitions: Definitions): AssignedFacts => {
  const outcomes = stored.assigned?.outcomes ?? []
  const segmentAssignments = segments.map(({ id, at }): NonNullable<Session['segmentAssignments']>[number] => ({ segment: { id }, assignedDate: toDate(at) }))
  const outcomeAchievements = outcomes.map(({ id, at }): OutcomeAchievement => ({
    outcome: { id },
    achievedDate: toDate(at),
    ...toAssociatedValue(stored, definitions.outcomes.find(outcome => outcome.id === id)),
  }))
  return { ...(segments.length && { segmentAssignments }), ...(outcomes.length && { outcomeAchievements }) }
}

/**
 * Shows what a session was assigned itself, and the segments of its customer from other sessions that had not expired at the moment,
 * or at the end of a session that is over. Those are joined when somebody looks, not stored: whichever session was folded first.
 */
export const createAssignedFacts = ({ sessions, sites, definitions }: AssignedFactsOptions): ToAssignedFacts => {
  const bySite = new Map(sites.map(site => [site.id, site]))
  let known: { of: Definitions; lasting: ReadonlySet<string> } | undefined

  /** Ids of the segments that live across sessions now. */
  const lastingIds = (): ReadonlySet<string> => {
    const current = definitions()
    const isSame = known?.of.segments === current.segments
    if (!known || !isSame) known = { of: current, lasting: new Set(current.segments.flatMap(({ id, isActive, scope }) => (isActive && scope === 'Customer' ? [id] : []))) }
    return known.lasting
  }

  const endOf = ({ site, state }: StoredSession, now: number): number => {
    if (state.end) return state.end.stamp[0]
    const { endsAt } = presenceOf(state, bySite.get(site))
    return now >= endsAt ? Math.max(state.activeAt, state.first.stamp[0]) : now
  }

  const carriedTo = (stored: StoredSession, now: number, ids: ReadonlySet<string>): Assignment[] => {
    const { site, state, facts, assigned } = stored
    const at = endOf(stored, now)
    const own = new Set(assigned?.segments.map(({ id }) => id))
    const newest = new Map<string, Assignment>()
    const person = { site, visitorId: facts.visitorId, customerId: state.customer?.value.id, after: at }
    for (const other of sessions.lasting(person)) {
      for (const assignment of other.assigned?.segments ?? []) {
        const { id, at: from, until = 0 } = assignment
        if (other.state.id !== state.id && ids.has(id) && !own.has(id) && from <= at && until > at && from > (newest.get(id)?.at ?? -1)) newest.set(id, assignment)
      }
    }
    return [...newest.values()]
  }

  return (stored, now) => {
    const { segments = [] } = stored.assigned ?? {}
    const ids = lastingIds()
    return toFacts(stored, ids.size ? [...segments, ...carriedTo(stored, now, ids)].sort(compareAssignments) : segments, definitions())
  }
}
