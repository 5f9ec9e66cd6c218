import { limits, type EventAttributes, type Scalar } from '../model/index.ts'

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

const toScalar = (value: unknown): unknown => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  return typeof value === 'string' ? value.slice(0, limits.attributeValue) : value
}

/**
 * Makes what the page passed fit for an event: dates become ISO 8601 texts, long texts are cut, null and undefined are left
 * out, and so is what is no text, number, boolean or list of them.
 *
 * @param refuse told what was left out although it said something
 * @returns undefined when nothing is left
 */
export const cleanAttributes = (given: unknown, refuse: (message: string) => void): EventAttributes | undefined => {
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== undefined && value !== null)
  if (entries.length > limits.attributes) refuse(`attributes: expected at most ${limits.attributes}, got ${entries.length}`)
  const kept = entries
    .slice(0, limits.attributes)
    .map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, limits.listValues).map(toScalar) : toScalar(value)] as const)
    .filter(([name, value]) => {
      const isFit = name && name.length <= limits.attributeName && name !== '__proto__' && [value].flat().every(isScalar)
      if (!isFit) refuse(`attribute ${name}: expected a text, a number, true, false or a list of them`)
      return isFit
    })
  return kept.length ? (Object.fromEntries(kept) as EventAttributes) : undefined
}
