import type { Session } from '../model/session.ts'

/** What brought the visitor. */
export interface Source {
  kind: 'campaign' | 'referrer' | 'direct'
  text: string
  /** The finer point: source and medium of a campaign, medium of a referrer. */
  detail?: string
}

const join = (parts: (string | undefined)[]): string => parts.filter(Boolean).join(' / ')

/** Puts the campaign, else the referrer, in words. */
export const describeSource = ({ mktCampaign: campaign, referrer }: Pick<Session, 'mktCampaign' | 'referrer'>): Source => {
  if (campaign) {
    const origin = join([campaign.source, campaign.medium])
    const text = campaign.name || origin || campaign.network || campaign.clickId || 'Campaign'
    return { kind: 'campaign', text, ...(origin && origin !== text && { detail: origin }) }
  }
  if (referrer && referrer.medium !== 'internal') {
    const text = referrer.name || referrer.domain || referrer.url
    return { kind: 'referrer', text, ...(referrer.medium !== 'unknown' && { detail: referrer.medium }) }
  }
  return { kind: 'direct', text: 'Direct' }
}
