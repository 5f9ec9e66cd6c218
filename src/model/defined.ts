/** The same object without the keys whose value is undefined, so that what is not known is absent and not null or empty. */
export const defined = <T extends object>(object: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(object).filter(entry => entry[1] !== undefined)) as T
