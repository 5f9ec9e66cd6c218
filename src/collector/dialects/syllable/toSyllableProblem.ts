import type { onRequestHookHandler } from 'fastify'
import type { FoundDocuments, JsonObject } from '../../conversations/documentStore.ts'
import type { ForeignProblem } from '../../http/foreignProblem.ts'
import { problems, type ProblemCode, type ProblemError } from '../../problem.ts'
import type { SyllableList } from './parseSyllableQuery.ts'

/** Where in a request is what their API calls a validation error. */
const places: Partial<Record<ProblemCode, string>> = {
  'invalid-query': 'query',
  'invalid-document': 'body',
  'malformed-gzip': 'body',
  'malformed-text': 'body',
  'malformed-json': 'body',
  'too-deep': 'body',
}

/** The field that a message is about: `code must be string`, `must have required property 'code'`. */
const fieldOf = (msg: string): string[] => {
  const [, missing, wrong] = /^must have required property '([^']+)'|^(?!must |expected )([\w.-]+)(?=:| must | is )/.exec(msg) ?? []
  return [missing, wrong].filter(name => name !== undefined)
}

/** Errors in the shape of their API: a list of what is wrong with a request, else a text. */
export const toSyllableProblem = ({ code, message }: ProblemError): ForeignProblem => {
  const place = places[code]
  if (place === undefined) return { body: { detail: message }, status: problems[code].status }
  const detail = message.split(/; (?!did you mean|known are)/).map(msg => ({ loc: [place, ...fieldOf(msg)], msg, type: 'value_error' }))
  return { body: { detail }, status: 422 }
}

/** Their clients name the key in a header of their own. */
export const acceptSyllableKey: onRequestHookHandler = (request, _reply, done) => {
  const key = request.headers['syllable-api-key']
  if (typeof key === 'string') request.headers.authorization = `Bearer ${key}`
  done()
}

/** The fields that are asked for; what an entity cannot be without is always there. */
const pickFields = (entity: JsonObject, fields: readonly string[] | undefined): JsonObject =>
  fields ? Object.fromEntries(Object.entries(entity).filter(([name]) => name === 'timestamp' || fields.includes(name))) : entity

/** A page of a list, as their clients expect it. */
export const toSyllablePage = ({ documents, total }: FoundDocuments, { page, search, fields }: SyllableList, show: (body: JsonObject) => JsonObject) => ({
  items: documents.map(({ body }) => pickFields(show(body), fields)),
  page,
  page_size: search.limit,
  total_pages: Math.ceil(total / search.limit),
  total_count: total,
})
