import { noCampaigns, reduceCampaigns, type CampaignAction, type Campaigns } from './campaigns/campaigns.ts'
import type { ClockOffset, ClockSample } from './clockOffset.ts'
import { narrowOffset, unknownOffset } from './clockOffset.ts'
import { noDefinitions, reduceDefinitions, type DefinitionAction, type Definitions } from './definitions/definitions.ts'
import type { Conversation } from './conversation.ts'
import { applyChanges, applySnapshot, noneCurrent, removeFromCurrent, type Current, type Snapshot } from './current.ts'
import { reduceDetail, refreshDetail, toRemoved, type Detail, type DetailAction } from './detail.ts'
import { changeEnded, leaveOut, noneEnded, reduceEnded, type EndedAction, type EndedConversations, type EndedSessions } from './endedSessions.ts'
import type { LiveSession } from './liveSession.ts'
import type { Route } from './route.ts'
import { noFilter, type Filter } from './visitorList.ts'

/** Whether the reader has shown a key that the collector accepts. */
export type Access = { phase: 'signedOut'; message?: string } | { phase: 'checking' } | { phase: 'signedIn' }

/** How the page hears of changes. */
export type Connection = { phase: 'connecting' } | { phase: 'live' } | { phase: 'waiting'; until: number }

/** A search for a visitor by short id. */
export type Find = { phase: 'idle' } | { phase: 'searching' | 'none'; shortId: string } | { phase: 'failed'; message: string } | FoundSeveral

/** Several sites have given the same short id. */
interface FoundSeveral {
  phase: 'several'
  shortId: string
  sessions: LiveSession[]
}

/** Everything the live page shows. */
export interface LiveState {
  access: Access
  route: Route
  clock: ClockOffset
  connection: Connection
  /** Visits that go on. */
  live: Current<LiveSession>
  /** Calls and chats that go on. */
  conversations: Current<Conversation>
  /** Ids of sessions that are no more: an answer that was on its way brings none of them back. */
  removed: ReadonlySet<string>
  /** Why the list of live sessions could not be loaded. */
  problem?: string
  filter: Filter
  ended: EndedSessions
  endedConversations: EndedConversations
  find: Find
  campaigns: Campaigns
  definitions: Definitions
  detail?: Detail
}

interface SnapshotLoaded {
  type: 'snapshotLoaded'
  sessions: Snapshot<LiveSession>
  conversations: Snapshot<Conversation>
}

/** What can happen. */
export type LiveAction =
  | { type: 'accessChanged'; access: Access }
  | { type: 'routeChanged'; route: Route }
  | { type: 'clockSampled'; sample: ClockSample }
  | { type: 'connectionChanged'; connection: Connection }
  | { type: 'sessionsChanged'; sessions: LiveSession[] }
  | { type: 'sessionsRemoved'; ids: string[] }
  | SnapshotLoaded
  | { type: 'snapshotFailed'; message: string }
  | { type: 'conversationsChanged'; conversations: Conversation[] }
  | { type: 'filterChanged'; filter: Partial<Filter> }
  | { type: 'findChanged'; find: Find }
  | EndedAction
  | { type: 'endedConversations'; action: EndedAction<Conversation> }
  | CampaignAction
  | DefinitionAction
  | DetailAction

/** At the start: nobody has signed in, nothing is loaded. */
export const initialState: LiveState = {
  access: { phase: 'signedOut' },
  route: { view: 'live' },
  clock: unknownOffset,
  connection: { phase: 'connecting' },
  live: noneCurrent,
  conversations: noneCurrent,
  removed: new Set(),
  filter: noFilter,
  ended: noneEnded,
  endedConversations: noneEnded,
  find: { phase: 'idle' },
  campaigns: noCampaigns,
  definitions: noDefinitions,
}

const changeAccess = (state: LiveState, access: Access): LiveState =>
  access.phase === 'signedOut' ? { ...initialState, route: state.route, clock: state.clock, access } : { ...state, access }

const changeRoute = ({ detail, ...state }: LiveState, route: Route): LiveState => {
  const keeps = route.view === 'session' && detail?.id === route.id
  return { ...state, route, find: { phase: 'idle' }, ...(keeps && { detail }) }
}

/** The stream tells in the order in which it happened: what comes after the removal, as a conversation may, is there again. */
const withoutBack = (removed: ReadonlySet<string>, told: readonly { id: string }[]): ReadonlySet<string> =>
  told.some(({ id }) => removed.has(id)) ? new Set([...removed].filter(id => !told.some(each => each.id === id))) : removed

