import { parseCampaign } from '../../model/campaign.ts'
import { describeCampaign } from '../../model/clickIds.ts'
import type { Campaign, LandingCampaign } from '../../model/event.ts'
import { findCampaign } from '../../model/findCampaign.ts'
import { toSiteCampaign, type CampaignRule, type SiteCampaign } from '../../model/siteCampaign.ts'
import { campaignFields, campaignParameters, clickIdParameters } from '../../model/campaignParameters.ts'

/** A field of a campaign, and where its value is from, in words. */
export interface CampaignReason {
  field: keyof Campaign
  value: string
  because: string
}

export interface ExplainOptions {
  /** The address as the page sees it. */
  url: string
  /** The address as it is kept: what rules look at. */
  keptUrl: string
  /** How the site reads campaigns. */
  campaign: SiteCampaign
}

/** What one parameter alone would give a field. Asked of the one function that reads campaigns, so what is said here is what it does. */
const readAlone = (url: string, field: keyof Campaign, name: string): string | undefined => {
  const { clickIdParameter, ...alone } = parseCampaign(url, { utm: false, parameters: { [field]: name } }) ?? {}
  return field === 'clickId' && clickIdParameter !== undefined ? undefined : alone[field]
}

/** What a page finds in an address, as an address: alone, and what stands before the `#` of it. */
const findTags = (url: string, campaign: SiteCampaign): Record<'whole' | 'query', string> => {
  const find = (address: string): string => `tags:?${findCampaign(address, campaign)?.tags ?? ''}`
  return { whole: find(url), query: find(url.replace(/#.*/s, '')) }
}

const explainTags = ({ whole, query }: ReturnType<typeof findTags>, campaign: SiteCampaign): Map<keyof Campaign, string> =>
  new Map(
    campaignFields.flatMap(field => {
      const name = campaignParameters(campaign, field).find(each => readAlone(whole, field, each) !== undefined)
      const place = name !== undefined && readAlone(query, field, name) === undefined ? ', after the #' : ''
      return name === undefined ? [] : [[field, `the parameter ${name}${place}`] as const]
    }),
  )

const explainClickId = (url: string, { clickIdParameter }: LandingCampaign, campaign: SiteCampaign): string => {
  const name = clickIdParameter ?? clickIdParameters(campaign).find(each => readAlone(url, 'clickId', each) !== undefined)
  return `the click identifier ${name}`
}

const describeRule = ({ when: { host, path, parameters = {} }, always }: CampaignRule, i: number): string => {
  const conditions = [...(host ? [`host ${host}`] : []), ...(path ? [`path ${path}`] : []), ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`)]
  return `rule ${i + 1} of the site (${conditions.join(', ')})${always ? ', whatever the link says' : ''}`
}

/**
 * Says of each field of a landing page's campaign where it is from: a parameter, a click identifier, or a rule. It is found out by asking
 * the functions that read campaigns again with less: so it cannot say anything else than they do.
 */
export const explainCampaign = ({ url, keptUrl, campaign }: ExplainOptions): CampaignReason[] => {
  const found = findTags(url, campaign)
  const read = parseCampaign(found.whole, campaign) ?? {}
  const tags = explainTags(found, campaign)
  const reasons = new Map<keyof Campaign, string>(tags)
  for (const field of campaignFields) if (describeCampaign(read)?.[field] !== undefined && !tags.has(field)) reasons.set(field, explainClickId(found.whole, read, campaign))

  const { rules = [], lowercase = [], ...reading } = campaign
  const apply = (some: CampaignRule[], more: SiteCampaign = {}): Campaign => toSiteCampaign({ url: keptUrl, campaign: { ...read, tags: found.whole.slice('tags:?'.length) } }, { ...reading, rules: some, ...more }) ?? {}
  rules.forEach((rule, i) => {
    const [before, after] = [apply(rules.slice(0, i)), apply(rules.slice(0, i + 1))]
    for (const field of campaignFields) if (before[field] !== after[field]) reasons.set(field, describeRule(rule, i))
  })
  const [mixed, complete] = [apply(rules), apply(rules, { lowercase })]
  return campaignFields.flatMap(field => {
    const value = complete[field]
    const because = reasons.get(field) ?? 'the address'
    return value === undefined ? [] : [{ field, value, because: value === mixed[field] ? because : `${because}, in lower case` }]
  })
}
