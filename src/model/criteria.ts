/** How what is known is compared with the values of a criterion. The four that begin with `not` are the contraries of the others. */
export const criteriaOperators = [
  'containsAll',
  'containsAny',
  'notContainsAll',
  'notContainsAny',
  'equal',
  'notEqual',
  'greaterThan',
  'greaterThanOrEqual',
  'lessThan',
  'lessThanOrEqual',
  'startsWith',
  'endsWith',
] as const

export type CriteriaOperator = (typeof criteriaOperators)[number]

/** One condition: what stands under a key, compared with values. */
export interface Criteria {
  /** A path into the session, or into an event. */
  key: string
  /** At least one; the operators that compare quantities take exactly one. */
  values: string[]
  shouldIgnoreCase: boolean
  operator: CriteriaOperator
}

/** What is known under a key: nothing, one text, or those of a list. */
export type Known = readonly string[]

const numberPattern = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i
const datePattern = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/
const versionPattern = /^\d+(\.\d+)*$/

const zonePattern = /Z$|[+-]\d\d:\d\d$/

/** A time of day whose zone is not said is in UTC, as dates without one are: not wherever the machine stands that compares. */
const toInstant = (text: string): number => Date.parse(text.includes('T') && !zonePattern.test(text) ? `${text}Z` : text)

const areBoth = (pattern: RegExp, a: string, b: string): boolean => pattern.test(a) && pattern.test(b)

const compareVersions = (a: string, b: string): number => {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  const at = left.findIndex((part, i) => part !== (right[i] ?? 0))
  if (at >= 0) return left[at]! - (right[at] ?? 0)
  return right.slice(left.length).some(part => part > 0) ? -1 : 0
}

/** The difference of two quantities: numbers, dates (ISO 8601) or versions. NaN, which no comparison holds for, where they are none. */
const compare = (a: string, b: string, isVersion: boolean): number => {
  if (isVersion && areBoth(versionPattern, a, b)) return compareVersions(a, b)
  if (areBoth(numberPattern, a, b)) return Number(a) - Number(b)
  return areBoth(datePattern, a, b) ? toInstant(a) - toInstant(b) : NaN
}

type Test = (known: Known, values: Known) => boolean

const anyOf =
  (holds: (known: string, value: string) => boolean): Test =>
  (known, values) =>
    known.some(each => values.some(value => holds(each, value)))

const not =
  (test: Test): Test =>
  (known, values) =>
    !test(known, values)

const equal = anyOf((known, value) => known === value)
const containsAny = anyOf((known, value) => known.includes(value))
const containsAll: Test = (known, values) => values.every(value => known.some(each => each.includes(value)))

const toTest = (operator: CriteriaOperator, isVersion: boolean): Test => {
  switch (operator) {
    case 'containsAll':
      return containsAll
    case 'containsAny':
      return containsAny
    case 'notContainsAll':
      return not(containsAll)
    case 'notContainsAny':
      return not(containsAny)
    case 'equal':
      return equal
    case 'notEqual':
      return not(equal)
    case 'greaterThan':
      return anyOf((known, value) => compare(known, value, isVersion) > 0)
    case 'greaterThanOrEqual':
      return anyOf((known, value) => compare(known, value, isVersion) >= 0)
    case 'lessThan':
      return anyOf((known, value) => compare(known, value, isVersion) < 0)
    case 'lessThanOrEqual':
      return anyOf((known, value) => compare(known, value, isVersion) <= 0)
    case 'startsWith':
      return anyOf((known, value) => known.startsWith(value))
    case 'endsWith':
      return anyOf((known, value) => known.endsWith(value))
  }
}

/**
 * Makes a criterion a test of what is known under its key.
 *
 * - Of several values one is enough, except for the two `...All` operators, which need every one.
 * - Of a list one entry is enough; `containsAll` may find each value in another entry.
 * - An operator with `not` holds exactly when its contrary does not: so also where nothing is known. Every other needs something known.
 * - Quantities are numbers, dates or, under a key that ends in `version`, versions (3.10 is more than 3.9). What is none compares as false.
 * - `%20` in a value for a campaign means a blank, as it does in the address that the campaign came by.
 */
export const createCriteriaTest = ({ key, values, operator, shouldIgnoreCase }: Criteria): ((known: Known) => boolean) => {
  const test = toTest(operator, key.endsWith('version'))
  const fold = (text: string): string => (shouldIgnoreCase ? text.toLowerCase() : text)
  const decode = (text: string): string => (key.startsWith('mktCampaign.') ? text.replaceAll('%20', ' ') : text)
  const folded = values.map(value => fold(decode(value)))
  return known => test(shouldIgnoreCase ? known.map(fold) : known, folded)
}
