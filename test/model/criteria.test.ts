import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createCriteriaTest, criteriaOperators, type CriteriaOperator } from '../../src/model/criteria.ts'

interface More {
  key?: string
  shouldIgnoreCase?: boolean
}

const compare = (operator: CriteriaOperator, more: More = {}) => ({
  holds: (known: string[], values: string[]): boolean => createCriteriaTest({ key: 'page.title', shouldIgnoreCase: false, ...more, operator, values })(known),
})

type Row = [operator: CriteriaOperator, known: string[], values: string[], expected: boolean]

const rows: Row[] = [
  ['containsAll', ['red winter shoes'], ['red', 'shoes'], true],
  ['containsAll', ['red winter shoes'], ['red', 'hats'], false],
  ['containsAll', ['red shoes', 'hats'], ['hat', 'shoe'], true],
  ['containsAll', [], ['red'], false],
  ['containsAny', ['red winter shoes'], ['hats', 'shoe'], true],
  ['containsAny', ['red winter shoes'], ['hats', 'gloves'], false],
  ['containsAny', [], ['red'], false],
  ['notContainsAll', ['red winter shoes'], ['red', 'shoes'], false],
  ['notContainsAll', ['red winter shoes'], ['red', 'hats'], true],
  ['notContainsAll', [], ['red'], true],
  ['notContainsAny', ['red winter shoes'], ['hats', 'shoe'], false],
  ['notContainsAny', ['red winter shoes'], ['hats', 'gloves'], true],
  ['notContainsAny', [], ['red'], true],
  ['equal', ['shoes'], ['hats', 'shoes'], true],
  ['equal', ['shoes'], ['shoe'], false],
  ['equal', ['hats', 'shoes'], ['shoes'], true],
  ['equal', [''], [''], true],
  ['equal', [], [''], false],
  ['notEqual', ['shoes'], ['hats', 'shoes'], false],
  ['notEqual', ['shoes'], ['hats'], true],
  ['notEqual', ['hats', 'shoes'], ['shoes'], false],
  ['notEqual', [], ['shoes'], true],
  ['greaterThan', ['10'], ['9'], true],
  ['greaterThan', ['9'], ['9'], false],
  ['greaterThan', ['9.5'], ['9'], true],
  ['greaterThan', ['-1'], ['-2'], true],
  ['greaterThan', ['2026-03-02'], ['2026-03-01T23:59:59Z'], true],
  ['greaterThan', ['much'], ['9'], false],
  ['greaterThan', [''], ['-1'], false],
  ['greaterThan', [], ['9'], false],
  ['greaterThan', ['1', '10'], ['9'], true],
  ['greaterThanOrEqual', ['9'], ['9.0'], true],
  ['greaterThanOrEqual', ['8.99'], ['9'], false],
  ['greaterThanOrEqual', [], ['9'], false],
  ['lessThan', ['9'], ['10'], true],
  ['lessThan', ['10'], ['10'], false],
  ['lessThan', ['1e3'], ['1001'], true],
  ['lessThan', ['much'], ['9'], false],
  ['lessThan', [], ['9'], false],
  ['lessThanOrEqual', ['10'], ['10'], true],
  ['lessThanOrEqual', ['10.01'], ['10'], false],
  ['lessThanOrEqual', [], ['9'], false],
  ['startsWith', ['/cart/2'], ['/cart', '/pay'], true],
  ['startsWith', ['/a/cart'], ['/cart'], false],
  ['startsWith', [], ['/cart'], false],
  ['endsWith', ['report.pdf'], ['.zip', '.pdf'], true],
  ['endsWith', ['report.pdf?x'], ['.pdf'], false],
  ['endsWith', [], ['.pdf'], false],
]

describe('an operator', () => {
  test.each(rows)('%s of %j and %j is %s', (operator, known, values, expected) => expect(compare(operator).holds(known, values)).toBe(expected))

  test.each(criteriaOperators)('%s is in the table with both results, and with nothing known', operator => {
    const own = rows.filter(([name]) => name === operator)
    expect(new Set(own.map(row => row[3]))).toEqual(new Set([true, false]))
    expect(own.some(([, known]) => !known.length)).toBe(true)
  })

  test.each([
    ['containsAll', 'ContainsAll'],
    ['containsAny', 'ContainsAny'],
    ['equal', 'Equal'],
  ] as const)('%s and its contrary never agree', (operator, name) => {
    for (const [, known, values] of rows) expect(compare(operator).holds(known, values)).toBe(!compare(`not${name}`).holds(known, values))
  })
})

describe('the case of letters', () => {
  const textOperators = criteriaOperators.filter(name => !/Than/.test(name))

  test.each(textOperators)('counts for %s, unless it is ignored', operator => {
    const [known, values] = [['ROTE Schuhe'], ['rote SCHUHE']]
    expect(compare(operator).holds(known, values)).toBe(operator.startsWith('not'))
    expect(compare(operator, { shouldIgnoreCase: true }).holds(known, values)).toBe(!operator.startsWith('not'))
  })

  test('is ignored in alphabets beside the Latin one', () => expect(compare('equal', { shouldIgnoreCase: true }).holds(['ОБУВЬ'], ['обувь'])).toBe(true))
})

describe('a version', () => {
  const browser = { key: 'browser.version' }
  test('is compared part by part', () => {
    expect(compare('greaterThan', browser).holds(['3.10'], ['3.9'])).toBe(true)
    expect(compare('greaterThan', browser).holds(['120.0.6099.1'], ['120'])).toBe(true)
    expect(compare('lessThanOrEqual', browser).holds(['120'], ['120.0.0'])).toBe(true)
    expect(compare('lessThan', browser).holds(['120'], ['120.0.1'])).toBe(true)
  })
  test('is a number under any other key', () => expect(compare('greaterThan').holds(['3.10'], ['3.9'])).toBe(false))
})

describe('a blank', () => {
  test('may be written %20 in a campaign', () => {
    expect(compare('equal', { key: 'mktCampaign.name' }).holds(['spring sale'], ['spring%20sale'])).toBe(true)
    expect(compare('equal', { key: 'mktCampaign.name' }).holds(['spring-sale'], ['spring%20sale'])).toBe(false)
    expect(compare('equal').holds(['spring sale'], ['spring%20sale'])).toBe(false)
  })
})

test.each(['UTC', 'Asia/Tokyo', 'America/New_York'])('a date whose zone is not said is in UTC, on a machine in %s as well', zone => {
  vi.stubEnv('TZ', zone)
  onTestFinished(() => void vi.unstubAllEnvs())
  const value = ['2026-03-01T12:00:00Z']
  const isAt = (known: string): boolean => compare('greaterThanOrEqual').holds([known], value) && compare('lessThanOrEqual').holds([known], value)
  expect(['2026-03-01T12:00:00', '2026-03-01T12:00', '2026-03-01T12:00:00.000', '2026-03-01T14:00:00+02:00'].map(isAt)).toEqual([true, true, true, true])
  expect(compare('greaterThan').holds(['2026-03-01T00:00:00'], ['2026-03-01'])).toBe(false)
})
