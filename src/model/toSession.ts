import { toAttributes } from './attributes.ts'
import { describeCampaign } from './clickIds.ts'
import { defined } from './defined.ts'
import type { SessionRules } from './event.ts'
import { toPage } from './page.ts'
import { statusAt, toPresence, type Presence } from './presence.ts'
import type { SessionState } from './reduceSession.ts'
import { toReferrer } from './referrer.ts'
import { defaultRules } from './rules.ts'
import type { PageFacts, Session, SessionFacts } from './session.ts'

/** Writes an instant, milliseconds since 1970, as ISO 8601, in UTC and with milliseconds. */
export type ToDate = (at: number) => string

const usualToDate: ToDate = at => new Date(at).toISOString()

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

/** The waiting times of a session: its own, where its opening event names them. */
export const rulesOf = (state: SessionState, siteRules?: Partial<SessionRules>): SessionRules => ({
  ...defaultRules,
  ...siteRules,
  ...state.start?.rules,
})

/** The instant at which the last visible tab was hidden; undefined while one is visible, or none was ever known. */
export const leftAtOf = (state: SessionState): number | undefined => {
  const seen = Object.values(state.tabs).flatMap(tab => tab.visible ?? [])
  return seen.length && !seen.some(visible => visible.value) ? Math.max(...seen.map(({ stamp }) => stamp[0])) : undefined
}

/** Last activity; the first event where there was none. */
export const activeAtOf = (state: SessionState): number => Math.max(state.activeAt, state.first.stamp[0])

/** The instants at which the visitor goes idle and away and the session times out. */
export const presenceOf = (state: SessionState, siteRules?: Partial<SessionRules>): Presence =>
  toPresence({ createdAt: state.first.stamp[0], activeAt: activeAtOf(state), leftAt: leftAtOf(state) }, rulesOf(state, siteRules))

/** When a session is looked at, and by which waiting times where it names none itself. */
export interface Moment {
  /** Milliseconds since 1970. */
  now: number
  rules?: Partial<SessionRules> | undefined
  /** For who shows many sessions. Default: as `Date` does. */
  toDate?: ToDate
}

/** What is shown beside the events. What a page is told in short stands in the Session at length. */
type ShownFacts = { [K in keyof SessionFacts]: SessionFacts[K] | undefined } & Pick<PageFacts, 'assigned'>

/**
 * Shows a session as it is at an instant. Keys stand in one order and maps are sorted, so that equal sessions are equal
 * byte for byte.
 *
 * @param moment decides `status`, and `endedDate` of a timed-out session, and with the site's rules what lies ahead
 */
export const toSession = (state: SessionState, known: ShownFacts, { now, rules, toDate = usualToDate }: Moment): Session => {
  const { assigned: _assigned, ...facts } = known
  const presence = presenceOf(state, rules)
  const { first, last = first, start, lastPage, searchTerms, end } = state
  const [createdAt] = first.stamp
  const activeAt = activeAtOf(state)
  const status = end ? 'ended' : statusAt(presence, now)
  const entryPage = state.entryPage && toPage(state.entryPage.value)
  const { pageview, screenview, custom } = state.counts
  const customer = state.customer?.value ?? (facts.visitorId ? { id: facts.visitorId, type: 'cookie' } : undefined)
  const durationInSeconds = toSeconds(activeAt - createdAt)
  const idleSeconds = Math.min(toSeconds(state.idle), durationInSeconds)
  const awaySeconds = Math.min(toSeconds(state.away), durationInSeconds - idleSeconds)
  return defined<Session>({
    id: state.id,
    type: start?.type ?? 'web',
    createdDate: toDate(createdAt),
    endedDate: status === 'ended' ? toDate(end?.stamp[0] ?? activeAt) : '',
    status,
    customerId: customer?.id,
    customerIdType: customer?.type,
    sessionIndex: start?.index,
    previousSessionId: start?.previous,
    eventCount: pageview + screenview + custom,
    pageviewCount: pageview,
    screenviewCount: screenview,
    lastEvent: { id: last.stamp[1], eventName: last.value, createdDate: toDate(last.stamp[0]) },
    entryPage,
    lastPage: lastPage && toPage(lastPage.value),
    lastScreen: state.lastScreen?.value,
    durationInSeconds,
    engagement: { activeSeconds: durationInSeconds - idleSeconds - awaySeconds, idleSeconds, awaySeconds },
    idleDate: toDate(presence.idleAt),
    awayDate: toDate(presence.awayAt),
    mktCampaign: describeCampaign(start?.campaign),
    referrer: facts.referrer ?? (start?.referrer && toReferrer(start.referrer, entryPage?.hostname)),
    searchTerms: searchTerms.map(term => String(term.value)),
    ...toAttributes(state.attributes),
    ...facts,
    authenticated: !!facts.authenticated,
  })
}
