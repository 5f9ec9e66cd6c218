import { readCampaign } from './campaign.ts'
import { clickIds } from './clickIds.ts'
import type { LandingCampaign } from './event.ts'

/** Media of links that somebody pays for: by click, view, action or share, or as a placement. */
const paidMedium = /^(cp[acmptv]|ppc|ppv|retargeting|remarketing|display|banner|expandable|interstitial|affiliates?|sponsored|ads?|.*paid.*)$/i

/** True when the click identifier of a campaign, or its medium, says that the visit was paid for. */
export const isPaid = (campaign: LandingCampaign): boolean => {
  const { medium = '', clickIdParameter = '' } = readCampaign(campaign)
  const clickId = Object.hasOwn(clickIds, clickIdParameter) ? clickIds[clickIdParameter] : undefined
  return [medium, clickId?.medium ?? ''].some(each => paidMedium.test(each) && !/unpaid/i.test(each))
}
