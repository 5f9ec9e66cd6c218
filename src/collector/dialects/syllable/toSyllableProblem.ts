import type { onRequestHookHandler } from 'fastify'
import type { FoundDocuments, JsonObject } from '../../conversations/documentStore.ts'
import type { ForeignProblem } from '../../foreignProblem.ts'
import { problems, type ProblemError } from '../../problem.ts'
import type { SyllableList } from './parseSyllableQuery.ts'

/** Errors in the shape of their API: a list of what is wrong with a request, else a text. */
export const toSyllableProblem = ({ code, message }: ProblemError): ForeignProblem => {
  const place = code === 'invalid-document' ? 'body' : code === 'invalid-query' ? 'query' : undefined
  if (place === undefined) return { body: { detail: message }, status: problems[code].status }
  const detail = message.split('; ').map(msg => ({ loc: [place, msg.split(/[ :]/, 1)[0]], msg, type: 'value_error' }))
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
