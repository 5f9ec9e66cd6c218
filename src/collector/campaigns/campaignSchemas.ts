import { sessionSchema } from '../../model/schema.ts'
import { campaignFields } from '../../model/campaignParameters.ts'
import { linkMistakes } from './findLinkMistakes.ts'

const text = { type: 'string' } as const
const count = { type: 'integer', minimum: 0 } as const
const counts = { sessions: count, pageviews: count, outcomes: { ...count, description: 'Outcomes that those sessions have achieved.' } } as const

const { mktCampaign, referrer } = sessionSchema.properties

const listOf = (items: object) => ({
  type: 'object',
  properties: { entities: { type: 'array', items }, nextUri: { ...text, description: 'Leads to the next page; absent on the last one.' } },
  required: ['entities'],
})

const day = { type: 'object', properties: { date: { ...text, format: 'date' }, ...counts }, required: ['date', ...Object.keys(counts)] }

const campaign = {
  type: 'object',
  description: 'What came of a campaign. What its links leave open is empty.',
  properties: {
    site: text,
    name: text,
    source: { ...text, description: 'The network of the click identifier where nothing names the source.' },
    medium: text,
    ...counts,
    days: { type: 'array', description: 'Days on which it has led to anything, the oldest first.', items: day },
  },
  required: ['site', 'name', 'source', 'medium', ...Object.keys(counts), 'days'],
}

const touch = {
  type: 'object',
  properties: {
    sessionId: { ...text, format: 'uuid' },
    date: { ...text, format: 'date-time', description: 'When the session began that it has opened.' },
    mktCampaign,
    referrer,
    url: { ...text, description: 'The first page of that session.' },
  },
  required: ['sessionId', 'date'],
}

const touches = {
  first: { ...touch, description: 'The first thing that has brought the visitor.' },
  last: { ...touch, description: 'The newest one, of this session or one before.' },
  session: { ...touch, description: 'What has opened this session; absent where nothing outside the site has.' },
}

const site = {
  type: 'object',
  properties: {
    id: text,
    origins: { type: 'array', items: text },
    campaign: { type: 'object', description: 'As it stands in the configuration.' },
    pageOptions: { type: 'object', description: 'What its pages are told with the script.' },
  },
  required: ['id', 'origins', 'pageOptions'],
}

/** Schemas that the paths about campaigns refer to. */
export const campaignSchemas = {
  CampaignList: listOf(campaign),
  CheckedLanding: {
    type: 'object',
    properties: {
      site: text,
      url: { ...text, description: 'The address as it would be kept.' },
      mktCampaign,
      referrer,
      searchTerms: { type: 'array', items: text },
      campaignReasons: {
        type: 'array',
        items: { type: 'object', properties: { field: { enum: campaignFields }, value: text, because: text }, required: ['field', 'value', 'because'] },
      },
      referrerReason: text,
      mistakes: { type: 'array', items: { type: 'object', properties: { code: { enum: linkMistakes }, text }, required: ['code', 'text'] } },
    },
    required: ['site', 'url', 'searchTerms', 'campaignReasons', 'referrerReason', 'mistakes'],
  },
  SiteList: listOf(site),
  Touches: { type: 'object', description: 'What has brought the visitor. Only where one session is asked for.', properties: touches },
  VisitorTouchesList: listOf({ type: 'object', properties: { site: text, visitorId: { ...text, format: 'uuid' }, ...touches }, required: ['site', 'visitorId'] }),
}
