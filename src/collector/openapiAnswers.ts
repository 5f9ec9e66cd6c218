import { problems, type ProblemCode } from './problem.ts'

/** A schema by its name. */
export const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** An answer, or a body, in JSON. */
export const jsonAnswer = (schema: object, mediaType = 'application/json') => ({ content: { [mediaType]: { schema } } })

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
