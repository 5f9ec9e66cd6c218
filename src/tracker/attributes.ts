import { limits, type EventAttributes, type Scalar } from '../model/index.ts'

/** A value as an event carries it; null when it cannot. */
const toScalar = (value: unknown): Scalar | null => {
  // An invalid date is null there, where `toISOString` throws.
  if (value instanceof Date) return value.toJSON()
  if (typeof value === 'string') return value.slice(0, limits.attributeValue)
  return typeof value === 'boolean' || Number.isFinite(value) ? (value as Scalar) : null
}

/**
 * Makes what the page passed fit for an event: dates become ISO 8601 texts, long texts are cut, null and undefined are left
 * out, and so is what is no text, number, boolean or list of them.
 *
 * @param refuse told what was left out although it said something
 * @returns undefined when nothing is left
 */
export const cleanAttributes = (given: unknown, refuse: (...facts: unknown[]) => void): EventAttributes | undefined => {
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== undefined && value !== null)
  if (entries.length > limits.attributes) refuse('attributes')
  const kept = entries
    .slice(0, limits.attributes)
    .map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, limits.listValues).map(toScalar) : toScalar(value)] as const)
    .filter(([name, value]) => {
      const isFit = name && name.length <= limits.attributeName && name !== '__proto__' && ![value].flat().includes(null)
      if (!isFit) refuse('attribute', name)
      return isFit
    })
  return kept.length ? (Object.fromEntries(kept) as EventAttributes) : undefined
}
