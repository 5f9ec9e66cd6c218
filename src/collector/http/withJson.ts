import type { Body } from './createBodyReader.ts'
import { parseJsonBody } from './parseJsonBody.ts'

/** Nesting of what other systems send: a tool's schema within an assistant within a squad is deep. */
const mostDepth = 64

/**
 * Reads the body of a request, works with it, and lets it go, whatever becomes of it.
 *
 * @throws ProblemError for a body that is no JSON
 */
export const withJson = <T>(body: Body | undefined, work: (json: unknown) => T): T => {
  try {
    return work(parseJsonBody(body, mostDepth))
  } finally {
    body?.release()
  }
}
