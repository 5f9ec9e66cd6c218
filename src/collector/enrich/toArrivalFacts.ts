import type { Campaign, SessionStart } from '../../model/event.ts'
import type { SessionState } from '../../model/reduceSession.ts'
import type { SessionFacts } from '../../model/session.ts'
import { toSiteCampaign } from '../../model/siteCampaign.ts'
import { parseUrl } from '../../model/url.ts'
import { isOwnHost } from '../settings/origins.ts'
import type { Site } from '../site.ts'
import type { NameReferrer } from './referrers/createReferrerNames.ts'

/**
 * The page of the site itself that led to a visitor's first session: it was seen while nothing could be told, e.g. before the visitor's
 * consent. What brought the visitor there may stand in its address.
 */
const pageBefore = ({ start, entryPage }: SessionState, { origins }: Site): string | undefined => {
  if (start?.index !== 1 || !start.referrer) return undefined
  const { hostname } = parseUrl(start.referrer)
  return isOwnHost(origins, hostname) || (entryPage && parseUrl(entryPage.value.url).hostname === hostname) ? start.referrer : undefined
}

const campaignOf = (state: SessionState, site: Site): Campaign | undefined => {
  const { start, entryPage } = state
  const found = site.campaign && toSiteCampaign({ url: entryPage?.value.url ?? '', campaign: start?.campaign }, site.campaign)
  if (found ?? start?.campaign) return found
  const before = pageBefore(state, site)
  return before === undefined ? undefined : toSiteCampaign({ url: before }, site.campaign ?? {})
}

/** Works out where a session came from: its named referrer, and its campaign where the site says how campaigns are read. */
export type ToArrivalFacts = (state: SessionState, site: Site) => Pick<SessionFacts, 'referrer' | 'mktCampaign'>

/**
 * Creates the function; what it says depends on the session alone, not on the order in which its events came. What it has said of a
 * session it says again without working it out, as long as the session goes on where it began.
 */
export const createToArrivalFacts = (nameReferrer: NameReferrer): ToArrivalFacts => {
  const known = new WeakMap<SessionStart, { entryPage: SessionState['entryPage']; site: Site; said: ReturnType<ToArrivalFacts> }>()

  const workOut = (start: SessionStart, state: SessionState, site: Site): ReturnType<ToArrivalFacts> => {
    const { entryPage } = state
    const mktCampaign = campaignOf(state, site)
    const campaign = mktCampaign ? { ...start.campaign, ...mktCampaign } : start.campaign
    const referrer = nameReferrer({ start: campaign ? { ...start, campaign } : start, entryPage }, site)
    return { ...(mktCampaign && { mktCampaign }), ...(referrer && { referrer }) }
  }

  return (state, site) => {
    const { start, entryPage } = state
    if (!start) return {}
    const before = known.get(start)
    if (before && before.entryPage === entryPage && before.site === site) return before.said
    const said = workOut(start, state, site)
    known.set(start, { entryPage, site, said })
    return said
  }
}
