import { shapes } from '../../model/shapes.ts'
import type { SessionKey, SessionReader, StoredSession } from '../sessionStore.ts'

/** Whose data are meant: a customer, as pages name them, or a visitor, which is a browser. */
export interface Person {
  by: 'customer' | 'visitor'
  id: string
  /** Only the customer of this type. Default: whatever the type. */
  type?: string | undefined
  /** Only at this site. Default: at all of them. */
  site?: string | undefined
}

/** Everything that is known of a person. */
export interface Belongings {
  sessions: SessionKey[]
  /** Browsers of which all is theirs. */
  visitors: { site: string; visitor: string }[]
}

const isId = (text: string): boolean => new RegExp(shapes.id.pattern).test(text)

/** True where the id of the person is that of a browser. */
export const isBrowser = ({ by, id, type }: Person): boolean => by === 'visitor' || (isId(id) && type === undefined)

/** Sessions that are read at a time. */
const chunk = 200

/** All sessions of a browser. */
const sessionsOf = (sessions: Pick<SessionReader, 'list'>, { site, visitor }: { site?: string | undefined; visitor: string }): StoredSession[] => {
  const found: StoredSession[] = []
  let after: string | undefined
  do {
    // The instant decides about states only, and none is asked for.
    const page = sessions.list({ ...(site !== undefined && { site }), visitorId: visitor }, 0, { limit: chunk, ...(after !== undefined && { after }) })
    found.push(...page.entities)
    after = page.next
  } while (after !== undefined)
  return found
}

/**
 * Finds what belongs to a person. To a customer belong all sessions in which they were named, and those of the same browsers in which
 * nobody was: what somebody did before they signed in. A session that names two customers belongs to both. To a visitor belongs all
 * that their browser did; a visitor id counts as the id of a customer, too, because that is what an unnamed customer is shown by.
 */
export const findBelongings = (sessions: Pick<SessionReader, 'get' | 'list' | 'naming'>, person: Person): Belongings => {
  const { by, id, type, site } = person
  const keys = new Map<string, SessionKey>()
  const browsers = new Map<string, { site: string; visitor: string }>()
  const take = ({ site: ofSite, state, facts }: StoredSession): void => {
    keys.set(`${ofSite}/${state.id}`, { site: ofSite, id: state.id })
    if (facts.visitorId !== undefined) browsers.set(`${ofSite}/${facts.visitorId}`, { site: ofSite, visitor: facts.visitorId })
  }
  if (isBrowser(person)) for (const session of sessionsOf(sessions, { site, visitor: id })) take(session)
  if (by === 'customer') {
    for (const key of sessions.naming({ id, type, site })) {
      const session = sessions.get(key.id, key.site)
      if (session) take(session)
    }
  }
  const visitors = [...browsers.values()].filter(browser => {
    const unnamed = sessionsOf(sessions, browser).filter(session => !keys.has(`${session.site}/${session.state.id}`))
    const theirs = unnamed.filter(({ state }) => state.customer === undefined)
    for (const session of theirs) take(session)
    return theirs.length === unnamed.length
  })
  return { sessions: [...keys.values()], visitors }
}
