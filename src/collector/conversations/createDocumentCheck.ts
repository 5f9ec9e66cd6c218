import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { limits } from '../../model/limits.ts'
import type { JsonObject } from './documentStore.ts'
import { ProblemError } from '../problem.ts'
import { openEnums } from './openEnums.ts'

export interface DocumentCheckOptions {
  /** The model's schema. */
  schema: object
  /** Part of it, e.g. `#/$defs/CreateSessionDTO`. Default: all of it. */
  part?: string
}

const idOfSchema = 'urn:sojourn:model'

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

const toReason = ({ instancePath, message = 'is wrong' }: ErrorObject): string => {
  const field = instancePath.slice(1).replaceAll('/', '.')
  return field ? `${field} ${message}` : message
}

/** A text that cannot be written in UTF-8 would be found under another name. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text)

/** Longest id of a document. */
const longestId = 255

/**
 * Checks an id that somebody gave to a document.
 *
 * @throws ProblemError `invalid-document`
 */
export const checkDocumentId = (id: unknown, name = 'id'): string => {
  if (typeof id === 'string' && id && id.length <= longestId && isWellFormed(id)) return id
  throw new ProblemError('invalid-document', { detail: `${name} must be a text of 1 to ${longestId} characters` })
}

/**
 * Checks a date: a leap second is a good one by the format, and no instant that can be counted with.
 *
 * @returns milliseconds since 1970
 * @throws ProblemError `invalid-document`
 */
export const checkInstant = (value: unknown, name: string): number => {
  const at = typeof value === 'string' ? Date.parse(value) : NaN
  // With a zone far behind, the last day of the year 9999 is one that no date-time can be written of.
  if (Number.isNaN(at) || at > limits.instant) throw new ProblemError('invalid-document', { detail: `${name} must be a date such as 2026-08-01T12:00:00Z` })
  return at
}

/** Schemas note vendors' own names in keywords that ajv does not know. */
const compile = <T>({ schema, part = '' }: DocumentCheckOptions): ValidateFunction<T> => {
  const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false })
  formats.default(ajv)
  ajv.addSchema({ ...(openEnums(schema) as object), $id: idOfSchema })
  return ajv.compile<T>({ $ref: `${idOfSchema}${part}` })
}

/**
 * Creates the check of what is written in a model: fields that the schema names have to be as it says; others, and values that an enum
 * does not know yet, are let through. The schema is compiled when it is needed first: a start would wait for all of them.
 *
 * @returns a function that throws a ProblemError `invalid-document` naming what is wrong
 */
export const createDocumentCheck = <T extends object = JsonObject>(options: DocumentCheckOptions) => {
  let compiled: ValidateFunction<T> | undefined

  return (value: unknown): T => {
    if (!isObject(value)) throw new ProblemError('invalid-document', { detail: 'must be an object' })
    const isValid = (compiled ??= compile<T>(options))
    if (isValid(value)) return value
    const reasons = [...new Set((isValid.errors ?? []).map(toReason))]
    throw new ProblemError('invalid-document', { detail: reasons.slice(0, mostReasons).join('; ') })
  }
}

/** As many as somebody would read. */
const mostReasons = 5
