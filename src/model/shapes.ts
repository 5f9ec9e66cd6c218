import { limits } from './limits.ts'

/** A text, at least one character long. */
export const shapeText = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const

/** A text that may be empty. */
export const shapeBlank = (maxLength: number) => ({ type: 'string', maxLength }) as const

/** A whole number from 0 on. */
export const shapeCount = (maximum: number) => ({ type: 'integer', minimum: 0, maximum }) as const

/** JSON Schemas of what occurs in several places of the wire and of the Session. */
export const shapes = {
  name: shapeText(limits.name),
  url: shapeText(limits.url),
  id: { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$', description: 'A UUID in lower case.' },
  instant: { type: 'integer', minimum: 0, maximum: limits.instant, description: 'Milliseconds since 1970.' },
  milliseconds: shapeCount(limits.instant),
  pixels: { type: 'number', minimum: 0, maximum: limits.pixels },
  date: { type: 'string', format: 'date-time' },
  flag: { type: 'boolean' },
  texts: { type: 'array', items: { type: 'string' } },
} as const

/** Fields of a campaign. */
export const campaignSchema = {
  type: 'object',
  properties: {
    name: shapeText(limits.campaignValue),
    source: shapeText(limits.campaignValue),
    medium: shapeText(limits.campaignValue),
    term: shapeText(limits.campaignValue),
    content: shapeText(limits.campaignValue),
    clickId: shapeText(limits.campaignValue),
    network: shapeText(limits.campaignValue),
  },
  additionalProperties: false,
} as const

/** An installed app. */
export const appSchema = {
  type: 'object',
  properties: { name: shapes.name, namespace: shapes.name, version: shapes.name, buildNumber: shapes.name },
  required: ['name', 'namespace', 'version', 'buildNumber'],
  additionalProperties: false,
} as const

/** How a device is connected. */
export const networkConnectivitySchema = {
  type: 'object',
  properties: { carrier: shapes.name, bluetoothEnabled: shapes.flag, cellularEnabled: shapes.flag, wifiEnabled: shapes.flag },
  required: ['bluetoothEnabled', 'cellularEnabled', 'wifiEnabled'],
  additionalProperties: false,
} as const

/** Name and version of the library that sends. */
export const librarySchema = {
  type: 'object',
  properties: { name: shapes.name, version: shapes.name },
  required: ['name', 'version'],
  additionalProperties: false,
} as const
