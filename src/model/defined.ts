/** The same object without the keys that say nothing: undefined, the empty text and the empty list. */
export const defined = <T extends object>(object: { [K in keyof T]: T[K] | undefined | '' }): T => {
  // Not by a list of entries: a page of Sessions has thousands of them.
  const said = {} as { [K in keyof T]: T[K] | undefined | '' }
  for (const key in object) if (((object[key] ?? '') as { length?: number }).length !== 0) said[key] = object[key]
  return said as T
}
