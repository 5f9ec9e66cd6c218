import { describeUnknown } from './nearest.ts'

/** An option that is wrong; the message names it and says what was expected. */
export class OptionError extends Error {
  constructor(key: string, problem: string, options?: ErrorOptions) {
    super(key ? `${key}: ${problem}` : problem, options)
    this.name = 'OptionError'
  }
}

/**
 * Takes an unknown value for what it has to be.
 *
 * @param key where the value stands, e.g. `sites[0].id`
 * @throws OptionError
 */
export type Check<T> = (value: unknown, key: string) => T

const longest = 100

const show = (value: unknown): string => (value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, longest))

/** A value that passes a test. */
export const checkThat =
  <T>(expected: string, isValid: (value: unknown) => value is T): Check<T> =>
  (value, key) => {
    if (!isValid(value)) throw new OptionError(key, `expected ${expected}, got ${show(value)}`)
    return value
  }

/** A value that passes a test, and may be a secret: it is not repeated where it fails, for messages end in logs. */
export const checkSecret =
  <T>(expected: string, isValid: (value: unknown) => value is T): Check<T> =>
  (value, key) => {
    if (!isValid(value)) throw new OptionError(key, `expected ${expected}`)
    return value
  }

export const checkText = checkThat('a text', (value): value is string => typeof value === 'string' && value !== '')

export const checkFlag = checkThat('true or false', (value): value is boolean => typeof value === 'boolean')

/** A number within bounds, whole or not. */
export const checkNumber = (least: number, most: number): Check<number> =>
  checkThat(`a number from ${least} to ${most}`, (value): value is number => typeof value === 'number' && value >= least && value <= most)

/** A whole number within bounds. */
export const checkWhole = (least: number, most: number): Check<number> =>
  checkThat(
    `a whole number from ${least} to ${most}`,
    (value): value is number => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  )

/** One of some words. */
export const checkWord =
  <T extends string>(words: readonly T[]): Check<T> =>
  (value, key) => {
    const known = words.find(word => word === value)
    if (known !== undefined) return known
    throw new OptionError(key, `expected one of ${words.join(', ')}, got ${show(value)}`)
  }

/** A list of which every entry passes. */
export const checkList =
  <T>(check: Check<T>): Check<T[]> =>
  (value, key) => {
    if (!Array.isArray(value)) throw new OptionError(key, `expected a list, got ${show(value)}`)
    return value.map((entry, i) => check(entry, `${key}[${i}]`))
  }

/** What an object has to look like: a check for each key. */
export type Checks<T> = { [K in keyof T]-?: Check<Exclude<T[K], undefined>> }

/** What becomes of keys that no check is for. */
export type UnknownKeys = 'refused' | 'dropped' | 'kept'

/**
 * An object. Keys are checked in the order of the checks, and may be absent.
 *
 * @param required keys that may not
 * @param unknown what becomes of other keys. Default: the object is refused
 */
export const checkObject =
  <T extends object>(checks: Checks<T>, required: readonly (keyof T & string)[] = [], unknown: UnknownKeys = 'refused'): Check<T> =>
  (value, key) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new OptionError(key, `expected an object, got ${show(value)}`)
    const names = Object.keys(checks)
    const path = (name: string): string => (key ? `${key}.${name}` : name)
    const odd = Object.entries(value).filter(([name]) => !Object.hasOwn(checks, name))
    if (odd[0] && unknown === 'refused') throw new OptionError(key, describeUnknown(odd[0][0], names))
    const given = new Map(Object.entries(value).filter(([, entry]) => entry !== undefined))
    const missing = required.find(name => !given.has(name))
    if (missing !== undefined) throw new OptionError(path(missing), 'is missing')
    const all = checks as Record<string, Check<unknown>>
    const known = names.filter(name => given.has(name)).map((name): [string, unknown] => [name, all[name]!(given.get(name), path(name))])
    return Object.fromEntries(unknown === 'kept' ? [...odd, ...known] : known) as T
  }
