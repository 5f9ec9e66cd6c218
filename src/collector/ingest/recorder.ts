import type { TokenVerdict } from '../identity/createTokenVerifier.ts'
import type { AddressedArrival, TakenBatch } from './ingestWork.ts'

/** A batch that is in the log. */
export interface RecordedBatch extends TakenBatch {
  /** Place in the log; undefined when there was nothing to keep, since all of its sessions were erased. */
  position: number | undefined
}

/**
 * The way of a batch into the log: it is read, checked, let in or refused, and kept. A port: `createRecorder` does that where it is called,
 * `startRecorder` in a thread of its own.
 */
export interface Recorder {
  /**
   * Takes a batch in.
   *
   * @returns what is known of it, once it is durable
   * @throws ProblemError for one that is refused, or cannot be kept now
   */
  record(arrival: AddressedArrival): Promise<RecordedBatch>
  /** From now on nothing is kept of these sessions, given by their digests (`toDigest`). */
  forget(digests: readonly string[]): void
  /** Resolves when everything is kept, or refused, that came before. */
  settled(): Promise<void>
}

/** What a recorder tells beside its answers. */
export interface RecorderEvents {
  /** What became of an identity token. */
  onVerdict(site: string, verdict: TokenVerdict): void
  /** Why the log could not be written. */
  onFailure(cause: unknown): void
}
