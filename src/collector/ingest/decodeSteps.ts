import { isUtf8 } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import { limits } from '../../model/limits.ts'
import type { Backlog } from './createBacklog.ts'
import type { IngestStep } from './ingestWork.ts'
import { isDeeper } from './isDeeper.ts'
import { createBatchParser } from './parseBatch.ts'
import { ProblemError } from '../problem.ts'

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

const isTooLong = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'

/** Decompresses what begins like gzip; the output is bounded while it is made, so that a small body cannot become a huge one. */
export const unzip: IngestStep = work => {
  if (!isGzip(work.bytes)) return
  try {
    work.bytes = gunzipSync(work.bytes, { maxOutputLength: limits.batchBytes })
  } catch (cause) {
    if (isTooLong(cause)) throw new ProblemError('batch-too-large', { detail: `at most ${limits.batchBytes} bytes, decompressed` })
    throw new ProblemError('malformed-gzip')
  }
}

/** Lets in what there is room for. */
export const createBacklogStep =
  (backlog: Backlog): IngestStep =>
  work => {
    backlog.enter(work.bytes.length)
    work.held = work.bytes.length
  }

/**
 * Bytes of a body that may be parsed before it is known how deep it is nested. Nesting takes ten times as long to parse as flat JSON of the
 * same length: so long a body then still takes less than a flat one may that is as long as bodies can be.
 */
const smallBody = 32_768

const refuseDeep = (bytes: Buffer): void => {
  if (isDeeper(bytes, limits.depth)) throw new ProblemError('too-deep', { detail: `at most ${limits.depth} levels` })
}

/** Refuses what is no text, or is long and nested so deeply that no batch can be meant. */
export const checkText: IngestStep = ({ bytes }) => {
  if (!isUtf8(bytes)) throw new ProblemError('malformed-text')
  if (bytes.length > smallBody) refuseDeep(bytes)
}

/** Parses JSON. */
export const parseText: IngestStep = work => {
  try {
    work.text = work.bytes.toString('utf8')
    work.body = JSON.parse(work.text)
  } catch {
    refuseDeep(work.bytes)
    throw new ProblemError('malformed-json')
  }
}

/**
 * Checks the batch and its events against the schemas. What they describe is not nested deeply, so that only a body of which something is
 * dropped or refused is looked at for that.
 */
export const createParseStep = (): IngestStep => {
  const parse = createBatchParser()
  return work => {
    try {
      work.parsed = parse(work.body)
    } catch (cause) {
      refuseDeep(work.bytes)
      throw cause
    }
    if (!work.parsed.isWhole) refuseDeep(work.bytes)
  }
}

/** Keeps what was said in another vendor's words. A page cannot: its events have known fields only. */
export const keepForeign: IngestStep = ({ foreign, parsed }) => {
  if (foreign === undefined) return
  const { batch } = parsed!
  const [first, ...others] = batch.events
  batch.events = [Object.assign({}, first, { foreign }), ...others]
  parsed!.isWhole = false
}
