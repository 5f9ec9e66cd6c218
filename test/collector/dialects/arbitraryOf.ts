import fc from 'fast-check'
import type { ModelSchema } from '../../models/modelSchema.ts'

export interface ArbitraryOptions {
  /** Adds fields and enum values that the schema does not know. Default no. */
  isOpen?: boolean
  /** What to take for properties of a name, where a schema cannot say it. */
  named?: Record<string, fc.Arbitrary<unknown>>
}

/** What JSON can carry: no minus zero, and no bytes that are no text. */
const json = fc.jsonValue({ maxDepth: 2 }).map(value => JSON.parse(JSON.stringify(value)) as unknown)

/** Any text, odd ones among them. */
const text = (minLength = 0, maxLength = 40): fc.Arbitrary<string> =>
  fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 40) }).filter(value => value.length >= minLength)

const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2026-06-01'), noInvalidDate: true }).map(value => value.toISOString())

const opaque = fc.dictionary(fc.string({ maxLength: 8 }), json, { maxKeys: 3 })

const numberOf = ({ minimum = -1e9, maximum = 1e9 }: ModelSchema): fc.Arbitrary<number> =>
  fc.double({ min: minimum, max: maximum, noNaN: true, noDefaultInfinity: true }).map(value => value || 0)

const integerOf = ({ minimum = -1e9, maximum = 1e9 }: ModelSchema): fc.Arbitrary<number> => fc.integer({ min: minimum, max: maximum })

const stringOf = ({ format, pattern, minLength, maxLength }: ModelSchema): fc.Arbitrary<string> => {
  if (format === 'date-time') return date
  if (format === 'uri') return fc.webUrl()
  return pattern === undefined ? text(minLength, maxLength) : fc.stringMatching(new RegExp(pattern))
}

/** Objects below have what they need alone, or there would be no end to some models. */
const deepest = 8

/** Makes values that a JSON Schema describes, as it is written for the models: objects by properties, arrays, unions, references. */
export const arbitraryOf = (root: object, part = '', { isOpen = false, named = {} }: ArbitraryOptions = {}): fc.Arbitrary<unknown> => {
  const resolve = (reference: string): ModelSchema => {
    const path = reference.replace(/^#\/?/, '').split('/').filter(Boolean)
    return path.reduce<ModelSchema>((schema, step) => (schema as Record<string, ModelSchema>)[step]!, root)
  }

  const objectOf = ({ properties = {}, required = [], additionalProperties }: ModelSchema, depth: number): fc.Arbitrary<unknown> => {
    const names = Object.keys(properties)
    const members = Object.fromEntries(names.map(name => [name, named[name] ?? toArbitrary(properties[name]!, depth + 1)]))
    const entries = typeof additionalProperties === 'object' ? toArbitrary(additionalProperties, depth + 1) : json
    const isMap = !names.length || typeof additionalProperties === 'object'
    const rest = isMap || isOpen ? fc.dictionary(fc.string({ maxLength: 6 }).map(name => (isMap ? name : `x-${name}`)), entries, { maxKeys: 2 }) : fc.constant({})
    const optional = depth > deepest ? fc.constant({}) : fc.record(members, { requiredKeys: [] })
    const needed = fc.record(Object.fromEntries(Object.entries(members).filter(([name]) => required.includes(name))))
    return fc.tuple(rest, optional, needed).map(parts => Object.assign({}, ...(parts as object[])) as unknown)
  }

  const toArbitrary = (schema: ModelSchema, depth: number): fc.Arbitrary<unknown> => {
    if (schema.$ref !== undefined) return toArbitrary(resolve(schema.$ref), depth)
    const variants = schema.anyOf ?? schema.oneOf
    if (variants) return fc.oneof(...variants.map(variant => toArbitrary(variant, depth)))
    if ('const' in schema) return fc.constant(schema.const)
    if (schema.enum) return isOpen ? fc.oneof(fc.constantFrom(...schema.enum), fc.constant('NotKnownYet')) : fc.constantFrom(...schema.enum)
    const [type, ...others] = [schema.type ?? 'object'].flat()
    if (others.length) return fc.oneof(...[type, ...others].map(each => toArbitrary({ ...schema, type: each! }, depth)))
    if (type === 'object') return schema.properties || schema.additionalProperties ? objectOf(schema, depth) : opaque
    if (type === 'array') return fc.array(toArbitrary(schema.items ?? {}, depth + 1), { maxLength: depth > 2 ? 1 : 2 })
    if (type === 'string') return stringOf(schema)
    if (type === 'integer') return integerOf(schema)
    if (type === 'number') return numberOf(schema)
    return type === 'boolean' ? fc.boolean() : fc.constant(null)
  }

  return toArbitrary(resolve(part), 0)
}

/** Seed of random tests; the one of a failure is given back by `SEED=...`. */
export const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
