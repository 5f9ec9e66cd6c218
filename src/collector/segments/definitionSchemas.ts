import { contextKeys } from '../../model/contextKeys.ts'
import { criteriaOperators } from '../../model/criteria.ts'
import { streamTypes } from '../../model/definition.ts'
import { definitionLimits } from './definitionLimits.ts'

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const date = { type: 'string', format: 'date-time' } as const

const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` }) as const

const criteria = {
  values: { type: 'array', items: { type: 'string', maxLength: definitionLimits.value }, minItems: 1, maxItems: definitionLimits.values },
  shouldIgnoreCase: { ...flag, default: false },
  operator: { enum: criteriaOperators, default: 'equal' },
}

const patterns = (item: object) => ({
  type: 'object',
  properties: { patterns: { type: 'array', items: item, maxItems: definitionLimits.patterns } },
})

const given = {
  id: { type: 'string', pattern: '^[\\w.-]+$', maxLength: definitionLimits.id, description: 'Made from the name where it is absent.' },
  isActive: { ...flag, default: true },
  displayName: { type: 'string', minLength: 1, maxLength: definitionLimits.name },
  description: { type: 'string', maxLength: definitionLimits.description },
  context: patterns(refer('ContextPattern')),
  journey: patterns(refer('JourneyPattern')),
  foreign: {
    type: 'object',
    description: 'Another vendor’s client has written what Sojourn does not know: it is kept, as other fields and other words. In a request it lets them in.',
    properties: { obstacle: { ...text, description: 'What cannot be evaluated: nobody meets the definition.' } },
  },
}

const segment = {
  ...given,
  color: { type: 'string', pattern: '^#[0-9a-fA-F]{6}$' },
  scope: { enum: ['Session', 'Customer'], default: 'Session' },
  shouldDisplayToAgent: { ...flag, default: true },
  externalSegment: {
    type: 'object',
    properties: { id: text, name: text, source: { enum: ['AdobeExperiencePlatform', 'Custom'] } },
    required: ['id', 'name', 'source'],
  },
  assignmentExpirationDays: { type: 'integer', minimum: 0, maximum: definitionLimits.days },
}

const outcome = {
  ...given,
  isPositive: { ...flag, default: true },
  associatedValueField: {
    type: 'object',
    properties: { dataType: { enum: ['Number', 'Integer'] }, name: { type: 'string', pattern: '^attributes\\..+\\.value$' } },
    required: ['dataType', 'name'],
  },
}

const notes = { version: { type: 'integer', minimum: 1 }, selfUri: text, createdDate: date, modifiedDate: date }

const shown = (properties: object) => ({
  type: 'object',
  properties: { ...properties, ...notes },
  required: ['id', 'isActive', 'displayName', 'version', 'context', 'journey', 'createdDate', 'modifiedDate'],
})

const asked = (properties: object) => ({ type: 'object', properties: { ...properties, ...notes }, required: ['displayName'], additionalProperties: false })

const listOf = (name: string) => ({
  type: 'object',
  properties: { entities: { type: 'array', items: refer(name) }, source: { enum: ['configuration', 'api'], description: 'Who has the say.' } },
  required: ['entities', 'source'],
})

/** Schemas of segments and outcomes. */
export const definitionSchemas = {
  ContextPattern: {
    type: 'object',
    properties: {
      criteria: {
        type: 'array',
        minItems: 1,
        maxItems: definitionLimits.criteria,
        items: { type: 'object', properties: { key: { enum: contextKeys }, ...criteria, entityType: { const: 'visit' } }, required: ['key', 'values'] },
      },
    },
    required: ['criteria'],
  },
  JourneyPattern: {
    type: 'object',
    properties: {
      criteria: {
        type: 'array',
        maxItems: definitionLimits.criteria,
        items: { type: 'object', properties: { key: text, ...criteria }, required: ['key', 'values'] },
      },
      count: { type: 'integer', minimum: 1, maximum: definitionLimits.count },
      streamType: { enum: streamTypes },
      sessionType: text,
      eventName: text,
    },
    required: ['criteria', 'count', 'streamType', 'sessionType'],
  },
  Segment: shown(segment),
  SegmentRequest: asked(segment),
  SegmentList: listOf('Segment'),
  Outcome: shown(outcome),
  OutcomeRequest: asked(outcome),
  OutcomeList: listOf('Outcome'),
}
