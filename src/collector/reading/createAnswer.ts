import type { BatchResult } from '../../model/batch.ts'
import type { PageFacts } from '../../model/session.ts'
import type { RecordedBatch } from '../ingest/recorder.ts'
import type { ToAssignedFacts } from '../segments/createAssignedFacts.ts'
import type { SessionReader } from '../sessionStore.ts'
import { toPageFacts } from './toPageFacts.ts'

/** What ingest needs to know of the projection that follows the log. */
export interface ProjectionProgress {
  /** Tells that the log has grown. */
  wake(): void
  /** Resolves with true when the projection has passed the position, with false when so many milliseconds are over before. */
  waitFor(position: number, ms: number): Promise<boolean>
}

export interface AnswerOptions {
  projection: ProjectionProgress
  sessions: Pick<SessionReader, 'get'>
  /** Segments and outcomes of a session. */
  toAssigned?: ToAssignedFacts | undefined
  /** Milliseconds that an answer may wait for what its own events lead to, now. Default 0. */
  patience?: (() => number) | undefined
  /** Told why a Session could not be read. */
  onUnreadable(cause: unknown): void
}

/** Creates what says what became of a batch; when the page asks for it, as soon as its session is known. */
export const createAnswer = ({ projection, sessions, toAssigned, patience, onUnreadable }: AnswerOptions) => {
  const readFacts = ({ session, site, visitor }: RecordedBatch, receivedAt: number): PageFacts | undefined => {
    const stored = session === undefined ? undefined : sessions.get(session, site)
    // Somebody who knows no more than a session's id learns nothing about its visitor.
    return stored?.facts.visitorId === visitor ? toPageFacts(stored, toAssigned?.(stored, receivedAt)) : undefined
  }

  /** What is in the log is acknowledged, whatever is wrong with the Sessions: a page that is told of a failure sends the same again, for ever. */
  const findFacts = (recorded: RecordedBatch, receivedAt: number): PageFacts | undefined => {
    try {
      return readFacts(recorded, receivedAt)
    } catch (cause) {
      onUnreadable(cause)
      return undefined
    }
  }

  const answer = (recorded: RecordedBatch, receivedAt: number): BatchResult => {
    const { accepted, duplicates, rejected } = recorded
    const session = findFacts(recorded, receivedAt)
    return session ? { accepted, duplicates, rejected, session } : { accepted, duplicates, rejected }
  }

  /** @param receivedAt milliseconds since 1970 */
  return (recorded: RecordedBatch, receivedAt: number): BatchResult | Promise<BatchResult> => {
    projection.wake()
    const wait = Math.max(recorded.wait, patience?.() ?? 0)
    if (!wait || recorded.position === undefined) return answer(recorded, receivedAt)
    return projection.waitFor(recorded.position, wait).then(() => answer(recorded, receivedAt))
  }
}
