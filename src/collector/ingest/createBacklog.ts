import { ProblemError } from '../problem.ts'

/** Seconds after which a page that was turned away may try again. */
const retryAfter = 2

/**
 * Creates a bound of what is on its way from HTTP into the log: while the log is slow, pages are told to come later, and memory
 * does not grow.
 *
 * @param maxBytes bytes of bodies as they are after decompression
 */
export const createBacklog = (maxBytes: number) => {
  let held = 0
  return {
    /** @throws ProblemError `busy` when there is no room */
    enter: (bytes: number): void => {
      if (held + bytes > maxBytes) throw new ProblemError('busy', { retryAfter })
      held += bytes
    },
    leave: (bytes: number): void => {
      held -= bytes
    },
    /** Bytes that are on their way. */
    held: () => held,
  }
}

export type Backlog = ReturnType<typeof createBacklog>
