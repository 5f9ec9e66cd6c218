import { limits } from './limits.ts'
import { campaignSchema, shapeBlank, shapeCount, shapeText, shapes } from './shapes.ts'

/** `__proto__` is no name: it means something else to JavaScript than to JSON. */
const attributeName = { type: 'string', minLength: 1, maxLength: limits.attributeName, pattern: '^(?!__proto__$)' } as const

const traits = {
  type: 'object',
  maxProperties: limits.attributes,
  propertyNames: attributeName,
  additionalProperties: { type: ['string', 'number', 'boolean'], maxLength: limits.attributeValue },
} as const

const attributes = {
  type: 'object',
  maxProperties: limits.attributes,
  propertyNames: attributeName,
  additionalProperties: {
    type: ['string', 'number', 'boolean', 'array'],
    maxLength: limits.attributeValue,
    maxItems: limits.listValues,
    items: { type: ['string', 'number', 'boolean'], maxLength: limits.attributeValue },
  },
} as const

const searchTerms = { type: 'array', maxItems: limits.searchTerms, items: shapeText(limits.searchTerm) } as const

const page = {
  type: 'object',
  properties: {
    url: shapes.url,
    title: shapeBlank(limits.title),
    referrer: shapeBlank(limits.url),
    lang: shapeBlank(limits.name),
    keywords: shapeBlank(limits.keywords),
    breadcrumb: { type: 'array', maxItems: limits.breadcrumbs, items: shapeBlank(limits.name) },
  },
  required: ['url'],
  additionalProperties: false,
} as const

const customer = {
  type: 'object',
  properties: { id: shapes.name, type: shapes.name },
  required: ['id', 'type'],
  additionalProperties: false,
} as const

const seconds = { type: 'number', exclusiveMinimum: 0, maximum: limits.seconds } as const

/** Waiting times of a session. */
export const rulesSchema = {
  type: 'object',
  properties: {
    idleAfterSeconds: seconds,
    awayAfterSeconds: seconds,
    leaveGraceSeconds: seconds,
    sessionTimeoutSeconds: seconds,
    sessionMaxSeconds: seconds,
  },
  additionalProperties: false,
} as const

/** A name of a parameter, or several. */
const parameterNames = { type: ['string', 'array'], maxLength: limits.name, maxItems: limits.ownParameters, items: shapes.name } as const

const campaignOptions = {
  type: 'object',
  properties: {
    parameters: {
      type: 'object',
      properties: Object.fromEntries(Object.keys(campaignSchema.properties).map(field => [field, parameterNames])),
      additionalProperties: false,
    },
    utm: shapes.flag,
    clickIds: {
      type: 'object',
      maxProperties: limits.ownParameters,
      propertyNames: { ...attributeName, maxLength: limits.name },
      additionalProperties: {
        type: 'object',
        properties: { network: shapes.name, source: shapes.name, medium: shapes.name },
        required: ['network'],
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const

const start = {
  type: 'object',
  properties: {
    type: shapes.name,
    index: { type: 'integer', minimum: 1, maximum: limits.sessionIndex },
    previous: shapes.id,
    referrer: shapes.url,
    campaign: { ...campaignSchema, properties: { ...campaignSchema.properties, clickIdParameter: shapes.name, tags: shapeText(limits.campaignTags), options: campaignOptions } },
    customer,
    rules: rulesSchema,
  },
  required: ['type', 'index'],
  additionalProperties: false,
} as const

const base = {
  id: shapes.id,
  at: shapes.instant,
  session: shapes.id,
  seq: shapeCount(limits.seq),
  tab: { type: 'string', pattern: '^[A-Za-z0-9-]+$', maxLength: limits.tab },
  idle: shapes.milliseconds,
  away: shapes.milliseconds,
  start,
  page,
  screen: shapes.name,
} as const

const required = ['id', 'type', 'at', 'session', 'seq', 'tab'] as const

/** JSON Schema of each type of event. */
export const eventSchemas = {
  pageview: {
    type: 'object',
    properties: { ...base, type: { const: 'pageview' }, attributes, searchTerms, searchParameters: { type: 'array', maxItems: limits.ownParameters, items: shapes.name } },
    required,
    additionalProperties: false,
  },
  screenview: {
    type: 'object',
    properties: { ...base, type: { const: 'screenview' }, attributes },
    required: [...required, 'screen'],
    additionalProperties: false,
  },
  custom: {
    type: 'object',
    properties: {
      ...base,
      type: { const: 'custom' },
      eventName: { type: 'string', pattern: '^[A-Za-z0-9_-]+$', maxLength: limits.name },
      attributes,
      searchTerms,
    },
    required: [...required, 'eventName'],
    additionalProperties: false,
  },
  identify: {
    type: 'object',
    properties: { ...base, type: { const: 'identify' }, customer, traits, token: shapeText(limits.token) },
    required: [...required, 'customer'],
    additionalProperties: false,
  },
  activity: {
    type: 'object',
    properties: {
      ...base,
      type: { const: 'activity' },
      state: { enum: ['active', 'idle', 'away'] },
      activeAt: shapes.instant,
      visible: shapes.flag,
    },
    required: [...required, 'state'],
    additionalProperties: false,
  },
  end: {
    type: 'object',
    properties: { ...base, type: { const: 'end' }, reason: { enum: ['campaign', 'reset'] } },
    required: [...required, 'reason'],
    additionalProperties: false,
  },
} as const

/** JSON Schema of an event. Fields that it does not name are dropped by the collector. */
export const eventSchema = {
  oneOf: [
    eventSchemas.pageview,
    eventSchemas.screenview,
    eventSchemas.custom,
    eventSchemas.identify,
    eventSchemas.activity,
    eventSchemas.end,
  ],
} as const
