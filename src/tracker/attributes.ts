import { limits, type EventAttributes, type Scalar } from '../model/index.ts'

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

const toScalar = (value: unknown): unknown => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  return typeof value === 'string' ? value.slice(0, limits.attributeValue) : value
}

/**
 * Makes what the page passed fit for an event: dates become ISO 8601 texts, long texts are cut, and what is no text,
 * number, boolean or list of them is left out and named.
 */
export const cleanAttributes = (given: unknown): { attributes: EventAttributes; problems: string[] } => {
  const attributes: EventAttributes = Object.create(null) as EventAttributes
  const problems: string[] = []
  const entries = Object.entries(given ?? {})
  for (const [name, value] of entries.slice(0, limits.attributes)) {
    if (value === undefined || value === null) continue
    const item = Array.isArray(value) ? value.slice(0, limits.listValues).map(toScalar) : toScalar(value)
    if (name.length <= limits.attributeName && name && name !== '__proto__' && [item].flat().every(isScalar)) attributes[name] = item as Scalar | Scalar[]
    else problems.push(`attribute ${name}: expected a text, a number, true, false or a list of them`)
  }
  if (entries.length > limits.attributes) problems.push(`attributes: expected at most ${limits.attributes}, got ${entries.length}`)
  return { attributes, problems }
}
