import type { SessionRules } from '../../../src/model/index.ts'
import type { Diary, Entry } from './diary.ts'

/** A session as it has to be. Instants and durations in milliseconds. */
export interface Reckoned {
  index: number
  created: number
  /** Undefined when it timed out. */
  ended?: number
  lastActivity: number
  active: number
  idle: number
  away: number
  names: string[]
}

/** What of a session is only needed while it goes on. */
interface Going extends Reckoned {
  /** Since when the visitor sees each page that this session knows of (`true`), or does no more (the instant). */
  sight: Map<number, true | number>
}

/**
 * Adds the pause from the last activity to the present one, second by second of what the visitor was: away counts from five minutes
 * after the activity, or from half a minute after the last page was out of sight, idle from a minute on.
 */
const addPause = (session: Going, until: number, rules: SessionRules): void => {
  const from = session.lastActivity
  const sights = [...session.sight.values()]
  const isLeft = sights.length > 0 && sights.every(since => since !== true)
  const leftAt = isLeft ? Math.max(from, ...(sights as number[])) : Infinity
  const awayAt = Math.min(until, from + rules.awayAfterSeconds * 1000, leftAt + rules.leaveGraceSeconds * 1000)
  const idleAt = Math.min(awayAt, from + rules.idleAfterSeconds * 1000)
  session.active += idleAt - from
  session.idle += awayAt - idleAt
  session.away += until - awayAt
  session.lastActivity = until
}

const isOver = (session: Going, at: number, rules: SessionRules): boolean =>
  session.ended !== undefined || at >= session.lastActivity + rules.sessionTimeoutSeconds * 1000 || at >= session.created + rules.sessionMaxSeconds * 1000

/** Whether something opens a session when none is open. Input does unless the visit was ended by the page: it is the page's turn then. */
const opens = ({ what }: Entry, last: Going | undefined): boolean =>
  what === 'view' || what === 'track' || what === 'show' || (what === 'input' && !!last && last.ended === undefined)

/** Goes through a diary from its beginning and says which sessions there were: the plain reference of all that a tracker has to find out. */
export const reckon = (diary: Diary, rules: SessionRules): Reckoned[] => {
  const sessions: Going[] = []
  for (const entry of diary) {
    const { at, page, what, name } = entry
    let session = sessions.at(-1)
    // Who signs out after the time-out ends the session all the same, as of its last activity.
    if (what === 'reset' && session && session.ended === undefined && isOver(session, at, rules)) session.ended = session.lastActivity
    if (!session || isOver(session, at, rules)) {
      if (!opens(entry, session)) continue
      session = { index: sessions.length + 1, created: at, lastActivity: at, active: 0, idle: 0, away: 0, names: [], sight: new Map() }
      sessions.push(session)
    }
    if (what === 'reset') session.ended = at
    else if (what === 'hide') session.sight.set(page, at)
    else addPause(session, at, rules)
    if (what === 'view' || what === 'show' || (what === 'input' && session.created === at)) session.sight.set(page, true)
    if (name) session.names.push(name)
  }
  return sessions.map(({ sight: _, ...session }) => ({ ...session, names: session.names.sort() }))
}
