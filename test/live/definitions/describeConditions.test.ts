import { describe, expect, test } from 'vitest'
import { contextKeys } from '../../../src/model/contextKeys.ts'
import { criteriaOperators, type Criteria } from '../../../src/model/criteria.ts'
import type { EntityTypeCriteria, JourneyPattern } from '../../../src/model/definition.ts'
import { journeyKeys } from '../../../src/model/journeyKeys.ts'
import { contextWords, journeyWords, operatorWords } from '../../../src/live/definitions/conditionWords.ts'
import { describeConditions } from '../../../src/live/definitions/describeConditions.ts'

const about = (criterion: Partial<EntityTypeCriteria>): EntityTypeCriteria =>
  ({ key: 'mktCampaign.source', values: ['mail'], operator: 'equal', shouldIgnoreCase: false, entityType: 'visit', ...criterion })

const event = (pattern: Partial<JourneyPattern>): JourneyPattern => ({ criteria: [], count: 1, streamType: 'Web', sessionType: 'web', ...pattern })

const path: Criteria = { key: 'page.pathname', values: ['/cart'], operator: 'startsWith', shouldIgnoreCase: false }

describe('what a definition waits for', () => {
  test('is told in words', () => {
    const context = { patterns: [{ criteria: [about({ values: ['mail', 'letter'] }), about({ key: 'browser.family', operator: 'notEqual', values: ['Safari'] })] }] }
    const journey = { patterns: [event({ eventName: 'pageview', count: 2, criteria: [path] }), event({ criteria: [{ ...path, key: 'attributes.skus.value', operator: 'containsAll', values: ['a', 'b'] }] }), event({ eventName: 'paid' })] }
    expect(describeConditions({ context, journey })).toEqual([
      'Campaign source is “mail” or “letter”',
      'Browser is not “Safari”',
      '2 × pageview, Page path starts with “/cart”',
      '1 × any event, Attribute skus contains all of “a” and “b”',
      '1 × paid',
    ])
  })

  test('is nothing where there is no condition', () => expect(describeConditions({ context: { patterns: [] }, journey: { patterns: [] } })).toEqual([]))

  test('keeps the words of other vendors, whatever they are', () =>
    expect(describeConditions({ context: { patterns: [] }, journey: { patterns: [event({ criteria: [{ ...path, key: 'constructor' }] })] } })).toEqual(['1 × any event, constructor starts with “/cart”']))
})

test('there is a word for every key and every operator', () => {
  expect(Object.keys(contextWords).sort()).toEqual([...contextKeys].sort())
  expect(Object.keys(journeyWords).sort()).toEqual([...journeyKeys].sort())
  expect(Object.keys(operatorWords).sort()).toEqual([...criteriaOperators].sort())
})
