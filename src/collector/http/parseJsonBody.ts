import { isUtf8 } from 'node:buffer'
import type { Body } from './createBodyReader.ts'
import { isDeeper } from '../ingest/isDeeper.ts'
import { ProblemError } from '../problem.ts'

/**
 * Parses the body of a request that brings one JSON text.
 *
 * @param mostDepth how deeply it may be nested
 * @throws ProblemError `malformed-text`, `malformed-json` or `too-deep`
 */
export const parseJsonBody = (body: Body | undefined, mostDepth: number): unknown => {
  if (!body) throw new ProblemError('malformed-json')
  if (!isUtf8(body.bytes)) throw new ProblemError('malformed-text')
  if (isDeeper(body.bytes, mostDepth)) throw new ProblemError('too-deep', { detail: `at most ${mostDepth} levels` })
  try {
    return JSON.parse(body.bytes.toString('utf8'))
  } catch (cause) {
    throw new ProblemError('malformed-json', { detail: cause instanceof Error ? cause.message : '' })
  }
}
