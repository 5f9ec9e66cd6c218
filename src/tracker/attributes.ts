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
  let kept: EventAttributes | undefined
  let room = limits.attributes
  // One pass: this runs within the page's own task, for each event.
  for (const name of Object.keys(given ?? {})) {
    const value = (given as Record<string, unknown>)[name]
    if (value === undefined || value === null) continue
    if (!room--) {
      refuse('attributes')
      break
    }
    const fit = Array.isArray(value) ? value.slice(0, limits.listValues).map(toScalar) : toScalar(value)
    if (!name || name.length > limits.attributeName || name === '__proto__' || fit === null || (Array.isArray(fit) && fit.includes(null))) refuse('attribute', name)
    else (kept ??= {})[name] = fit as EventAttributes[string]
  }
  return kept
}
