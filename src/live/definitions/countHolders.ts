import type { LiveSession } from '../liveSession.ts'
import type { LiveState } from '../state.ts'
import { toEntities } from '../current.ts'
import type { DefinitionKind } from './draft.ts'

/** How many sessions have each segment or outcome. */
export interface Holders {
  /** By the definition's id; one that nobody has is not in it. */
  counts: ReadonlyMap<string, number>
  /** Sessions that were looked at. */
  total: number
}

const toIds = (kind: DefinitionKind, { segmentAssignments = [], outcomeAchievements = [] }: LiveSession): string[] =>
  kind === 'segments' ? segmentAssignments.map(({ segment }) => segment.id) : outcomeAchievements.map(({ outcome }) => outcome.id)

/** Counts among the sessions that the page has at hand: those on the site now, and the ended ones that were loaded. */
export const countHolders = ({ live, ended }: Pick<LiveState, 'live' | 'ended'>, kind: DefinitionKind): Holders => {
  const sessions = new Map([...ended.sessions, ...toEntities(live)].map(session => [session.id, session]))
  const counts = new Map<string, number>()
  for (const session of sessions.values()) for (const id of new Set(toIds(kind, session))) counts.set(id, (counts.get(id) ?? 0) + 1)
  return { counts, total: sessions.size }
}
