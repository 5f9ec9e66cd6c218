import { appSchema, campaignSchema, librarySchema, networkConnectivitySchema, shapes } from './shapes.ts'

const text = { type: 'string' } as const
const count = { type: 'integer', minimum: 0 } as const
const whole = { type: 'integer' } as const
const decimal = { type: 'number' } as const
const { date, flag, texts } = shapes

const dataType = { enum: ['string', 'number', 'boolean'] } as const

const page = {
  type: 'object',
  properties: {
    url: text,
    title: text,
    domain: text,
    hostname: text,
    pathname: text,
    queryString: text,
    fragment: text,
    keywords: text,
    lang: text,
    breadcrumb: texts,
  },
  required: ['url', 'domain', 'hostname', 'pathname', 'breadcrumb'],
  additionalProperties: false,
} as const

const referrer = {
  type: 'object',
  properties: {
    url: text,
    domain: text,
    hostname: text,
    keywords: text,
    pathname: text,
    queryString: text,
    fragment: text,
    name: text,
    medium: { enum: ['internal', 'search', 'social', 'email', 'unknown', 'paid'] },
  },
  required: ['url', 'domain', 'hostname', 'pathname', 'medium'],
  additionalProperties: false,
} as const

const browser = {
  type: 'object',
  properties: {
    family: text,
    version: text,
    lang: text,
    fingerprint: text,
    isMobile: flag,
    viewHeight: whole,
    viewWidth: whole,
    featuresFlash: flag,
    featuresJava: flag,
    featuresPdf: flag,
    featuresWebrtc: flag,
  },
  required: ['family', 'version', 'featuresFlash', 'featuresJava', 'featuresPdf', 'featuresWebrtc'],
  additionalProperties: false,
} as const

const device = {
  type: 'object',
  properties: {
    category: { enum: ['desktop', 'mobile', 'tablet', 'other'] },
    type: text,
    isMobile: flag,
    screenHeight: whole,
    screenWidth: whole,
    screenDensity: whole,
    fingerprint: text,
    osFamily: text,
    osVersion: text,
    manufacturer: text,
  },
  required: ['category', 'type', 'isMobile', 'osFamily', 'osVersion'],
  additionalProperties: false,
} as const

const geolocation = {
  type: 'object',
  properties: {
    country: text,
    countryName: text,
    latitude: decimal,
    longitude: decimal,
    locality: text,
    postalCode: text,
    region: text,
    regionName: text,
    source: text,
    timezone: text,
  },
  additionalProperties: false,
} as const

const attributes = {
  type: 'object',
  additionalProperties: { type: 'object', properties: { dataType, value: text }, required: ['dataType', 'value'], additionalProperties: false },
} as const

const attributeLists = {
  type: 'object',
  additionalProperties: { type: 'object', properties: { dataType, values: texts }, required: ['dataType', 'values'], additionalProperties: false },
} as const

const reference = { type: 'object', properties: { id: text, selfUri: text }, required: ['id'], additionalProperties: false } as const

const segmentAssignments = {
  type: 'array',
  items: { type: 'object', properties: { segment: reference, assignedDate: date }, required: ['segment', 'assignedDate'], additionalProperties: false },
} as const

const associatedValue = {
  type: 'object',
  properties: { dataType: { enum: ['Number', 'Integer'] }, value: decimal },
  required: ['dataType', 'value'],
  additionalProperties: false,
} as const

const outcomeAchievements = {
  type: 'array',
  items: { type: 'object', properties: { outcome: reference, achievedDate: date, associatedValue }, required: ['outcome', 'achievedDate'], additionalProperties: false },
} as const

/** JSON Schema of a Session. */
export const sessionSchema = {
  type: 'object',
  properties: {
    id: shapes.id,
    type: text,
    createdDate: date,
    endedDate: date,
    status: { enum: ['active', 'idle', 'away', 'ended'] },
    customerId: text,
    customerIdType: text,
    visitorId: text,
    sessionIndex: count,
    previousSessionId: text,
    shortId: { type: 'string', pattern: '^[0-9]{4,6}$' },
    externalId: text,
    externalUrl: text,
    externalContact: { type: 'object', properties: { id: text, selfUri: text }, additionalProperties: false },
    divisionIds: texts,
    eventCount: count,
    pageviewCount: count,
    screenviewCount: count,
    lastEvent: {
      type: 'object',
      properties: { id: shapes.id, eventName: text, createdDate: date },
      required: ['id', 'eventName', 'createdDate'],
      additionalProperties: false,
    },
    entryPage: page,
    lastPage: page,
    lastScreen: text,
    durationInSeconds: count,
    engagement: {
      type: 'object',
      properties: { activeSeconds: count, idleSeconds: count, awaySeconds: count },
      required: ['activeSeconds', 'idleSeconds', 'awaySeconds'],
      additionalProperties: false,
    },
    idleDate: date,
    awayDate: date,
    mktCampaign: campaignSchema,
    referrer,
    searchTerms: texts,
    attributes,
    attributeLists,
    segmentAssignments,
    outcomeAchievements,
    browser,
    device,
    userAgentString: text,
    geolocation,
    ipAddress: text,
    ipOrganization: text,
    app: appSchema,
    sdkLibrary: librarySchema,
    networkConnectivity: networkConnectivitySchema,
    authenticated: flag,
    selfUri: text,
  },
  required: [
    'id',
    'type',
    'createdDate',
    'status',
    'eventCount',
    'pageviewCount',
    'screenviewCount',
    'lastEvent',
    'durationInSeconds',
    'engagement',
    'idleDate',
    'awayDate',
    'authenticated',
  ],
  additionalProperties: false,
} as const
