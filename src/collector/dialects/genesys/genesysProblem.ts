import type { ForeignProblem } from '../../http/foreignProblem.ts'
import { problems, type ProblemCode, type ProblemError } from '../../problem.ts'

/** Their words for a problem, by status; a code of ours where they have none. */
const codes: Record<number, string> = {
  400: 'bad.request',
  401: 'authentication.required',
  403: 'not.authorized',
  404: 'not.found',
  413: 'request.too.large',
  415: 'unsupported.media.type',
  429: 'too.many.requests',
  500: 'internal.server.error',
  503: 'service.unavailable',
}

/** Statuses that they do not use for a problem. */
const foreignStatus: Partial<Record<ProblemCode, number>> = { 'unknown-site': 404 }

/** Errors in the shape of their API. */
export const toGenesysProblem = ({ code, message }: ProblemError): ForeignProblem => {
  const status = foreignStatus[code] ?? problems[code].status
  return { status, body: { message, code: codes[status] ?? code, status, messageParams: {}, details: [], errors: [] } }
}