const changeSessions = ({ detail, ...state }: LiveState, sessions: LiveSession[]): LiveState => {
  const refreshed = refreshDetail(detail, sessions)
  return {
    ...state,
    live: applyChanges(state.live, sessions),
    ended: changeEnded(state.ended, sessions, state.live),
    removed: withoutBack(state.removed, sessions),
    ...(refreshed && { detail: refreshed }),
  }
}

const loadSnapshot = ({ problem: _problem, ...state }: LiveState, { sessions, conversations }: SnapshotLoaded): LiveState => ({
  ...state,
  live: applySnapshot(state.live, sessions),
  conversations: applySnapshot(state.conversations, conversations),
})

const removeSessions = ({ detail, find, ...state }: LiveState, ids: string[]): LiveState => {
  const gone = new Set(ids)
  const left = find.phase === 'several' ? { ...find, sessions: leaveOut(find.sessions, gone) } : find
  return {
    ...state,
    live: removeFromCurrent(state.live, ids),
    ended: { ...state.ended, sessions: leaveOut(state.ended.sessions, gone) },
    endedConversations: { ...state.endedConversations, sessions: leaveOut(state.endedConversations.sessions, gone) },
    conversations: removeFromCurrent(state.conversations, ids),
    removed: new Set([...state.removed, ...ids]),
    find: left,
    ...(detail && { detail: ids.includes(detail.id) ? toRemoved(detail.id) : detail }),
  }
}

/** An answer that was on its way brings nothing back that is no more. */
const withoutRemoved = <T extends { id: string }>({ removed }: LiveState, action: EndedAction<T>): EndedAction<T> =>
  action.type === 'endedLoaded' ? { ...action, sessions: leaveOut(action.sessions, removed) } : action

const changeConversations = (state: LiveState, changed: Conversation[]): LiveState => ({
  ...state,
  conversations: applyChanges(state.conversations, changed),
  endedConversations: changeEnded(state.endedConversations, changed, state.conversations),
  removed: withoutBack(state.removed, changed),
})

const changeDetail = ({ detail, ...state }: LiveState, action: DetailAction): LiveState => {
  const changed = reduceDetail(detail, action)
  return { ...state, ...(changed && { detail: changed }) }
}

/** What may happen without a key. Anything else is an answer that comes after signing out, and shows nothing. */
const isPublic = ({ type }: LiveAction): boolean => type === 'accessChanged' || type === 'routeChanged' || type === 'clockSampled'

/** The only way the page's state changes. Pure: times and answers arrive in actions. */
export const reduceLive = (state: LiveState, action: LiveAction): LiveState => {
  if (state.access.phase !== 'signedIn' && !isPublic(action)) return state
  switch (action.type) {
    case 'accessChanged':
      return changeAccess(state, action.access)
    case 'routeChanged':
      return changeRoute(state, action.route)
    case 'clockSampled':
      return { ...state, clock: narrowOffset(state.clock, action.sample) }
    case 'connectionChanged':
      return { ...state, connection: action.connection }
    case 'sessionsChanged':
      return changeSessions(state, action.sessions)
    case 'sessionsRemoved':
      return removeSessions(state, action.ids)
    case 'snapshotLoaded':
      return loadSnapshot(state, action)
    case 'conversationsChanged':
      return changeConversations(state, action.conversations)
    case 'snapshotFailed':
      return { ...state, problem: action.message }
    case 'filterChanged':
      return { ...state, filter: { ...state.filter, ...action.filter } }
    case 'findChanged':
      return { ...state, find: action.find }
    case 'endedLoading':
    case 'endedLoaded':
    case 'endedFailed':
      return { ...state, ended: reduceEnded(state.ended, withoutRemoved(state, action)) }
    case 'endedConversations':
      return { ...state, endedConversations: reduceEnded(state.endedConversations, withoutRemoved(state, action.action)) }
    case 'campaignChoiceChanged':
    case 'campaignsLoading':
    case 'campaignsLoaded':
    case 'campaignsFailed':
    case 'sitesLoaded':
    case 'linkChecked':
      return { ...state, campaigns: reduceCampaigns(state.campaigns, action) }
    case 'definitionsLoading':
    case 'definitionsLoaded':
    case 'definitionsFailed':
    case 'definitionSaved':
    case 'definitionChange':
    case 'definitionDraft':
      return { ...state, definitions: reduceDefinitions(state.definitions, action) }
    default:
      return changeDetail(state, action)
  }
}
