import { checkInstant, createDocumentCheck } from '../../conversations/createDocumentCheck.ts'
import type { JsonObject } from '../../conversations/documentStore.ts'
import { ProblemError } from '../../problem.ts'
import type { SyllablePart } from './syllableSession.ts'
import schema from './syllableSession.json' with { type: 'json' }

const check = (part?: string) => createDocumentCheck({ schema, ...(part !== undefined && { part: `#/$defs/${part}` }) })

const checkShape = check()

const checkParts: Record<SyllablePart, (json: unknown) => JsonObject> = {
  transcript: check('SessionTranscriptionResponse'),
  'full-summary': check('SessionSummaryResponse'),
  timeline: check('SessionTimelineResponse'),
  latency: check('InspectLatencyResponse'),
  recording: check('SessionRecordingResponse'),
  debug: check('SessionData'),
}

const checkSame = (body: JsonObject, id: string): void => {
  if (String(body.session_id) !== id) throw new ProblemError('invalid-document', { detail: 'session_id must be the id of the path' })
}

/**
 * Checks a session.
 *
 * @param id what the path says
 * @throws ProblemError `invalid-document`
 */
export const checkSyllableSession = (json: unknown, id: string): JsonObject => {
  const body = checkShape(json)
  checkInstant(body.timestamp, 'timestamp')
  const whole = { ...body, session_id: body.session_id ?? id }
  checkSame(whole, id)
  return whole
}

/**
 * Checks what is told of a session apart from itself.
 *
 * @param id what the path says
 * @throws ProblemError `invalid-document`
 */
export const checkSyllablePart = (json: unknown, part: SyllablePart, id: string): JsonObject => {
  const body = checkParts[part](json)
  // A summary does not say whose it is, and of recordings it may be left out.
  const isSaid = part !== 'full-summary' && !(part === 'recording' && body.session_id == null)
  if (isSaid) checkSame(body, id)
  return body
}

/** Checks a label that is to be made. @throws ProblemError `invalid-document` */
export const checkSyllableLabel = check('SessionLabelCreate')
