/** The same object without the keys that say nothing: undefined, and the empty text. */
export const defined = <T extends object>(object: { [K in keyof T]: T[K] | undefined | '' }): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== '')) as T
