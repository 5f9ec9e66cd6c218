import { findPart, toPartName, variantsOf, type ModelSchema } from './modelSchema.ts'

interface FullOptions {
  /** What the model as a whole is called. */
  whole: string
  /** Which part is wanted. Default: the whole. */
  part?: string
  /** What to take for properties of a name, where a schema cannot say it. */
  named?: Record<string, unknown>
}

const formats: Record<string, string> = { 'date-time': '2026-08-01T12:00:00.000Z', uri: 'https://example.com/a' }

const toText = ({ format = '', minLength = 0 }: ModelSchema, name: string): string => formats[format] ?? name.padEnd(minLength, '.')

/** A value of a model in which every property has something in it, of each variant of what is in lists. */
export const fullOf = (model: ModelSchema, { whole, part = whole, named = {} }: FullOptions): Record<string, unknown> => {
  const toObject = ({ properties = {}, additionalProperties }: ModelSchema): object => ({
    ...Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, name in named ? named[name] : toValue(property, name)])),
    ...(typeof additionalProperties === 'object' && { anything: toValue(additionalProperties, 'anything') }),
    ...(!Object.keys(properties).length && !additionalProperties && { whatever: 'is said' }),
  })

  /** A list of these has one item for each. */
  const itemsOf = (items: ModelSchema): readonly ModelSchema[] => {
    if (items.$ref !== undefined) {
      const variants = variantsOf(findPart(model, toPartName(items.$ref, whole), whole))
      return variants.length ? variants : [items]
    }
    if (items.enum) return items.enum.map(value => ({ const: value }))
    return variantsOf(items).length ? variantsOf(items) : [items]
  }

  const toValue = (schema: ModelSchema, name: string): unknown => {
    const { $ref, const: only, enum: known, type, items } = schema
    if ($ref !== undefined) return toValue(findPart(model, toPartName($ref, whole), whole), name)
    const [first] = variantsOf(schema)
    if (first) return toValue(first, name)
    if (only !== undefined) return only
    if (known) return known.find(Boolean)
    const kind = [type ?? 'object'].flat().find(each => each !== 'null')
    if (kind === 'array') return itemsOf(items ?? {}).map(item => toValue(item, name))
    if (kind === 'string') return toText(schema, name)
    if (kind === 'integer' || kind === 'number') return Math.max(schema.minimum ?? 0, Math.min(7, schema.maximum ?? 7))
    return kind === 'boolean' ? true : toObject(schema)
  }

  return toValue(findPart(model, part, whole), part) as Record<string, unknown>
}
