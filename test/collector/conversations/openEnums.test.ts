import { expect, test } from 'vitest'
import { openEnums } from '../../../src/collector/conversations/openEnums.ts'

test('takes any value of the type that the known ones have', () =>
  expect(openEnums({ enum: ['a', 'b'], description: 'x' })).toEqual({ type: ['string'], description: 'x' }))

test('keeps the type that stands there', () => expect(openEnums({ type: 'string', enum: ['a'], maxLength: 3 })).toEqual({ type: 'string', maxLength: 3 }))

test('takes a constant for one value of many', () => expect(openEnums({ const: 7 })).toEqual({ type: ['number'] }))

test('asks for any of the variants: what told them apart is open', () =>
  expect(openEnums({ oneOf: [{ properties: { type: { const: 'a' } } }, { type: 'null' }] })).toEqual({
    anyOf: [{ properties: { type: { type: ['string'] } } }, { type: 'null' }],
  }))

test('takes a property of that name for what it is', () =>
  expect(openEnums({ properties: { enum: { enum: [true, null] }, const: { type: 'string' } }, required: ['enum'] })).toEqual({
    properties: { enum: { type: ['boolean', 'null'] }, const: { type: 'string' } },
    required: ['enum'],
  }))
