import type { ConversationSession } from '../../conversations/conversationSession.ts'
import type { JsonObject } from '../../conversations/documentStore.ts'
import type { ServedSession } from '../../reading/servedSession.ts'
import { toJourneyName } from './journeyName.ts'

/** Path under which a session is read in the vendor's model. */
export const toJourneyUri = (id: string): string => `/api/v2/journey/sessions/${encodeURIComponent(id)}`

export const toSegmentUri = (id: string): string => `/api/v2/journey/segments/${encodeURIComponent(id)}`

export const toOutcomeUri = (id: string): string => `/api/v2/journey/outcomes/${encodeURIComponent(id)}`

/** Pages say who their customers are. Half a character, which no path can hold, is written as what stands for it in UTF-8. */
export const toContactUri = (id: string): string => `/api/v2/externalcontacts/contacts/${encodeURIComponent(Buffer.from(id).toString())}`

/** What Sojourn says beyond the vendor's model. */
const own = ['status', 'visitorId', 'sessionIndex', 'previousSessionId', 'entryPage', 'engagement', 'site', 'delivery', 'touches', 'model', 'sessions', 'sessionId', 'phoneNumber']

/** The contact of a customer whom somebody has named; of others nobody could say who they are. */
const toContact = ({ customerId, customerIdType, externalContact }: Pick<ServedSession, 'customerId' | 'customerIdType' | 'externalContact'>): JsonObject => {
  if (externalContact) return { externalContact }
  if (customerId === undefined || customerIdType === 'cookie') return {}
  return { externalContact: { id: customerId, selfUri: toContactUri(customerId) } }
}

/** What the collector says of a visit, in the vendor's words and with their paths. Conversations come as they were written. */
const toVisit = ({ lastEvent, segmentAssignments, outcomeAchievements }: ServedSession): JsonObject => ({
  lastEvent: { ...lastEvent, eventName: toJourneyName(lastEvent.eventName) },
  ...(segmentAssignments && {
    segmentAssignments: segmentAssignments.map(({ segment, ...rest }) => ({ ...rest, segment: { ...segment, selfUri: toSegmentUri(segment.id) } })),
  }),
  ...(outcomeAchievements && {
    outcomeAchievements: outcomeAchievements.map(({ outcome, achievedDate }) => ({ achievedDate, outcome: { ...outcome, selfUri: toOutcomeUri(outcome.id) } })),
  }),
})

/** A Session, of a visit or of a conversation, in the vendor's model: the same field names, their paths, nothing of Sojourn's own. */
export const toJourneySession = (session: ServedSession | ConversationSession): JsonObject => ({
  ...Object.fromEntries(Object.entries(session).filter(([name]) => !own.includes(name))),
  ...('model' in session ? {} : toVisit(session)),
  ...toContact(session),
  selfUri: toJourneyUri(session.id),
})
