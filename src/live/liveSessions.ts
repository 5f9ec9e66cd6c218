import type { LiveSession } from './liveSession.ts'

interface Entry {
  session: LiveSession
  /** Which change brought it. */
  revision: number
}

/** The sessions on the site now, as far as the page has been told. */
export interface LiveSessions {
  /** Number of changes so far. */
  revision: number
  entries: ReadonlyMap<string, Entry>
  /** A snapshot has come. */
  loaded: boolean
  /** False when the collector has more live sessions than the page loads. */
  complete: boolean
}

/** Answer to the question for all live sessions. */
export interface Snapshot {
  sessions: LiveSession[]
  /** The revision when the question was asked: what changed after it is newer than the answer. */
  since: number
  /** All live sessions are in it. */
  complete: boolean
}

/** Before the first snapshot. */
export const noSessions: LiveSessions = { revision: 0, entries: new Map(), loaded: false, complete: true }

/** Takes in changed sessions; those that ended leave. */
export const applyChanges = (live: LiveSessions, sessions: LiveSession[]): LiveSessions => {
  const revision = live.revision + 1
  const entries = new Map(live.entries)
  for (const session of sessions) {
    if (session.endedDate) entries.delete(session.id)
    else entries.set(session.id, { session, revision })
  }
  return { ...live, revision, entries }
}

/** Replaces what is known by a snapshot, but for sessions that changed after it was asked for. Those missing in it have ended. */
export const applySnapshot = (live: LiveSessions, { sessions, since, complete }: Snapshot): LiveSessions => {
  const changedSince = [...live.entries].filter(([, entry]) => entry.revision > since)
  const known = complete ? [] : live.entries
  const taken = sessions.filter(session => !session.endedDate).map(session => [session.id, { session, revision: since }] as const)
  return { ...live, entries: new Map([...known, ...taken, ...changedSince]), loaded: true, complete }
}

/** Forgets sessions that are no more. */
export const removeFromLive = (live: LiveSessions, ids: string[]): LiveSessions => {
  const entries = new Map(live.entries)
  for (const id of ids) entries.delete(id)
  return { ...live, entries }
}

/** The sessions themselves. */
export const toSessions = (live: LiveSessions): LiveSession[] => [...live.entries.values()].map(entry => entry.session)
