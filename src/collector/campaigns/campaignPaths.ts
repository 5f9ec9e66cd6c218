import { inQuery, jsonAnswer, paging, refer, refusals, secured } from '../http/openapiAnswers.ts'
import { dayLimits } from './parseCampaignQuery.ts'

const list = (summary: string, name: string) => ({ summary, security: secured, responses: { 200: { description: 'The list.', ...jsonAnswer(refer(name)) }, ...refusals('invalid-api-key') } })

/** What can be asked for about campaigns. */
export const campaignPaths = {
  '/v1/campaigns': {
    get: {
      summary: 'List what campaigns have led to, those with the most sessions first',
      description: `By name, source and medium, over whole days (UTC); sessions count for the day on which they began. At most ${dayLimits.most} days.`,
      security: secured,
      parameters: [
        inQuery('site', 'Id of the site.'),
        inQuery('from', `Instant on the first day: ISO 8601, or milliseconds since 1970. Default: ${dayLimits.usual} days with the last one.`),
        inQuery('to', 'Instant after the last day. Default: now.'),
        ...paging,
      ],
      responses: { 200: { description: 'A page of the list.', ...jsonAnswer(refer('CampaignList')) }, ...refusals('invalid-query', 'invalid-api-key') },
    },
  },
  '/v1/campaigns/landing': {
    get: {
      summary: 'Say what a visit would count as, and why',
      description: 'Nothing is kept of it.',
      security: secured,
      parameters: [
        { ...inQuery('site', 'Id of the site.'), required: true },
        { ...inQuery('url', 'Address of the first page.'), required: true },
        inQuery('referrer', 'Page that leads there. Default: none.'),
      ],
      responses: { 200: { description: 'What it would count as.', ...jsonAnswer(refer('CheckedLanding')) }, ...refusals('invalid-query', 'invalid-api-key') },
    },
  },
  '/v1/visitors/{id}/touches': {
    get: {
      summary: 'Say what has brought a visitor: first, last, and to the newest session',
      description: 'By site. Pages of the site itself, and services that visitors pass through to pay or to sign in, bring nobody.',
      security: secured,
      parameters: [{ name: 'id', in: 'path', required: true, description: 'The visitor id: a browser.', schema: { type: 'string', format: 'uuid' } }, inQuery('site', 'Only at this site.')],
      responses: { 200: { description: 'The touches; none for whom nobody knows.', ...jsonAnswer(refer('VisitorTouchesList')) }, ...refusals('invalid-query', 'invalid-api-key') },
    },
  },
  '/v1/sites': { get: list('List the sites, and how they read campaigns', 'SiteList') },
}
