/** True for what can be a name: of a screen, a site, a customer; or for a text of another pattern. */
export const isText = (value: unknown, pattern = /^[^]{1,255}$/): value is string => typeof value === 'string' && pattern.test(value)
