/** The same object without the keys that say nothing: undefined, the empty text and the empty list. */
export const defined = <T extends object>(object: { [K in keyof T]: T[K] | undefined | '' }): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => ((value ?? '') as { length?: number }).length !== 0)) as T
