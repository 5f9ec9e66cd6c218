import type { SessionState } from '../../model/reduceSession.ts'
import type { SessionFacts } from '../../model/session.ts'
import { toSiteCampaign } from '../../model/siteCampaign.ts'
import type { Site } from '../site.ts'
import type { NameReferrer } from './referrers/createReferrerNames.ts'

/** Works out where a session came from: its named referrer, and its campaign where the site says how campaigns are read. */
export type ToArrivalFacts = (state: SessionState, site: Site) => Pick<SessionFacts, 'referrer' | 'mktCampaign'>

/** Creates the function; what it says depends on the session alone, not on the order in which its events came. */
export const createToArrivalFacts =
  (nameReferrer: NameReferrer): ToArrivalFacts =>
  ({ start, entryPage }, site) => {
    if (!start) return {}
    const mktCampaign = site.campaign && toSiteCampaign({ url: entryPage?.value.url ?? '', campaign: start.campaign }, site.campaign)
    const campaign = mktCampaign ? { ...start.campaign, ...mktCampaign } : start.campaign
    const referrer = nameReferrer({ start: campaign ? { ...start, campaign } : start, entryPage }, site)
    return { ...(mktCampaign && { mktCampaign }), ...(referrer && { referrer }) }
  }
