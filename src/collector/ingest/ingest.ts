import type { BatchResult } from '../../model/batch.ts'
import { createAddressLimit } from './createAddressLimit.ts'
import { createAnswer, type AnswerOptions } from '../reading/createAnswer.ts'
import { createClientAddress } from '../enrich/clientAddress.ts'
import type { Arrival } from './ingestWork.ts'
import { createRateLimit, type RateLimitRule } from '../rateLimit.ts'
import type { Recorder } from './recorder.ts'

export interface IngestOptions extends AnswerOptions {
  recorder: Pick<Recorder, 'record'>
  trustedProxies: readonly string[]
  /** How often one address may send. Absent: as often as it likes. */
  addressLimit?: RateLimitRule | undefined
  /** Milliseconds that never go back, for rates. */
  monotonicNow(): number
}

/**
 * Creates what `POST /v1/events` does. The body was read within bounds before.
 *
 * @returns a function that resolves when the batch is durable, and throws a `ProblemError` for one that is refused
 */
export const createIngest = ({ recorder, trustedProxies, addressLimit, monotonicNow, ...options }: IngestOptions) => {
  const toAddress = createClientAddress(trustedProxies)
  const limitAddress = addressLimit && createAddressLimit(createRateLimit(addressLimit, monotonicNow))
  const answer = createAnswer(options)
  return async ({ bytes, origin, userAgent, connection, forwardedFor, receivedAt, foreign }: Arrival): Promise<{ site: string; result: BatchResult }> => {
    const address = toAddress(connection, forwardedFor)
    // Before anything is done with what it sent.
    limitAddress?.(address)
    const recorded = await recorder.record({ bytes, origin, userAgent, address, receivedAt, foreign })
    return { site: recorded.site, result: await answer(recorded, receivedAt) }
  }
}

export type Ingest = ReturnType<typeof createIngest>
