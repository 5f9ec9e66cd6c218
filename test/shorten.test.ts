import { describe, expect, test } from 'vitest'
import { propertiesOf } from '../scripts/shorten/propertiesOf.mjs'
import { toShort } from '../scripts/shorten/shortenNames.mjs'

describe('the names of properties', () => {
  test('are found where a property is read, set, given and taken', () => {
    const code = 'let {a: b, c = 1} = d; d.e = {f: b, g() {}}.f'
    expect(propertiesOf(code).map(({ name, local }) => [name, local])).toEqual([
      ['a', 'b'],
      ['c', 'c'],
      ['e', undefined],
      ['f', 'b'],
      ['g', undefined],
      ['f', undefined],
    ])
  })
  test('do not include names in quotes, computed names and variables', () => expect(propertiesOf('a["b"]; ({"c": d, [e]: f}); g(h)')).toEqual([]))
})

describe('a property that is called as its variable', () => {
  test.each([
    ['({a: a})', '({a})'],
    ['let {a:a, b:b=1, c:c=c} = d', 'let {a, b=1, c=c} = d'],
    ['({a:a,b:{a:a}})=>0', '({a,b:{a}})=>0'],
    ['({a:a}=b)', '({a}=b)'],
  ])('is written once: %s', (code, short) => expect(toShort(code, {})).toBe(short))

  test.each(['({a:b})', '({"a":a})', '({[a]:a})', '({a:a.a})', '({a:(0,a)})', '({a:(a)})', '({a(){}})', '({get a(){return a}})', '({a:a=>a})'])('is no other: %s', code =>
    expect(toShort(code, {})).toBe(code))
})

test('an internal name is shortened wherever a property has it, and nowhere else', () => {
  const code = 'let {store: a, other: b, store = 1} = c; a.store.other({store: s, other: store, "store": store})'
  expect(toShort(code, { store: 's' })).toBe('let {s: a, other: b, s:store = 1} = c; a.s.other({s, other: store, "store": store})')
})
