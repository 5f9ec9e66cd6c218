import { limits } from '../model/index.ts'

/** What `isText` expects, in words. */
export const aText = `a text of 1 to ${limits.name} characters`

/** True for what can be a name: of an event, a screen, a site, a customer. */
export const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= limits.name
