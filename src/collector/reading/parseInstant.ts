const pattern = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[ +-]\d\d:\d\d)?)?$/

/** `Date.parse` counts the 30th of February as the 2nd of March. */
const isInCalendar = (day: string): boolean => {
  const midnight = Date.parse(day)
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day)
}

/**
 * Reads a day or an instant of ISO 8601 that somebody asks by. What `Date.parse` reads beyond this depends on the engine, and where no zone
 * is said, on that of the machine: here that means UTC.
 *
 * @returns milliseconds since 1970; undefined for anything else
 */
export const parseInstant = (text: string): number | undefined => {
  const [, day = '', time = '00:00', zone = 'Z'] = pattern.exec(text) ?? []
  // The plus sign of an offset, where it was not encoded, reads as a space in a query.
  const at = isInCalendar(day) ? Date.parse(`${day}T${time}${zone.replace(' ', '+')}`) : NaN
  return Number.isNaN(at) ? undefined : at
}
