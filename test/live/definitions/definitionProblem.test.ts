import { describe, expect, test } from 'vitest'
import { toDefinitionProblem, type DefinitionProblem } from '../../../src/live/definitions/definitionProblem.ts'

describe('what the collector says of a definition', () => {
  test.each<[detail: string, problem: DefinitionProblem]>([
    ['entities[2].displayName: expected a text', { path: 'displayName', message: 'Expected a text.' }],
    ['entities[2].id: vip is the id of another one already', { path: 'displayName', message: 'vip is the id of another one already.' }],
    ['entities[2].context.patterns[0].criteria[1].values[3]: too long: by far', { path: 'context.patterns[0].criteria[1].values', message: 'Too long: by far.' }],
    ['entities[2].journey.patterns[10].count: expected a whole number', { path: 'journey.patterns[10].count', message: 'Expected a whole number.' }],
    ['entities[2].color: expected a colour', { path: 'color', message: 'Expected a colour.' }],
    ['entities[2].externalSegment.name: expected a text', { path: 'externalSegment.name', message: 'Expected a text.' }],
    ['entities[2].associatedValueField.dataType: expected one of Number, Integer', { path: 'associatedValueField.dataType', message: 'Expected one of Number, Integer.' }],
    ['entities[2].journey.patterns: expected counts of 100', { path: 'journey.patterns', message: 'Expected counts of 100.' }],
  ])('is placed at its field: %s', (detail, problem) => expect(toDefinitionProblem(detail, 2)).toEqual(problem))

  test.each(['entities[1].displayName: expected a text', 'entities: expected at most 500 entries, got 501', 'entities[2].version: expected a whole number', 'the disk is full'])(
    'is told as a whole where the form has no such field: %s',
    detail => {
      expect(toDefinitionProblem(detail, 2)).toEqual({ path: '', message: `${detail}.` })
    },
  )
})
