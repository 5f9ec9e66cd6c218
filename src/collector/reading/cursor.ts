import { ProblemError } from '../problem.ts'

/** The last entity of a page: its instant, then what tells it from others of the same instant. */
export type Cursor = readonly [at: number, ...ids: string[]]

/** A cursor as it goes through a URL. What is in it is nobody's business. */
export const toCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

const isCursor = (value: unknown, ids: number): value is Cursor =>
  Array.isArray(value) && value.length === ids + 1 && Number.isSafeInteger(value[0]) && value.slice(1).every(id => typeof id === 'string')

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Reads what `toCursor` wrote.
 *
 * @param ids how many ids it has
 * @throws ProblemError `invalid-query` for anything else
 */
export const parseCursor = (text: string, ids: number): Cursor => {
  const cursor = parseJson(Buffer.from(text, 'base64url').toString())
  if (!isCursor(cursor, ids)) throw new ProblemError('invalid-query', { detail: 'cursor: expected what nextUri says' })
  return cursor
}
