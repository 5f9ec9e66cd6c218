import type { Session } from '../../model/session.ts'
import { toSession } from '../../model/toSession.ts'
import { createToDate } from './createToDate.ts'
import type { ToAssignedFacts } from '../segments/createAssignedFacts.ts'
import type { StoredEvent, StoredSession } from '../sessionStore.ts'
import type { Site } from '../site.ts'

/** A Session as the API serves it. */
export interface ServedSession extends Session {
  /** Id of the site. */
  site: string
}

/** An event as the API serves it. */
export type ServedEvent = StoredEvent extends infer E ? (E extends unknown ? Omit<E, 'token'> : never) : never

/** Path under which the API serves a session. */
export const toSelfUri = (id: string): string => `/v1/sessions/${id}`

/**
 * @param toAssigned adds segments and outcomes. Default none
 * @returns a function that shows a stored session as it is at an instant, by the rules of its site
 */
export const createServedSession = (sites: readonly Site[], toAssigned?: ToAssignedFacts) => {
  const rulesBySite = new Map(sites.map(site => [site.id, toRules(site)]))
  const toDate = createToDate()
  return (stored: StoredSession, now: number): ServedSession => {
    const { site, state, facts } = stored
    const session = toSession(state, { ...facts, ...toAssigned?.(stored, now) }, { now, rules: rulesBySite.get(site), toDate })
    return Object.assign(session, { site, selfUri: toSelfUri(state.id) })
  }
}

const ruleNames = ['idleAfterSeconds', 'awayAfterSeconds', 'leaveGraceSeconds', 'sessionTimeoutSeconds', 'sessionMaxSeconds'] as const

const toRules = (site: Site): Partial<Site> => Object.fromEntries(ruleNames.flatMap(name => (site[name] === undefined ? [] : [[name, site[name]]])))

/** Leaves out what nobody is to read: a token is good for proving who the visitor is. */
export const toServedEvent = (event: StoredEvent): ServedEvent => {
  if (event.type !== 'identify') return event
  const { token: _token, ...served } = event
  return served
}
