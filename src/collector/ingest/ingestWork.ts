import type { BatchResult } from '../../model/batch.ts'
import type { IdentityProof } from '../identity/identityProof.ts'
import type { ParsedBatch } from './parseBatch.ts'
import type { Site } from '../site.ts'

/** A batch as it came in. */
export interface Arrival {
  bytes: Buffer
  /** Headers `Origin`, `User-Agent` and `X-Forwarded-For`. */
  origin?: string | undefined
  userAgent?: string | undefined
  forwardedFor?: string | undefined
  /** Address of the connection. */
  connection?: string | undefined
  /** Clock of the collector, milliseconds since 1970. */
  receivedAt: number
  /** What somebody has sent in another vendor's words beside what a batch can say, as JSON: kept with the first event. */
  foreign?: string | undefined
}

/** A batch as it came in, and whom it is from. */
export interface AddressedArrival extends Omit<Arrival, 'forwardedFor' | 'connection'> {
  /** Address of the visitor, whole. */
  address?: string | undefined
}

/** What an answer needs to know of a batch. */
export interface TakenBatch extends Omit<BatchResult, 'session'> {
  site: string
  visitor: string
  /** Session of its newest event; undefined when it has none. */
  session: string | undefined
  /** Milliseconds that the page asks to wait for the session. */
  wait: number
}

/** A batch on its way into the log: each step adds what it found out. */
export interface IngestWork extends AddressedArrival {
  /** Bytes that it takes of the backlog. */
  held?: number | undefined
  /** The body as text. */
  text?: string | undefined
  body?: unknown
  parsed?: ParsedBatch | undefined
  site?: Site | undefined
  /** What its identity tokens have proven. */
  proofs?: IdentityProof[] | undefined
  /** Events that are not kept, because their sessions were erased. */
  dropped?: number | undefined
  /** What the answer follows from, when the batch itself is in the log. */
  taken?: TakenBatch | undefined
  /** Place in the log; from there on the batch is durable. */
  position?: number | undefined
}

/**
 * A batch at the beginning of its way. What the steps will add has its place already: V8 gives a copy to which something is added a shape of
 * its own, batch for batch, and whatever reads it is slow from then on.
 */
export const toIngestWork = ({ bytes, origin, userAgent, address, receivedAt, foreign }: AddressedArrival): IngestWork => ({
  bytes,
  origin,
  userAgent,
  address,
  receivedAt,
  foreign,
  held: undefined,
  text: undefined,
  body: undefined,
  parsed: undefined,
  site: undefined,
  proofs: undefined,
  dropped: undefined,
  taken: undefined,
  position: undefined,
})

/** One step of ingest. Throws a `ProblemError` for what goes no further. */
export type IngestStep = (work: IngestWork) => void | Promise<void>
