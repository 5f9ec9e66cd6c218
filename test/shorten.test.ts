import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { localsOf } from '../scripts/shorten/localsOf.mjs'
import { propertiesOf } from '../scripts/shorten/propertiesOf.mjs'
import { shortenLocals } from '../scripts/shorten/shortenLocals.mjs'
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

describe('the variables of a program', () => {
  test('are renamed where they stand, the one that stands most often first, and no other name is', () => {
    const code = 'const outer = document; (first => { let second = first; return () => outer[second] + first.second })(window)'
    expect(shortenLocals(code, {})).toBe('const t = document; (e => { let a = e; return () => t[a] + e.second })(window)')
  })
  test('are called as preferred where that is free', () => {
    expect(shortenLocals('(first => second => first + second)(1)', { first: 'x', second: 'x' })).toBe('(e => x => e + x)(1)')
    expect(shortenLocals('a => e(a)', { a: 'e' })).toBe('t => e(t)')
  })
  test.each([
    ['({ first }) => first', '({ first:e }) => e'],
    ['({ first = 1 }) => ({ first })', '({ first:e = 1 }) => ({ first:e })'],
    ['({ first: second }) => second', '({ first: e }) => e'],
    ['({ e: first }) => first', '({ e: e }) => e'],
  ])('leave properties as they are: %s', (code, short) => expect(shortenLocals(code, {})).toBe(short))

  test.each([
    'let a = 1; { let a = 2; f(a) } f(a)',
    'let a = f; try { a() } catch (b) { (c => { let d = b; return a + c + d })(b) }',
    'function f(a, b = () => a) { var a = 2; return b() + a } f(1)',
    'const f = function g(a) { return a ? g(a - 1) : f }; for (const a of f) f(a)',
    'let [a, ...b] = c; ({ a, d: { e: b = a } } = c); (({ f = a, ...g }) => g + f)(b)',
  ])('stay apart and together as they were: %s', code => {
    /** Which of the program's variables stands at each place, the places in order. */
    const toPattern = (text: string): number[] => {
      const places = localsOf(text).locals.flatMap((local, variable) => local.places.map(({ start }) => ({ start, variable })))
      return places.sort((one, other) => one.start - other.start).map(({ variable }) => variable)
    }
    for (const preferred of [{}, { a: 'e', b: 'e', c: 't', d: 'e' }, { a: 'f', b: 'c' }]) {
      const short = shortenLocals(code, preferred)
      expect(toPattern(short)).toEqual(toPattern(code))
      expect(localsOf(short).outside).toEqual(localsOf(code).outside)
    }
  })
})

test('what the script and the parts that it fetches call each other by is not shortened', () => {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
  const internal = Object.keys(JSON.parse(read('scripts/shorten/internalNames.json')) as object)
  // What a part has for itself may be called as something of the script's: instants of attention, the cookie's mirror.
  const own: Record<string, string[]> = { session: ['awayAt', 'endsAt', 'idleAt'], links: ['read', 'write'] }
  for (const part of ['session', 'check', 'message', 'history', 'lease', 'links', 'sources']) {
    const names = new Set(propertiesOf(read(`dist/sojourn-${part}.js`)).map(({ name }) => name))
    expect(internal.filter(name => names.has(name)).sort(), part).toEqual(own[part] ?? [])
  }
})
