import type { PresenceState } from '../model/event.ts'
import { describeSource } from './describeSource.ts'
import { countryName } from './format.ts'
import { siteOf, type LiveSession } from './liveSession.ts'
import { toSessionStatus } from './sessionStatus.ts'

/** What the visitor list is narrowed to; '' and an empty list for all. */
export interface Filter {
  text: string
  site: string
  statuses: PresenceState[]
}

/** Everything is shown. */
export const noFilter: Filter = { text: '', site: '', statuses: [] }

/** A visitor on the site. */
export interface Visitor {
  session: LiveSession
  status: PresenceState
}

/** The list as it is shown, with the numbers beside it. */
export interface VisitorList {
  visitors: Visitor[]
  /** Of all visitors of the chosen site, whatever the other filters. */
  counts: Record<PresenceState, number>
  sites: string[]
}

const liveliness: Record<PresenceState, number> = { active: 0, idle: 1, away: 2 }

/** The words of a session that a search goes through, in small letters. */
const toSearchText = (session: LiveSession): string =>
  [
    session.shortId,
    session.customerId,
    session.id,
    session.lastPage?.title,
    session.lastPage?.url,
    session.lastScreen,
    describeSource(session).text,
    session.browser?.family,
    session.device?.osFamily,
    countryName(session.geolocation),
    session.searchTerms?.join(' '),
  ]
    .join('\n')
    .toLowerCase()

const compareLiveliness = (a: Visitor, b: Visitor): number =>
  liveliness[a.status] - liveliness[b.status] ||
  Date.parse(b.session.idleDate) - Date.parse(a.session.idleDate) ||
  (a.session.id < b.session.id ? -1 : 1)

/** Makes the list of an instant: most lively first, then who was active last. Each word of the text must be found. */
export const toVisitorList = (sessions: LiveSession[], filter: Filter, now: number): VisitorList => {
  const present = sessions.flatMap(session => {
    const status = toSessionStatus(session, now)
    return status === 'ended' ? [] : [{ session, status }]
  })
  const ofSite = present.filter(({ session }) => !filter.site || siteOf(session) === filter.site)
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const counts = { active: 0, idle: 0, away: 0 }
  for (const { status } of ofSite) counts[status] += 1
  const visitors = ofSite.filter(({ session, status }) => {
    if (filter.statuses.length && !filter.statuses.includes(status)) return false
    const text = words.length ? toSearchText(session) : ''
    return words.every(word => text.includes(word))
  })
  const sites = [...new Set(present.map(({ session }) => siteOf(session)))].filter(Boolean).sort()
  return { visitors: visitors.sort(compareLiveliness), counts, sites }
}
