/** Everything that can go wrong with a request, by a code of the domain; the one place that knows the HTTP status of each. */
export const problems = {
  'malformed-gzip': { status: 400, title: 'The body starts like gzip and is none' },
  'malformed-text': { status: 400, title: 'The body is not UTF-8' },
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'too-deep': { status: 400, title: 'The body is nested too deeply' },
  'invalid-batch': { status: 400, title: 'The body is not a batch' },
  'no-valid-event': { status: 400, title: 'None of the events is valid' },
  'invalid-query': { status: 400, title: 'A parameter of the query is wrong' },
  'invalid-request': { status: 400, title: 'The request is wrong' },
  'unknown-site': { status: 401, title: 'The collector does not know this site' },
  'invalid-api-key': { status: 401, title: 'The API key is missing or wrong' },
  'origin-not-allowed': { status: 403, title: 'The site does not allow pages of this origin' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'session-not-found': { status: 404, title: 'There is no such session' },
  'erasure-not-found': { status: 404, title: 'There is no such erasure' },
  'definition-not-found': { status: 404, title: 'There is no such segment or outcome' },
  'conversation-not-found': { status: 404, title: 'There is no such conversation' },
  'action-not-found': { status: 404, title: 'There is no such action' },
  'document-not-found': { status: 404, title: 'There is no such document' },
  'invalid-document': { status: 400, title: 'The document is wrong' },
  'session-ended': { status: 409, title: 'The session is over' },
  'action-seen': { status: 409, title: 'The page has shown the action' },
  'definitions-changed': { status: 412, title: 'The definitions have been changed in the meantime' },
  'invalid-definition': { status: 400, title: 'A segment or an outcome is wrong' },
  'body-too-slow': { status: 408, title: 'The request took too long to arrive' },
  'batch-too-large': { status: 413, title: 'The batch is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has a type that is not read here' },
  'headers-too-large': { status: 431, title: 'The head of the request is too large' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong in the collector' },
  busy: { status: 503, title: 'The collector has too much to do' },
  'log-unavailable': { status: 503, title: 'The event log cannot be written' },
  'storage-unavailable': { status: 503, title: 'The collector cannot store it' },
  'not-ready': { status: 503, title: 'The collector is not ready' },
} as const

export type ProblemCode = keyof typeof problems

/** What an answer says about a problem beside its code. */
export interface ProblemDetails {
  /** What was wrong with this request, for a person. */
  detail?: string
  /** Seconds after which the same request may do better; becomes `Retry-After`. */
  retryAfter?: number
  /** Further members of the answer. */
  members?: Record<string, unknown>
}

/** Thrown wherever a request cannot be served; becomes an answer in one place. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? problems[code].title)
    this.name = 'ProblemError'
    this.code = code
    this.details = details
  }
}

/** Statuses that the framework gives by itself, as codes of the domain. */
const byStatus: Record<number, ProblemCode> = {
  404: 'not-found',
  408: 'body-too-slow',
  413: 'batch-too-large',
  415: 'unsupported-media-type',
}

/** How systems and SQLite call that there is no room, that a disk fails, or that somebody else has the file. */
const storageCodes = /^(ENOSPC|EDQUOT|EFBIG|EROFS|EIO|SQLITE_(FULL|BUSY|READONLY|CANTOPEN|IOERR)(_\w+)?)$/

/** Seconds: for somebody has to make room. */
const storagePause = 10

const isOfStorage = (error: unknown): boolean =>
  error instanceof Error && (storageCodes.test('code' in error ? String(error.code) : '') || isOfStorage(error.cause))

/** Any error as a problem. What is unknown says nothing outside. */
export const toProblem = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error
  if (isOfStorage(error)) return new ProblemError('storage-unavailable', { retryAfter: storagePause })
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return new ProblemError(status < 500 ? (byStatus[status] ?? 'invalid-request') : 'internal')
}

/** Body of the answer, RFC 9457, and its status. */
export const toProblemBody = ({ code, details: { detail, members } }: ProblemError) => {
  const { status, title } = problems[code]
  return { type: `urn:sojourn:problem:${code}`, title, status, code, ...(detail && { detail }), ...members }
}
