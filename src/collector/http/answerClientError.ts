import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { securityHeaders } from './contentSecurity.ts'
import { problems, ProblemError, toProblemBody } from '../problem.ts'

/** What Node says of a request that never became one. */
const toProblem = ({ code }: NodeJS.ErrnoException): ProblemError => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new ProblemError('body-too-slow')
  if (code === 'HPE_HEADER_OVERFLOW') return new ProblemError('headers-too-large')
  return new ProblemError('invalid-request', { detail: 'this is no HTTP request' })
}

/** Answers what could not be read as a request, as every other failure is answered. Nothing more can be understood on such a connection. */
export const answerClientError = (error: NodeJS.ErrnoException, socket: Socket): void => {
  // Who has gone away hears nothing.
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const problem = toProblem(error)
  const { status } = problems[problem.code]
  const body = JSON.stringify(toProblemBody(problem))
  const headers = { ...securityHeaders, 'content-type': 'application/problem+json', 'content-length': Buffer.byteLength(body), connection: 'close' }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...head, '', body].join('\r\n'))
}
