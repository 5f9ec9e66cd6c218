import { eventSchema } from './eventSchema.ts'
import { limits } from './limits.ts'
import { appSchema, librarySchema, networkConnectivitySchema, shapeBlank, shapeCount, shapes } from './shapes.ts'

const brands = {
  type: 'array',
  maxItems: limits.brands,
  items: {
    type: 'object',
    properties: { brand: shapeBlank(limits.name), version: shapeBlank(limits.name) },
    required: ['brand', 'version'],
    additionalProperties: false,
  },
} as const

const context = {
  type: 'object',
  properties: {
    userAgent: shapeBlank(limits.userAgent),
    userAgentData: {
      type: 'object',
      properties: {
        brands,
        fullVersionList: brands,
        mobile: shapes.flag,
        platform: shapeBlank(limits.name),
        platformVersion: shapeBlank(limits.name),
        architecture: shapeBlank(limits.name),
        model: shapeBlank(limits.name),
      },
      additionalProperties: false,
    },
    language: shapeBlank(limits.name),
    timezone: shapeBlank(limits.name),
    screen: {
      type: 'object',
      properties: { width: shapes.pixels, height: shapes.pixels, density: shapes.pixels },
      required: ['width', 'height', 'density'],
      additionalProperties: false,
    },
    viewport: {
      type: 'object',
      properties: { width: shapes.pixels, height: shapes.pixels },
      required: ['width', 'height'],
      additionalProperties: false,
    },
    browser: {
      type: 'object',
      properties: { family: shapeBlank(limits.name), version: shapeBlank(limits.name) },
      additionalProperties: false,
    },
    device: {
      type: 'object',
      properties: {
        category: { enum: ['desktop', 'mobile', 'tablet', 'other'] },
        type: shapeBlank(limits.name),
        isMobile: shapes.flag,
        fingerprint: shapeBlank(limits.name),
        osFamily: shapeBlank(limits.name),
        osVersion: shapeBlank(limits.name),
        manufacturer: shapeBlank(limits.name),
      },
      additionalProperties: false,
    },
    app: appSchema,
    networkConnectivity: networkConnectivitySchema,
  },
  additionalProperties: false,
} as const

const total = shapeCount(limits.instant)

const lost = {
  type: 'object',
  maxProperties: limits.batchEvents,
  propertyNames: shapes.id,
  additionalProperties: {
    type: 'object',
    properties: { cap: total, rejected: total, refused: total, storage: total, tooLarge: total },
    additionalProperties: false,
  },
} as const

const properties = {
  v: { const: 1 },
  site: shapes.name,
  sentAt: shapes.instant,
  visitor: { type: 'object', properties: { id: shapes.id }, required: ['id'], additionalProperties: false },
  library: librarySchema,
  context,
  lost,
  deferred: shapes.flag,
  wait: shapeCount(limits.wait),
} as const

const required = ['v', 'site', 'sentAt', 'visitor', 'library', 'context', 'events'] as const

/** JSON Schema of a batch but for what its events look like: one bad event is no reason to refuse the others. */
export const envelopeSchema = {
  type: 'object',
  properties: { ...properties, events: { type: 'array', minItems: 1, maxItems: limits.batchEvents } },
  required,
  additionalProperties: false,
} as const

/** JSON Schema of a batch, the body of `POST /v1/events`. Fields that it does not name are dropped by the collector. */
export const batchSchema = {
  type: 'object',
  properties: { ...properties, events: { type: 'array', minItems: 1, maxItems: limits.batchEvents, items: eventSchema } },
  required,
  additionalProperties: false,
} as const
