import { toAttributeLists, toAttributes } from './attributes.ts'
import type { SessionRules } from './event.ts'
import { toPage } from './page.ts'
import { statusAt, toPresence, type Presence } from './presence.ts'
import type { SessionState } from './reduceSession.ts'
import { toReferrer } from './referrer.ts'
import { defaultRules } from './rules.ts'
import type { Session, SessionFacts } from './session.ts'
import { parseUrl } from './url.ts'

const toDate = (at: number): string => new Date(at).toISOString()

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

/** The waiting times of a session: its own, where its opening event names them. */
export const rulesOf = (state: SessionState, siteRules: Partial<SessionRules> = {}): SessionRules => ({
  ...defaultRules,
  ...siteRules,
  ...state.start?.rules,
})

/** The instant at which the last visible tab was hidden; undefined while one is visible, or none was ever known. */
export const leftAtOf = (state: SessionState): number | undefined => {
  const tabs = Object.values(state.tabs).filter(tab => tab.shownAt || tab.hiddenAt)
  if (!tabs.length || tabs.some(tab => tab.shownAt > tab.hiddenAt)) return undefined
  return Math.max(...tabs.map(tab => tab.hiddenAt))
}

/** Last activity; the first event where there was none. */
export const activeAtOf = (state: SessionState): number => Math.max(state.activeAt, state.first.stamp[0])

/** The instants at which the visitor goes idle and away and the session times out. */
export const presenceOf = (state: SessionState, siteRules?: Partial<SessionRules>): Presence =>
  toPresence(activeAtOf(state), leftAtOf(state), rulesOf(state, siteRules))

/**
 * Shows a session as it is at an instant. Keys stand in one order and maps are sorted, so that equal sessions are equal
 * byte for byte.
 *
 * @param now milliseconds since 1970; decides `status`, and `endedDate` of a timed-out session, and nothing else
 */
export const toSession = (state: SessionState, facts: SessionFacts, now: number, siteRules?: Partial<SessionRules>): Session => {
  const presence = presenceOf(state, siteRules)
  const createdAt = state.first.stamp[0]
  const activeAt = activeAtOf(state)
  const status = state.end ? 'ended' : statusAt(presence, now)
  const endedAt = status === 'ended' ? (state.end?.stamp[0] ?? activeAt) : undefined
  const { start, entryPage, lastPage, lastScreen, attributes } = state
  const last = state.last ?? state.first
  const customer = state.customer?.value ?? (facts.visitorId ? { id: facts.visitorId, type: 'cookie' } : undefined)
  const durationInSeconds = toSeconds(activeAt - createdAt)
  const idleSeconds = Math.min(toSeconds(state.idle), durationInSeconds)
  const awaySeconds = Math.min(toSeconds(state.away), durationInSeconds - idleSeconds)
  return {
    id: state.id,
    type: start?.type ?? 'web',
    createdDate: toDate(createdAt),
    ...(endedAt !== undefined && { endedDate: toDate(endedAt) }),
    status,
    ...(customer && { customerId: customer.id, customerIdType: customer.type }),
    ...(start && { sessionIndex: start.index }),
    ...(start?.previous && { previousSessionId: start.previous }),
    eventCount: state.pageviews + state.screenviews + state.customs,
    pageviewCount: state.pageviews,
    screenviewCount: state.screenviews,
    lastEvent: { id: last.stamp[1], eventName: last.value, createdDate: toDate(last.stamp[0]) },
    ...(entryPage && { entryPage: toPage(entryPage.value) }),
    ...(lastPage && { lastPage: toPage(lastPage.value) }),
    ...(lastScreen && { lastScreen: lastScreen.value }),
    durationInSeconds,
    engagement: { activeSeconds: durationInSeconds - idleSeconds - awaySeconds, idleSeconds, awaySeconds },
    idleDate: toDate(presence.idleAt),
    awayDate: toDate(presence.awayAt),
    ...(start?.campaign && { mktCampaign: start.campaign }),
    ...(start?.referrer && { referrer: toReferrer(start.referrer, entryPage && parseUrl(entryPage.value.url).hostname) }),
    ...(state.searchTerms.length && { searchTerms: state.searchTerms.map(term => String(term.value)) }),
    ...(attributes.scalars.length && { attributes: toAttributes(attributes.scalars) }),
    ...(attributes.lists.length && { attributeLists: toAttributeLists(attributes.lists) }),
    ...facts,
    authenticated: facts.authenticated ?? false,
  }
}
