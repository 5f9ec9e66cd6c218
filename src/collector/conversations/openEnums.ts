/** Where a schema is given by name, names are no keywords. */
const byName = new Set(['properties', '$defs', 'patternProperties'])

type Schema = Record<string, unknown>

const openNamed = (schemas: object): object => Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, openEnums(schema)]))

const typesOf = (values: unknown[]): string[] => [...new Set(values.map(value => (value === null ? 'null' : typeof value)))]

const toKnown = (schema: Schema): unknown[] | undefined => (Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : undefined)

const openEntry = ([key, value]: [string, unknown]): [string, unknown] => {
  if (byName.has(key)) return [key, openNamed(value as object)]
  // What told the variants apart may be what is open now.
  return [key === 'oneOf' ? 'anyOf' : key, openEnums(value)]
}

/**
 * A schema that takes values which its enums do not know, as long as they are of the type of those that they know: vendors add values,
 * and what they add is kept.
 */
export const openEnums = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(openEnums)
  if (typeof schema !== 'object' || schema === null) return schema
  const { enum: _enum, const: _const, ...rest } = schema as Schema
  const known = toKnown(schema as Schema)
  return { ...(known && { type: typesOf(known) }), ...Object.fromEntries(Object.entries(rest).map(openEntry)) }
}
