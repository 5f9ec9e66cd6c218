import type { SessionState } from '../../../model/reduceSession.ts'
import { presenceOf, rulesOf } from '../../../model/toSession.ts'
import type { SessionReader } from '../../sessionStore.ts'
import type { Site } from '../../site.ts'
import type { SentEvent } from './checkDeploymentEvent.ts'
import type { OpenedSessions } from './createOpenedSessions.ts'

/** Whose event it is, of what kind, and when it happened: milliseconds since 1970. */
export interface VisitEvent {
  site: Site
  visitorId: string
  kind: SentEvent['kind']
  at: number
}

/** The session that an event is in, and the visitor's one before it: each undefined where there is none. */
export interface FoundVisit {
  current: SessionState | undefined
  previous: SessionState | undefined
}

export interface VisitFinderOptions {
  sessions: Pick<SessionReader, 'list'>
  opened: Pick<OpenedSessions, 'of'>
  /** Milliseconds since 1970. */
  now(): number
}

/** Sessions of a visitor that are looked at: those of an app and those of its website may go on beside each other. */
const mostSessions = 10

const beganAt = ({ first }: SessionState): number => first.stamp[0]

/** Sessions of own categories are of the web, as they are when their events are read. */
const isOfKind = ({ start }: SessionState, kind: SentEvent['kind']): boolean => (start?.type === 'app') === (kind === 'App')

/** True while an event of that instant is in the session, or goes on with it. */
export const goesOnAt = (state: SessionState, site: Site, at: number): boolean => at < (state.end?.stamp[0] ?? presenceOf(state, site).endsAt)

/** True for an event that happened so shortly before the first known one that both are of one visit. */
const leadsTo = (state: SessionState, site: Site, at: number): boolean => beganAt(state) < at + rulesOf(state, site).sessionTimeoutSeconds * 1000

/** Creates the search for the session that an event is in by when it happened, which need not be the newest. */
export const createVisitFinder =
  ({ sessions, opened, now }: VisitFinderOptions) =>
  (event: VisitEvent): FoundVisit => {
    const { site, visitorId, kind, at } = event
    const list = (bounds: { from?: number; to?: number }): SessionState[] => sessions.list({ site: site.id, visitorId, ...bounds }, now(), { limit: mostSessions }).entities.map(({ state }) => state)
    const unseen = opened.of(event)
    const newestFirst = (states: SessionState[]): SessionState[] => states.sort((a, b) => beganAt(b) - beganAt(a))
    const begun = newestFirst([...unseen.filter(state => beganAt(state) <= at), ...list({ to: at + 1 })])
    const later = newestFirst([...unseen.filter(state => beganAt(state) > at), ...list({ from: at + 1 })])
    const current = begun.find(state => isOfKind(state, kind) && goesOnAt(state, site, at)) ?? later.findLast(state => isOfKind(state, kind) && leadsTo(state, site, at))
    return { current, previous: begun[0] }
  }
