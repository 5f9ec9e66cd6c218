import { batchSchema, eventSchema, sessionSchema } from '../../model/schema.ts'
import { shapes } from '../../model/shapes.ts'
import { actionSchemas } from '../actions/actionSchemas.ts'
import { campaignSchemas } from '../campaigns/campaignSchemas.ts'
import { conversationSchemas } from '../conversations/conversationSchemas.ts'
import { identitySchemas } from '../identity/identityPaths.ts'
import { definitionSchemas } from '../segments/definitionSchemas.ts'
import { problems } from '../problem.ts'

const text = { type: 'string' } as const
const count = { type: 'integer', minimum: 0 } as const

const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` }) as const

const listOf = (name: string) => ({
  type: 'object',
  properties: { entities: { type: 'array', items: refer(name) }, nextUri: { ...text, description: 'Leads to the next page; absent on the last one.' } },
  required: ['entities'],
})

const { browser, device, geolocation, referrer, mktCampaign, divisionIds, shortId, segmentAssignments, outcomeAchievements } = sessionSchema.properties

/** A Session as it is served. */
const session = {
  ...sessionSchema,
  properties: {
    ...sessionSchema.properties,
    site: { ...text, description: 'Id of the site.' },
    delivery: refer('Delivery'),
    touches: refer('Touches'),
  },
}

/** Schemas that the paths refer to. */
export const openapiSchemas = {
  Batch: batchSchema,
  Event: eventSchema,
  BatchResult: {
    type: 'object',
    properties: {
      accepted: { ...count, description: 'Events that are durable in the event log.' },
      duplicates: { ...count, description: 'Events that stood in the batch again. What came before in another one is found later, and counts once all the same.' },
      rejected: {
        type: 'array',
        items: {
          type: 'object',
          properties: { id: { type: ['string', 'null'] }, reason: { ...text, description: 'Names the field and what was expected.' } },
          required: ['id', 'reason'],
        },
      },
      session: refer('PageFacts'),
    },
    required: ['accepted', 'duplicates', 'rejected'],
  },
  PageFacts: {
    type: 'object',
    description: 'What a page may know of its session.',
    properties: {
      ...{ id: shapes.id, shortId, browser, device, geolocation, referrer, mktCampaign, authenticated: shapes.flag, divisionIds },
      ...{ segmentAssignments, outcomeAchievements, assigned: shapes.texts },
    },
    required: ['id'],
  },
  Session: session,
  ExportedSession: {
    ...session,
    description: 'A Session with its events.',
    properties: { ...session.properties, events: { type: 'array', items: refer('ServedEvent') } },
  },
  Delivery: {
    type: 'object',
    description: 'How completely the events of the session have come. Only where one session is asked for.',
    properties: {
      received: count,
      missing: { ...count, description: 'Numbers missing before the highest of each tab: under way, or lost. Those given up are among them.' },
      duplicates: { ...count, description: 'Events that came again.' },
      lost: { type: 'object', additionalProperties: count, description: 'Events that the page has given up, by reason.' },
    },
    required: ['received', 'missing', 'duplicates'],
  },
  ServedEvent: {
    description: 'An event as it was sent; `at` is repaired where the clock of the page was wrong.',
    type: 'object',
    properties: {
      id: shapes.id,
      type: { enum: ['pageview', 'screenview', 'custom', 'identify', 'activity', 'end'] },
      at: shapes.instant,
      session: shapes.id,
      receivedAt: { ...shapes.instant, description: 'Clock of the collector, milliseconds since 1970.' },
      clientAt: { ...shapes.instant, description: 'What the clock of the page said, where `at` was repaired.' },
      foreign: { ...text, description: 'What was sent in another vendor’s words beside what an event has, as JSON.' },
    },
    required: ['id', 'type', 'at', 'session', 'receivedAt'],
  },
  ...definitionSchemas,
  ...campaignSchemas,
  ...identitySchemas,
  ...conversationSchemas,
  ...actionSchemas,
  SessionList: {
    ...listOf('Session'),
    properties: { ...listOf('Session').properties, entities: { type: 'array', items: { anyOf: [refer('Session'), refer('Conversation')] } } },
  },
  EventList: listOf('ServedEvent'),
  Readiness: {
    type: 'object',
    properties: { status: { const: 'ready' }, log: count, projection: count },
    required: ['status', 'log', 'projection'],
  },
  Problem: {
    type: 'object',
    description: 'RFC 9457.',
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      code: { enum: Object.keys(problems) },
      detail: { ...text, description: 'What was wrong with this request.' },
    },
    required: ['type', 'title', 'status', 'code'],
  },
}
