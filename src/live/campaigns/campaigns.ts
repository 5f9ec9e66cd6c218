import type { Campaign } from '../../model/event.ts'
import type { Referrer } from '../../model/referrer.ts'
import type { SiteCampaign } from '../../model/siteCampaign.ts'

/** What a campaign has led to. */
export interface CampaignNumbers {
  sessions: number
  pageviews: number
  outcomes: number
}

/** A day as `2026-08-01`, UTC. */
export interface CampaignDay extends CampaignNumbers {
  date: string
}

/** A campaign as the collector lists it. */
export interface ListedCampaign extends CampaignNumbers {
  site: string
  name: string
  source: string
  medium: string
  days: CampaignDay[]
}

/** A page of campaigns. */
export interface CampaignPage {
  entities: ListedCampaign[]
  nextUri?: string
}

/** A site, and how it reads campaigns. */
export interface ConfiguredSite {
  id: string
  origins: string[]
  campaign?: SiteCampaign
}

/** What the collector says of a link. */
export interface CheckedLanding {
  url: string
  mktCampaign?: Campaign
  referrer?: Referrer
  searchTerms: string[]
  campaignReasons: { field: string; value: string; because: string }[]
  referrerReason: string
  mistakes: { code: string; text: string }[]
}

/** A link that is being looked at. */
export type LinkCheck = { phase: 'checking' } | { phase: 'done'; landing: CheckedLanding } | { phase: 'failed'; message: string }

/** Where links are looked at: the one that is built, and one that was pasted. */
export type CheckPlace = 'built' | 'pasted'

/** Which campaigns are wanted: of all sites where none is named, and of so many days with today. */
export interface CampaignChoice {
  site: string
  days: number
}

/** Everything that the page about campaigns shows. */
export interface Campaigns {
  phase: 'idle' | 'loading' | 'ready' | 'failed'
  choice: CampaignChoice
  list: ListedCampaign[]
  nextUri?: string
  message?: string
  /** Absent until they are loaded. */
  sites?: ConfiguredSite[]
  checks: Partial<Record<CheckPlace, LinkCheck>>
}

/** What happens there. */
export type CampaignAction =
  | { type: 'campaignChoiceChanged'; choice: Partial<CampaignChoice> }
  | { type: 'campaignsLoading' }
  | { type: 'campaignsLoaded'; page: CampaignPage; isNext: boolean }
  | { type: 'campaignsFailed'; message: string }
  | { type: 'sitesLoaded'; sites: ConfiguredSite[] }
  | { type: 'linkChecked'; place: CheckPlace; check?: LinkCheck }

/** Before anything is asked for. */
export const noCampaigns: Campaigns = { phase: 'idle', choice: { site: '', days: 30 }, list: [], checks: {} }

/** Tells campaigns apart. */
export const toCampaignKey = ({ site, name, source, medium }: Omit<ListedCampaign, keyof CampaignNumbers | 'days'>): string => JSON.stringify([site, name, source, medium])

const addOnce = (known: ListedCampaign[], added: ListedCampaign[]): ListedCampaign[] => {
  const keys = new Set(known.map(toCampaignKey))
  return [...known, ...added.filter(campaign => !keys.has(toCampaignKey(campaign)))]
}

const changeChecks = ({ checks, ...state }: Campaigns, { place, check }: { place: CheckPlace; check?: LinkCheck }): Campaigns => {
  const { [place]: _before, ...others } = checks
  return { ...state, checks: { ...others, ...(check && { [place]: check }) } }
}

/** Folds what happens to the page about campaigns. */
export const reduceCampaigns = (state: Campaigns, action: CampaignAction): Campaigns => {
  const { message: _message, nextUri: _nextUri, ...rest } = state
  switch (action.type) {
    case 'campaignChoiceChanged':
      return { ...rest, choice: { ...state.choice, ...action.choice }, list: [] }
    case 'campaignsLoading':
      return { ...state, phase: 'loading' }
    case 'campaignsLoaded': {
      const { entities, nextUri } = action.page
      return { ...rest, phase: 'ready', list: action.isNext ? addOnce(state.list, entities) : entities, ...(nextUri && { nextUri }) }
    }
    case 'campaignsFailed':
      return { ...state, phase: 'failed', message: action.message }
    case 'sitesLoaded':
      return { ...state, sites: action.sites }
    case 'linkChecked':
      return changeChecks(state, action)
  }
}
