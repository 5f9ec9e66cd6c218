import type { Facets, ForeignDocument, JsonObject, Link } from '../../conversations/documentStore.ts'
import { toE164 } from '../../conversations/toE164.ts'

/** Kind of the documents. */
export const analyticsKind = 'genesys.conversation'

/** As much of a segment as is looked at. */
export interface AnalyticsSegment {
  segmentStart?: string
  segmentEnd?: string
  segmentType?: string
  queueId?: string
  disconnectType?: string
  subject?: string
  wrapUpCode?: string
  wrapUpNote?: string
}

/** As much of a session as is looked at. */
export interface AnalyticsSession {
  sessionId?: string
  authenticated?: boolean
  ani?: string
  dnis?: string
  addressFrom?: string
  addressTo?: string
  callbackNumbers?: string[]
  direction?: string
  journeyCustomerId?: string
  journeyCustomerIdType?: string
  journeyCustomerSessionId?: string
  mediaType?: string
  messageType?: string
  provider?: string
  metrics?: { name?: string; emitDate?: string }[]
  segments?: AnalyticsSegment[]
}

export interface AnalyticsParticipant {
  participantId?: string
  purpose?: string
  userId?: string
  externalContactId?: string
  attributes?: Record<string, string>
  sessions?: AnalyticsSession[]
}

/** As much of a conversation as is looked at; whatever else is in it is kept. */
export interface AnalyticsConversation {
  conversationId?: string
  conversationStart?: string
  conversationEnd?: string
  originatingDirection?: string
  divisionIds?: string[]
  externalTag?: string
  participants?: AnalyticsParticipant[]
}

/** A session with the participant whose it is. */
export interface OwnedSession {
  participant: AnalyticsParticipant
  session: AnalyticsSession
}

/** A segment with whose it is. */
export interface OwnedSegment extends OwnedSession {
  segment: AnalyticsSegment
}

export const sessionsOf = ({ participants = [] }: AnalyticsConversation): OwnedSession[] =>
  participants.flatMap(participant => (participant.sessions ?? []).map(session => ({ participant, session })))

const startOf = ({ segmentStart, segmentEnd }: AnalyticsSegment): number => Date.parse(segmentStart ?? segmentEnd ?? '') || 0

/** All segments of a conversation, by when they began. */
export const segmentsOf = (conversation: AnalyticsConversation): OwnedSegment[] =>
  sessionsOf(conversation)
    .flatMap(owned => (owned.session.segments ?? []).map(segment => ({ ...owned, segment })))
    .sort((a, b) => startOf(a.segment) - startOf(b.segment))

/** Participants on the far side: their numbers are the customer's. */
const isCustomer = ({ purpose }: AnalyticsParticipant): boolean => purpose === 'customer' || purpose === 'external'

const numbersOf = ({ participant, session }: OwnedSession): (string | undefined)[] => {
  if (!isCustomer(participant)) return session.callbackNumbers ?? []
  const { direction, ani, dnis, addressFrom, addressTo, callbackNumbers = [] } = session
  return [...(direction === 'outbound' ? [dnis, addressTo] : [ani, addressFrom]), ...callbackNumbers]
}

/** Attributes of a participant that tell the web session: what a flow has asked the visitor for, say. */
const linksOfParticipant = ({ attributes = {}, externalContactId }: AnalyticsParticipant): [Link['by'], string | undefined][] => [
  ['session', attributes.journeySessionId],
  ['shortId', attributes.shortId],
  ['customer', attributes.customerId],
  ['customer', externalContactId],
]

const linksOfSession = (owned: OwnedSession): [Link['by'], string | undefined][] => [
  ['session', owned.session.journeyCustomerSessionId],
  ['customer', owned.session.journeyCustomerId],
  ...numbersOf(owned).map((number): [Link['by'], string | undefined] => ['phone', toE164(number ?? '')]),
]

const toLinks = (conversation: AnalyticsConversation): Link[] => {
  const said = [...(conversation.participants ?? []).flatMap(linksOfParticipant), ...sessionsOf(conversation).flatMap(linksOfSession)]
  const links = said.flatMap(([by, value]) => (value ? [{ by, value }] : []))
  return [...new Map(links.map(link => [`${link.by} ${link.value}`, link])).values()]
}

/**
 * How a conversation is stored, and what it is found by.
 *
 * @param now milliseconds since 1970: when one began that does not say it
 */
export const toAnalyticsDocument = (body: JsonObject, now: number): { document: ForeignDocument; facets: Facets } => {
  const conversation = body as AnalyticsConversation
  const [first] = segmentsOf(conversation)
  const { conversationStart } = conversation
  const at = conversationStart === undefined ? (first && startOf(first.segment)) || now : Date.parse(conversationStart)
  return { document: { kind: analyticsKind, id: conversation.conversationId!, at, body, links: toLinks(conversation) }, facets: { at } }
}
