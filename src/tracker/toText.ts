import { attempt } from '../model/index.ts'

/** Anything in words; it may come from the page and refuse to be any. */
export const toText = (value: unknown): string => attempt(() => String(value)) ?? typeof value
