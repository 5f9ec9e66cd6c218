import { pageLimits } from '../reading/parseQuery.ts'
import { problems, type ProblemCode } from '../problem.ts'

/** A schema by its name. */
export const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** An answer, or a body, in JSON. */
export const jsonAnswer = (schema: object, mediaType = 'application/json') => ({ content: { [mediaType]: { schema } } })

/** A parameter of the query. */
export const inQuery = (name: string, description: string, schema: object = { type: 'string' }) => ({ name, in: 'query', description, schema })

/** A part of the path. */
export const inPath = (name: string, schema: object = { type: 'string' }) => ({ name, in: 'path', required: true, schema })

/** What may be wrong with a document that is sent. */
export const documentCodes = ['malformed-text', 'malformed-json', 'too-deep', 'invalid-document', 'body-too-slow', 'batch-too-large', 'unsupported-media-type', 'busy', 'storage-unavailable'] as const

/** Parameters of every list that comes in pages. */
export const paging = [
  inQuery('limit', 'Entities of a page.', { type: 'integer', minimum: 1, maximum: pageLimits.most, default: pageLimits.usual }),
  inQuery('cursor', 'What `nextUri` of the page before says.'),
]

/** Only with the API key. */
export const secured = [{ apiKey: [] }]

const retryAfter = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } }

/** Answers by status, each with the codes that come with it. */
export const refusals = (...codes: ProblemCode[]) => {
  const describe = (status: number): string =>
    codes
      .filter(code => problems[code].status === status)
      .map(code => `\`${code}\`: ${problems[code].title}.`)
      .join(' ')
  return Object.fromEntries(
    codes.map(code => {
      const { status } = problems[code]
      const headers = status === 429 || status === 503 ? { headers: retryAfter } : {}
      return [status, { description: describe(status), ...jsonAnswer(refer('Problem'), 'application/problem+json'), ...headers }]
    }),
  )
}

const foreignDescriptions = {
  400: 'The request is wrong.',
  401: 'The API key is missing or wrong.',
  403: 'The site does not allow pages of this origin.',
  404: 'There is no such thing.',
  429: 'Too many requests.',
} as const

/** Refusals in the shape of another vendor's API. */
export const foreignRefusals = (...statuses: (keyof typeof foreignDescriptions)[]) =>
  Object.fromEntries(
    statuses.map(status => [
      status,
      { description: foreignDescriptions[status], ...jsonAnswer({ type: 'object' }), ...(status === 429 && { headers: retryAfter }) },
    ]),
  )
