import type { Readable } from 'node:stream'
import { ProblemError } from '../problem.ts'

export interface BodyReaderOptions {
  /** Bytes of one body. */
  maxBytes: number
  /** Bytes of all bodies that are being read or worked on. */
  maxBytesInFlight: number
  /** Milliseconds from the first to the last byte of a body. */
  timeout: number
}

/** A body that was read. */
export interface Body {
  bytes: Buffer
  /** Tells that the body is done with, whatever became of it; once more does nothing. */
  release(): void
}

/** Whether something is what the reader gives. */
export const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && 'release' in value

/** What is sent beyond the limit is thrown away up to so many times the limit, so that the sender gets to read the answer. */
const patience = 8

/** Seconds after which a sender that was turned away may try again. */
const retryAfter = 2

/**
 * Creates what the pieces of a body are put together in: each of them takes hundreds of bytes beside its own, and somebody may send a body in
 * pieces of one byte.
 */
const createAssembly = () => {
  let bytes: Buffer = Buffer.alloc(0)
  let length = 0
  return {
    add: (piece: Buffer): void => {
      const end = length + piece.length
      if (!length) {
        // Nearly all bodies come in one piece, which need not be copied.
        bytes = piece
      } else {
        if (end > bytes.length) {
          const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, end))
          bytes.copy(larger, 0, 0, length)
          bytes = larger
        }
        bytes.set(piece, length)
      }
      length = end
    },
    /** All of it. */
    whole: (): Buffer => bytes.subarray(0, length),
  }
}

/** Reads bodies within bounds of size, time and memory. */
export const createBodyReader = ({ maxBytes, maxBytesInFlight, timeout }: BodyReaderOptions) => {
  let bytesInFlight = 0

  const read = (stream: Readable): Promise<Body> =>
    new Promise((resolve, reject) => {
      let assembly = createAssembly()
      let size = 0
      let held = 0
      let failure: ProblemError | undefined

      const release = (): void => {
        bytesInFlight -= held
        held = 0
      }
      const settle = (error: ProblemError | undefined): void => {
        clearTimeout(timer)
        stream.off('data', onData).off('end', onEnd).off('error', onError).off('close', onError)
        if (!error) return resolve({ bytes: assembly.whole(), release })
        release()
        stream.resume()
        reject(error)
      }
      const fail = (error: ProblemError): void => {
        failure ??= error
        assembly = createAssembly()
        release()
      }
      const onData = (chunk: Buffer): void => {
        size += chunk.length
        if (size > maxBytes) fail(new ProblemError('batch-too-large', { detail: `at most ${maxBytes} bytes` }))
        else if (bytesInFlight + chunk.length > maxBytesInFlight) fail(new ProblemError('busy', { retryAfter }))
        if (size > maxBytes * patience) return settle(failure)
        if (failure) return
        bytesInFlight += chunk.length
        held += chunk.length
        assembly.add(chunk)
      }
      const onEnd = (): void => settle(failure)
      const onError = (): void => settle(failure ?? new ProblemError('invalid-request', { detail: 'the body was cut off' }))
      const timer = setTimeout(() => settle(failure ?? new ProblemError('body-too-slow')), timeout)
      stream.on('data', onData).on('end', onEnd).on('error', onError).on('close', onError)
    })

  return {
    read,
    /** Bytes of bodies that are being read or worked on. */
    bytesInFlight: () => bytesInFlight,
  }
}

export type BodyReader = ReturnType<typeof createBodyReader>
