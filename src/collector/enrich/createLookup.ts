/** Results that are kept. */
const mostResults = 5000

/** Keeps the results of a pure function for the arguments it was asked for last. */
export const createLookup = <T>(look: (key: string) => T, maxResults = mostResults): ((key: string) => T) => {
  const results = new Map<string, T>()
  return key => {
    const known = results.get(key)
    if (known !== undefined) return known
    const result = look(key)
    results.set(key, result)
    // A map hands its keys out in the order in which they were set: the first is the oldest.
    const { value: oldest } = results.keys().next()
    if (results.size > maxResults && oldest !== undefined) results.delete(oldest)
    return result
  }
}
