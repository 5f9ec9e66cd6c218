import type { JsonObject } from '../../conversations/documentStore.ts'
import { usualExpirationDays, type JourneySegment } from '../../../model/definition.ts'
import type { ConversationSession } from '../../conversations/conversationSession.ts'
import { definitionLimits } from '../../segments/definitionLimits.ts'
import type { ServedSession } from '../../reading/servedSession.ts'
import { toContactUri, toJourneyUri, toSegmentUri } from './toJourneySession.ts'

const day = 86_400_000

interface AssignmentOptions {
  contactId: string
  /** Of the contact, newest first. */
  sessions: readonly (ServedSession | ConversationSession)[]
  segments: readonly JourneySegment[]
  /** Milliseconds since 1970. */
  now: number
}

/** When a segment ends: with its session, as far as that is known, or when it expires. */
const toEnd = (segment: JourneySegment | undefined, assignedDate: string, { endedDate, awayDate }: ServedSession): string => {
  if (segment?.scope !== 'Customer') return endedDate ?? awayDate
  // What another vendor's client has written may be no number of days that a date can be reckoned with.
  const days = Math.min(definitionLimits.days, Math.max(0, segment.assignmentExpirationDays ?? usualExpirationDays))
  return new Date(Date.parse(assignedDate) + days * day).toISOString()
}

/** The segments that a customer has now in the vendor's model: those of sessions that go on, and those that live across sessions. */
export const toSegmentAssignments = ({ contactId, sessions, segments, now }: AssignmentOptions): JsonObject[] => {
  const found = new Map<string, JsonObject>()
  for (const session of sessions) {
    // A conversation is assigned none.
    if ('model' in session) continue
    for (const { segment: { id }, assignedDate } of session.segmentAssignments ?? []) {
      const definition = segments.find(segment => segment.id === id)
      const isOfCustomer = definition?.scope === 'Customer'
      const dateForUnassignment = toEnd(definition, assignedDate, session)
      const isOver = isOfCustomer ? Date.parse(dateForUnassignment) <= now : session.status === 'ended'
      const key = isOfCustomer ? id : `${id} ${session.id}`
      if (isOver || found.has(key)) continue
      found.set(key, {
        dateAssigned: assignedDate,
        dateForUnassignment,
        segment: { id, selfUri: toSegmentUri(id) },
        externalContact: { id: contactId, selfUri: toContactUri(contactId) },
        ...(!isOfCustomer && { session: { id: session.id, type: session.type, selfUri: toJourneyUri(session.id) } }),
      })
    }
  }
  return [...found.values()]
}
