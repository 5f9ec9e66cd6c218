import type { ConversationChannel, ConversationModel, UserDisposition } from '../../conversations/conversationSession.ts'
import { toConversationFacts } from '../../conversations/conversationSession.ts'
import {
  analyticsKind,
  segmentsOf,
  sessionsOf,
  type AnalyticsConversation,
  type AnalyticsSegment,
  type OwnedSegment,
  type OwnedSession,
} from './analyticsConversation.ts'

/** Path under which a conversation is read in their model. */
export const toAnalyticsUri = (id: string): string => `/api/v2/analytics/conversations/${encodeURIComponent(id)}/details`

/** Words of the analytics model that are others in the journey model; the rest begins with a capital there. */
const words: Record<string, string> = {
  dndEndpoint: 'DoNotDisturbEndpoint',
  dndTransfer: 'DoNotDisturbTransfer',
  internalmessage: 'InternalMessage',
  whatsapp: 'WhatsApp',
  webmessaging: 'WebMessaging',
}

const toWord = (text: string): string => (Object.hasOwn(words, text) ? words[text]! : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`)

const acdOutcomes: Record<string, string> = { tAnswered: 'Answered', tAbandon: 'Abandon', tFlowOut: 'FlowOut' }

const toChannel = ({ mediaType = 'unknown', messageType, provider }: OwnedSession['session']): ConversationChannel => ({
  type: toWord(mediaType),
  ...(messageType !== undefined && { messageType: toWord(messageType) }),
  ...(provider !== undefined && { platform: provider }),
})

const toChannels = (sessions: OwnedSession[]): ConversationChannel[] | undefined => {
  const channels = sessions.map(({ session }) => toChannel(session))
  const distinct = [...new Map(channels.map(channel => [JSON.stringify(channel), channel])).values()]
  return distinct.length ? distinct : undefined
}

/** Dates are of any offset; what has none comes first. */
const instantOf = (date = ''): number => Date.parse(date) || 0

const toAcdOutcome = (sessions: OwnedSession[]): string | undefined => {
  const metrics = sessions.flatMap(({ session }) => session.metrics ?? []).filter(({ name }) => name !== undefined && Object.hasOwn(acdOutcomes, name))
  const last = metrics.sort((a, b) => instantOf(a.emitDate) - instantOf(b.emitDate)).at(-1)
  return last && acdOutcomes[last.name!]
}

const toDisposition = (segments: OwnedSegment[]): UserDisposition | undefined => {
  const found = segments.findLast(({ segment, participant }) => segment.wrapUpCode !== undefined && participant.userId !== undefined)
  if (!found) return undefined
  const { wrapUpCode, wrapUpNote } = found.segment
  return { code: wrapUpCode!, ...(wrapUpNote !== undefined && { notes: wrapUpNote }), user: { id: found.participant.userId! } }
}

const toReference = (id: string | undefined): { id: string } | undefined => (id === undefined ? undefined : { id })

/** What the agents' side tells, of the newest segment that tells it. */
const toAgentFacts = (segments: OwnedSegment[]) => {
  const ofUsers = segments.filter(({ participant }) => participant.userId !== undefined)
  const disconnect = ofUsers.findLast(({ segment }) => segment.disconnectType !== undefined)?.segment.disconnectType
  return {
    lastConnectedQueue: toReference(segments.findLast(({ segment }) => segment.queueId !== undefined)?.segment.queueId),
    lastConnectedUser: toReference(ofUsers.findLast(({ segment }) => segment.segmentType === 'interact')?.participant.userId),
    lastUserDisposition: toDisposition(ofUsers),
    lastUserDisconnectType: disconnect === undefined ? undefined : toWord(disconnect),
  }
}

const toCustomerFacts = (sessions: OwnedSession[]) => {
  const { session } = sessions.find(each => each.session.journeyCustomerId !== undefined) ?? {}
  return {
    customerId: session?.journeyCustomerId,
    customerIdType: session?.journeyCustomerIdType,
    externalContact: toReference(sessions.find(({ participant }) => participant.externalContactId !== undefined)?.participant.externalContactId),
    authenticated: sessions.some(each => each.session.authenticated === true),
  }
}

const dateOf = ({ segmentEnd, segmentStart }: AnalyticsSegment): string | undefined => segmentEnd ?? segmentStart

/** Conversations of Genesys Cloud analytics as conversations. */
export const analyticsModel: ConversationModel = {
  name: 'genesysAnalytics',
  kind: analyticsKind,
  toUri: toAnalyticsUri,
  toFacts: ({ id, at, body }) => {
    const conversation = body as AnalyticsConversation
    const sessions = sessionsOf(conversation)
    const segments = segmentsOf(conversation)
    const last = segments.at(-1)
    const createdDate = new Date(at).toISOString()
    const endedDate = conversation.conversationEnd
    const direction = conversation.originatingDirection ?? sessions.find(({ session }) => session.direction !== undefined)?.session.direction
    return toConversationFacts({
      status: endedDate === undefined ? 'active' : 'ended',
      createdDate,
      endedDate,
      durationInSeconds: endedDate === undefined ? undefined : Math.max(0, Math.round((Date.parse(endedDate) - at) / 1000)) || 0,
      eventCount: segments.length,
      lastEvent: { id: last?.session.sessionId ?? id, eventName: last?.segment.segmentType ?? 'started', createdDate: (last && dateOf(last.segment)) ?? createdDate },
      conversation: { id, selfUri: toAnalyticsUri(id) },
      conversationChannels: toChannels(sessions),
      conversationSubject: segments.find(({ segment }) => segment.subject !== undefined)?.segment.subject,
      originatingDirection: direction === undefined ? undefined : toWord(direction),
      lastAcdOutcome: toAcdOutcome(sessions),
      divisionIds: conversation.divisionIds,
      ...toAgentFacts(segments),
      ...toCustomerFacts(sessions),
    })
  },
}
