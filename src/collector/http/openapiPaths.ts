import { actionPaths } from '../actions/actionPaths.ts'
import { campaignPaths } from '../campaigns/campaignPaths.ts'
import { inQuery, jsonAnswer, paging, refer, refusals, secured } from './openapiAnswers.ts'
import { conversationPaths } from '../conversations/conversationPaths.ts'
import { analyticsPaths } from '../dialects/genesysAnalytics/analyticsPaths.ts'
import { deploymentPaths } from '../dialects/genesysJourney/deploymentPaths.ts'
import { journeyDefinitionPaths } from '../dialects/genesysJourney/journeyDefinitionPaths.ts'
import { journeyPaths } from '../dialects/genesysJourney/journeyPaths.ts'
import { syllablePaths } from '../dialects/syllable/syllablePaths.ts'
import { vapiPaths } from '../dialects/vapi/vapiPaths.ts'
import { identityPaths } from '../identity/identityPaths.ts'
import { listedTypes, statuses } from '../reading/parseQuery.ts'
import { schemaDocuments } from './schemaDocuments.ts'
import { definitionPaths } from '../segments/definitionPaths.ts'

const script = (summary: string) => ({ get: { summary, responses: { 200: { description: 'JavaScript.', content: { 'text/javascript': {} } } } } })

const filters = [
  inQuery('type', '`visit`: those of pages and apps alone. `conversation`: calls and chats alone. Default: both.', { enum: listedTypes }),
  inQuery('site', 'Id of the site.'),
  inQuery('status', '`live` is everything but `ended`.', { enum: statuses }),
  inQuery('shortId', 'What the visitor reads out.', { type: 'string', pattern: '^[0-9]{4,6}$' }),
  inQuery('customerId', 'Who the visitor is, as the page said by `identify`.'),
  inQuery('visitorId', 'The browser.', { type: 'string', format: 'uuid' }),
  inQuery('from', 'Created at that instant or later: ISO 8601, or milliseconds since 1970.'),
  inQuery('to', 'Created before that instant.'),
]

const sessionId = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }

const page = (description: string) => ({ responses: { 200: { description, content: { 'text/html': {} } } } })

/** What can be asked for, by path and method. */
export const openapiPaths = {
  '/v1/events': {
    post: {
      summary: 'Take a batch of events',
      description: 'Public, by site. The body is JSON, plain or gzip, also as text/plain: then browsers need no preflight.',
      security: [],
      requestBody: { required: true, content: { 'application/json': { schema: refer('Batch') }, 'text/plain': { schema: refer('Batch') } } },
      responses: {
        200: { description: 'The batch is durable.', ...jsonAnswer(refer('BatchResult')) },
        ...refusals(
          ...(['malformed-gzip', 'malformed-text', 'malformed-json', 'too-deep', 'invalid-batch', 'no-valid-event'] as const),
          ...(['unknown-site', 'origin-not-allowed', 'body-too-slow', 'batch-too-large', 'unsupported-media-type'] as const),
          ...(['too-many-requests', 'busy', 'log-unavailable'] as const),
        ),
      },
    },
  },
  '/v1/sessions': {
    get: {
      summary: 'List Sessions, newest first',
      security: secured,
      parameters: [...filters, ...paging],
      responses: { 200: { description: 'A page of the list.', ...jsonAnswer(refer('SessionList')) }, ...refusals('invalid-query', 'invalid-api-key') },
    },
  },
  '/v1/sessions/{id}': {
    get: {
      summary: 'Get one Session, how completely its events have come, and what has brought its visitor',
      security: secured,
      parameters: [sessionId],
      responses: { 200: { description: 'The Session.', ...jsonAnswer(refer('Session')) }, ...refusals('invalid-api-key', 'session-not-found') },
    },
  },
  '/v1/sessions/{id}/events': {
    get: {
      summary: 'List the events of a Session, oldest first',
      security: secured,
      parameters: [sessionId, ...paging],
      responses: {
        200: { description: 'A page of the list.', ...jsonAnswer(refer('EventList')) },
        ...refusals('invalid-query', 'invalid-api-key', 'session-not-found'),
      },
    },
  },
  '/v1/live': {
    get: {
      summary: 'Hear of every change of a Session',
      description:
        'Server-sent events of the type `session`, with the Session as `data`, that of a conversation, too; and of the type `removed`, with `site` and `id` of one that is no more. A client that reads too slowly is dropped.',
      security: secured,
      parameters: [inQuery('site', 'Id of the site.')],
      responses: { 200: { description: 'The stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } }, ...refusals('invalid-query', 'invalid-api-key') },
    },
  },
  ...campaignPaths,
  ...identityPaths,
  ...definitionPaths,
  ...conversationPaths,
  ...actionPaths,
  ...vapiPaths,
  ...analyticsPaths,
  ...journeyPaths,
  ...deploymentPaths,
  ...journeyDefinitionPaths,
  ...syllablePaths,
  '/v1/openapi.json': { get: { summary: 'This document', responses: { 200: { description: 'OpenAPI 3.1.', ...jsonAnswer({ type: 'object' }) } } } },
  '/v1/schemas/{name}': {
    get: {
      summary: 'JSON Schemas of batch, event, Session and the models of other vendors',
      parameters: [{ name: 'name', in: 'path', required: true, schema: { enum: Object.keys(schemaDocuments) } }],
      responses: { 200: { description: 'The schema.', ...jsonAnswer({ type: 'object' }, 'application/schema+json') }, ...refusals('not-found') },
    },
  },
  '/healthz': { get: { summary: 'Tell that the process lives', responses: { 200: { description: 'It does.', ...jsonAnswer({ type: 'object' }) } } } },
  '/readyz': {
    get: {
      summary: 'Tell whether batches are taken and Sessions made',
      responses: { 200: { description: 'They are.', ...jsonAnswer(refer('Readiness')) }, ...refusals('not-ready') },
    },
  },
  '/metrics': { get: { summary: 'Metrics for Prometheus', responses: { 200: { description: 'Text format.', content: { 'text/plain': {} } } } } },
  '/sojourn.js': {
    get: {
      summary: 'The tracker, with the options that sites have in the configuration',
      parameters: [inQuery('site', 'Id of a site: with its options alone, and not with those of all sites.')],
      responses: { 200: { description: 'JavaScript.', content: { 'text/javascript': {} } }, 304: { description: 'It is the one with that `ETag` still.' } },
    },
  },
  '/sojourn-session.js': script('What the tracker fetches when a page asks for its Session'),
  '/sojourn-links.js': script('What the tracker fetches where visits go on over several hosts'),
  '/sojourn-check.js': script('What the tracker fetches when its options are wrong'),
  '/sojourn-message.js': script('What the tracker fetches when somebody listens to what goes wrong'),
  '/sojourn-history.js': script('What the tracker fetches where a browser has no Navigation API'),
  '/sojourn-lease.js': script('What the tracker fetches in browsers without Web Locks'),
  '/sojourn-sources.js': script('What the script fetches where the configuration of its site has switched on more than pageviews'),
  '/': { get: { summary: 'The live page', ...page('HTML.') } },
  '/demo/{path}': {
    get: {
      summary: 'The demo, while it is on',
      parameters: [{ name: 'path', in: 'path', required: true, schema: { type: 'string' } }],
      ...page('A file of the demo.'),
    },
  },
}
