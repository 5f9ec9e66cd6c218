import { expect, test } from 'vitest'
import { toSession, type EventAttributes } from '../../src/model/index.ts'
import { fold, show, start, toEvents } from './fold.ts'

/** The rolled-up attributes of events a second apart. */
const rollUp = (...given: EventAttributes[]) => {
  const { attributes, attributeLists } = show(given.map((attributes, at) => ({ type: 'custom', eventName: 'a', at, attributes })))
  return { attributes, attributeLists }
}

test('a scalar keeps its newest value, as a text with its type', () => {
  expect(rollUp({ total: 1, name: 'a', paid: false }, { total: 49.9 })).toEqual({
    attributes: {
      name: { dataType: 'string', value: 'a' },
      paid: { dataType: 'boolean', value: 'false' },
      total: { dataType: 'number', value: '49.9' },
    },
  })
})

test('a scalar that changes its type has the newest', () => {
  expect(rollUp({ total: 1 }, { total: 'much' }).attributes).toEqual({ total: { dataType: 'string', value: 'much' } })
})

test('a list keeps its distinct values in the order in which they were first seen', () => {
  expect(rollUp({ skus: ['b', 'a', 'b'] }, { skus: ['c', 'a'] }).attributeLists).toEqual({ skus: { dataType: 'string', values: ['b', 'a', 'c'] } })
})

test('a list of numbers is one of numbers, a mixed one is one of texts', () => {
  expect(rollUp({ sizes: [2, 1], flags: [true], mixed: [1, 'x', 1], alike: [1, '1'] }).attributeLists).toEqual({
    alike: { dataType: 'string', values: ['1'] },
    flags: { dataType: 'boolean', values: ['true'] },
    mixed: { dataType: 'string', values: ['1', 'x'] },
    sizes: { dataType: 'number', values: ['2', '1'] },
  })
})

test('a name that is a scalar once and a list another time is both', () => {
  expect(rollUp({ tag: 'a' }, { tag: ['b'] })).toEqual({ attributes: { tag: { dataType: 'string', value: 'a' } }, attributeLists: { tag: { dataType: 'string', values: ['b'] } } })
})

test('names stand in one order, whatever order they came in', () => {
  expect(Object.keys(rollUp({ b: 1, a: 1 }, { C: 1 }).attributes!)).toEqual(['C', 'a', 'b'])
})

test('names that every object has are names like others', () => {
  const attributes = JSON.parse('{"__proto__":"p","constructor":"c","toString":["t"]}') as EventAttributes
  const rolledUp = rollUp(attributes)
  expect(Object.entries(rolledUp.attributes!)).toEqual([
    ['__proto__', { dataType: 'string', value: 'p' }],
    ['constructor', { dataType: 'string', value: 'c' }],
  ])
  expect(Object.keys(rolledUp.attributeLists!)).toEqual(['toString'])
  expect(({} as { value?: unknown }).value).toBeUndefined()
})

test('without attributes there are none', () => expect(rollUp({}, { empty: [] })).toEqual({}))

test('search words are the distinct ones in the order in which they were first searched', () => {
  const session = show([
    { type: 'pageview', at: 0, searchTerms: ['shoes', 'hats'] },
    { type: 'pageview', at: 1, searchTerms: ['socks', 'shoes'] },
  ])
  expect(session.searchTerms).toEqual(['shoes', 'hats', 'socks'])
})

test('of too many names the same ones are kept in whatever order the events come, and nothing grows without bound', () => {
  const given = Array.from({ length: 60 }, (_, n) => ({
    type: 'custom' as const,
    eventName: 'a',
    at: n,
    attributes: Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`name${(n * 64 + i) % 3000}`, n])),
  }))
  const events = toEvents(given)
  const [forward, backward] = [events, [...events].reverse()].map(order => JSON.stringify(toSession(fold(order), {}, { now: start })))
  expect(forward).toBe(backward)
  expect(forward!.length).toBeLessThan(100_000)
})
