import { expect, test } from 'vitest'
import { checkDefinitions } from '../../../src/collector/segments/checkDefinitions.ts'
import { definitionLimits } from '../../../src/collector/segments/definitionLimits.ts'

const withJourney = (pattern: object) => ({ displayName: 'A', journey: { patterns: [{ criteria: [], count: 1, streamType: 'Web', sessionType: 'web', ...pattern }] } })
const withCriterion = (criterion: object) => withJourney({ criteria: [{ key: 'page.title', values: ['x'], ...criterion }] })
const withContext = (criterion: object) => ({ displayName: 'A', context: { patterns: [{ criteria: [{ key: 'authenticated', values: ['true'], ...criterion }] }] } })
const journey = 'entities[0].journey.patterns[0]'
const many = <T>(length: number, make: (n: number) => T): T[] => Array.from({ length }, (_, n) => make(n))

const wrong: [what: string, given: unknown, message: string][] = [
  ['no list', {}, 'entities: expected a list, got {}'],
  ['no object', ['x'], 'entities[0]: expected an object, got "x"'],
  ['no name', [{ id: 'a' }], 'entities[0].displayName: is missing'],
  ['an empty name', [{ displayName: '' }], 'entities[0].displayName: expected a text of 1 to 255 characters, got ""'],
  ['a name without letters', [{ displayName: '!!' }], 'entities[0].id: is missing, and displayName has no letters or digits to make one from'],
  ['a bad id', [{ id: 'a b', displayName: 'A' }], 'entities[0].id: expected 1 to 100 letters, digits, dots, _ or -, got "a b"'],
  ['an id twice', [{ displayName: 'A b' }, { id: 'a-b', displayName: 'C' }], 'entities[1].id: a-b is the id of another one already'],
  ['a typo', [{ displayName: 'A', isActiv: true }], 'did you mean isActive?'],
  ['a colour', [{ displayName: 'A', color: 'red' }], 'entities[0].color: expected a colour such as #336699, got "red"'],
  ['a scope', [{ displayName: 'A', scope: 'Visit' }], 'entities[0].scope: expected one of Session, Customer, got "Visit"'],
  ['days', [{ displayName: 'A', assignmentExpirationDays: -1 }], 'entities[0].assignmentExpirationDays: expected a whole number from 0 to 3650, got -1'],
  ['a key of the journey', [withCriterion({ key: 'page.colour' })], `${journey}.criteria[0].key: expected one of eventName, page.url`],
  ['a key of the context', [withContext({ key: 'page.title' })], 'entities[0].context.patterns[0].criteria[0].key: expected one of device.category'],
  ['an operator', [withCriterion({ operator: 'is' })], `${journey}.criteria[0].operator: expected one of containsAll`],
  ['an entity type', [withContext({ entityType: 'session' })], 'criteria[0].entityType: expected one of visit, got "session"'],
  ['no values', [withCriterion({ values: [] })], `${journey}.criteria[0].values: expected at least 1 entry, got 0`],
  ['a value that is no text', [withCriterion({ values: [1] })], `${journey}.criteria[0].values[0]: expected a text of at most 1024 characters, got 1`],
  ['two quantities', [withCriterion({ operator: 'lessThan', values: ['1', '2'] })], `${journey}.criteria[0].values: expected one value for lessThan, got 2`],
  ['nothing to find', [withCriterion({ operator: 'containsAny', values: [''] })], `${journey}.criteria[0].values: expected no empty text for containsAny`],
  ['a count', [withJourney({ count: 0 })], `${journey}.count: expected a whole number from 1 to 100, got 0`],
  ['a stream', [withJourney({ streamType: 'web' })], `${journey}.streamType: expected one of Web, Custom, Conversation, App, got "web"`],
  ['no session type', [withJourney({ sessionType: undefined })], `${journey}.sessionType: is missing`],
  ['a pattern of the context without criteria', [{ displayName: 'A', context: { patterns: [{ criteria: [] }] } }], 'context.patterns[0].criteria: expected at least 1 entry'],
  ['too many counts', [{ displayName: 'A', journey: { patterns: many(2, () => withJourney({ count: 60 }).journey.patterns[0]) } }], 'expected counts of 100 together at most, got 120'],
  ['too many segments', many(definitionLimits.definitions + 1, n => ({ displayName: `A ${n}` })), 'entities: expected at most 500 entries, got 501'],
]

test.each(wrong)('refuses %s and names the field', (_, given, message) => {
  expect(() => checkDefinitions.segments(given, 'entities')).toThrow(expect.objectContaining({ name: 'OptionError', message: expect.stringContaining(message) as string }))
})

test('refuses the value field of an outcome that is no path', () => {
  const given = [{ displayName: 'A', associatedValueField: { dataType: 'Number', name: 'total' } }]
  expect(() => checkDefinitions.outcomes(given, 'entities')).toThrow('entities[0].associatedValueField.name: expected attributes.<name>.value, got "total"')
})

test('takes as many and as long ones as the limits say', () => {
  const whole = withJourney({ count: definitionLimits.count, criteria: many(definitionLimits.criteria, () => ({ key: 'page.title', values: ['x'.repeat(definitionLimits.value)] })) })
  const given = many(definitionLimits.definitions, n => ({ ...whole, id: `${n}` }))
  expect(checkDefinitions.segments(given, 'entities')).toHaveLength(definitionLimits.definitions)
})
