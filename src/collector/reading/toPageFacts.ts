import type { PageFacts } from '../../model/session.ts'
import { toSession } from '../../model/toSession.ts'
import type { AssignedFacts } from '../segments/createAssignedFacts.ts'
import type { StoredSession } from '../sessionStore.ts'

/** Of what stands for a kind of browser or device pages have no use: they are told with every answer. */
const withoutFingerprint = <T extends { fingerprint?: string }>({ fingerprint: _fingerprint, ...rest }: T): Omit<T, 'fingerprint'> => rest

/** What a page may know of its session: of the whereabouts the country alone, and never an address or a trait; of segments the ids. */
export const toPageFacts = ({ state, facts }: StoredSession, assigned: AssignedFacts = {}): PageFacts => {
  const { shortId, browser, device, geolocation, divisionIds, mktCampaign } = facts
  const { referrer, authenticated } = toSession(state, facts, { now: state.activeAt })
  const short = [
    ...(assigned.segmentAssignments ?? []).map(({ segment }) => `:${segment.id}:segment`),
    ...(assigned.outcomeAchievements ?? []).map(({ outcome }) => `:${outcome.id}:outcome`),
  ]
  const { country, countryName } = geolocation ?? {}
  return {
    id: state.id,
    ...(shortId && { shortId }),
    ...(browser && { browser: withoutFingerprint(browser) }),
    ...(device && { device: withoutFingerprint(device) }),
    ...(country && { geolocation: { country, ...(countryName && { countryName }) } }),
    ...(referrer && { referrer }),
    ...(mktCampaign && { mktCampaign }),
    authenticated,
    ...(divisionIds && { divisionIds }),
    ...assigned,
    ...(short.length && { assigned: short }),
  }
}
