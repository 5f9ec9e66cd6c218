import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { findPart, toPartName, variantsOf, type ModelSchema } from './modelSchema.ts'

/** What of a model has been seen in what real paths have given. */
export interface Coverage {
  /** Every property of every part of the model, as `Part.property`. */
  all: readonly string[]
  /** Those that were seen with something in them. */
  filled: ReadonlySet<string>
  /** Those that were seen, and the values that say nothing: `false`, 0, an empty text, list or object, null. */
  blank: ReadonlyMap<string, unknown>
  /**
   * Looks at a value of a part of the model. Default: of the whole.
   *
   * @returns what is wrong with it by the model; empty when nothing is
   */
  see(value: unknown, part?: string): string[]
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const isFilled = (value: unknown): boolean => (typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value))

/** Properties of a schema, those of objects inside it too, but not of parts that it refers to. */
const propertiesOf = (schema: ModelSchema, path: string): string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [`${path}.${name}`, ...propertiesOf(property, `${path}.${name}`)]),
  ...variantsOf(schema).flatMap(variant => propertiesOf(variant, path)),
  ...(schema.items ? propertiesOf(schema.items, path) : []),
  ...(isObject(schema.additionalProperties) ? propertiesOf(schema.additionalProperties, path) : []),
]

/** @param whole what the model as a whole is called */
export const createCoverage = (model: ModelSchema, whole: string): Coverage => {
  const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false })
  formats.default(ajv)
  ajv.addSchema({ ...model, $id: 'urn:test:model' })
  const checks = new Map<ModelSchema, ValidateFunction>()
  const checkOf = (schema: ModelSchema): ValidateFunction => {
    // A reference inside the model is one into the whole.
    const known = checks.get(schema) ?? ajv.compile({ ...(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#', '"$ref":"urn:test:model#')) as object) })
    checks.set(schema, known)
    return known
  }
  const parts = Object.entries(model.$defs ?? {}).filter(([, { $ref }]) => $ref === undefined)
  const all = [...propertiesOf(model, whole), ...parts.flatMap(([name, part]) => propertiesOf(part, name))]
  const filled = new Set<string>()
  const blank = new Map<string, unknown>()

  const walk = (schema: ModelSchema, value: unknown, path: string): void => {
    if (schema.$ref !== undefined) {
      const name = toPartName(schema.$ref, whole)
      return walk(findPart(model, name, whole), value, name)
    }
    for (const variant of variantsOf(schema)) if (checkOf(variant)(value)) walk(variant, value, path)
    if (Array.isArray(value)) for (const item of value) walk(schema.items ?? {}, item, path)
    if (!isObject(value)) return
    for (const [name, member] of Object.entries(value)) {
      const property = schema.properties?.[name]
      if (!property) {
        if (isObject(schema.additionalProperties)) walk(schema.additionalProperties, member, path)
        continue
      }
      const key = `${path}.${name}`
      if (isFilled(member)) filled.add(key)
      else blank.set(key, member)
      walk(property, member, key)
    }
  }

  return {
    all,
    filled,
    blank,
    see: (value, part = whole) => {
      const schema = { $ref: part === whole ? '#' : `#/$defs/${part}` }
      const check = checkOf(findPart(model, part, whole))
      walk(schema, value, part)
      return check(value) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${part}${instancePath} ${message}`)
    },
  }
}
