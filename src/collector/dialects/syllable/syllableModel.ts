import { limits } from '../../../model/limits.ts'
import { toConversationFacts, type ConversationChannel, type ConversationModel } from '../../conversations/conversationSession.ts'
import type { JsonObject } from '../../conversations/documentStore.ts'
import { syllableKind, type SyllableDocument } from './syllableSession.ts'

/** Path under which a session is read in their model. */
export const toSyllableUri = (id: string): string => `/api/v1/sessions/${encodeURIComponent(id)}`

/** By how the type of the channel begins. */
const channels: [prefix: string, channel: ConversationChannel][] = [
  ['voice', { type: 'Voice' }],
  ['web_chat', { type: 'Webchat' }],
  ['sms', { type: 'Message', messageType: 'Sms' }],
  ['whatsapp', { type: 'Message', messageType: 'WhatsApp' }],
  ['email', { type: 'Email' }],
]

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const toChannel = ({ channel_manager_type: type, channel_manager_service: service }: JsonObject): ConversationChannel => {
  const name = textOf(type) ?? 'Unknown'
  const [, known = { type: name }] = channels.find(([prefix]) => name.startsWith(prefix)) ?? []
  return { ...known, platform: textOf(service) ?? 'Syllable' }
}

const countOf = ({ transcript }: SyllableDocument['parts']): number =>
  ['transcription', 'actions'].reduce((sum, name) => sum + (Array.isArray(transcript?.[name]) ? transcript[name].length : 0), 0)

/** Sessions of Syllable as conversations. */
export const syllableModel: ConversationModel = {
  name: 'syllable',
  kind: syllableKind,
  toUri: toSyllableUri,
  toFacts: ({ id, at, body }) => {
    const { session, parts } = body as SyllableDocument
    const { duration, is_outbound: isOutbound, user_terminated: isByUser } = session
    const createdDate = new Date(at).toISOString()
    const endedDate = typeof duration === 'number' ? new Date(Math.min(at + Math.max(0, duration) * 1000, limits.instant)).toISOString() : undefined
    return toConversationFacts({
      status: endedDate === undefined ? 'active' : 'ended',
      createdDate,
      endedDate,
      durationInSeconds: typeof duration === 'number' ? Math.max(0, Math.round(duration)) : undefined,
      customerId: textOf(session.customer_id),
      eventCount: countOf(parts),
      lastEvent: { id, eventName: endedDate === undefined ? 'started' : 'ended', createdDate: endedDate ?? createdDate },
      conversation: { id: textOf(session.conversation_id) ?? id, selfUri: toSyllableUri(id) },
      conversationChannels: [toChannel(session)],
      conversationSubject: textOf(parts['full-summary']?.summary),
      originatingDirection: typeof isOutbound === 'boolean' ? (isOutbound ? 'Outbound' : 'Inbound') : undefined,
      lastConnectedUser: textOf(session.agent_id) === undefined ? undefined : { id: String(session.agent_id) },
      lastUserDisconnectType: isByUser === true ? 'Peer' : undefined,
      authenticated: false,
    })
  },
}
