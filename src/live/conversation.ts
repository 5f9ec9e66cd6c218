import { formatDuration } from './format.ts'

interface Reference {
  id?: string
}

/** A call or chat as the API shows it: as much of it as the timeline tells. */
export interface Conversation {
  id: string
  status: 'active' | 'ended'
  createdDate: string
  endedDate?: string
  durationInSeconds?: number
  originatingDirection?: string
  conversationChannels?: { type: string; messageType?: string; platform?: string }[]
  conversationSubject?: string
  lastConnectedQueue?: Reference
  lastConnectedUser?: Reference
  lastUserDisposition?: { code: string; notes?: string }
  lastUserDisconnectType?: string
  lastAcdOutcome?: string
  model: { name: string }
}

/** When a conversation began, milliseconds since 1970. */
export const startOf = ({ createdDate }: Conversation): number => Date.parse(createdDate) || 0

/** A conversation in one line: by which media, and about what. */
export const toConversationTitle = ({ conversationChannels = [], conversationSubject }: Conversation): string => {
  const media = [...new Set(conversationChannels.map(({ messageType, type }) => messageType ?? type))].join(', ') || 'Conversation'
  return conversationSubject ? `${media}: ${conversationSubject}` : media
}

/** What else is known of a conversation, each with its name. */
export const toConversationDetails = (conversation: Conversation): [name: string, value: string][] => {
  const { durationInSeconds, lastConnectedQueue, lastConnectedUser, lastUserDisposition, model } = conversation
  const said: [string, string | undefined][] = [
    ['Direction', conversation.originatingDirection],
    ['Status', conversation.status === 'active' ? 'Goes on' : 'Over'],
    ['Length', durationInSeconds === undefined ? undefined : formatDuration(durationInSeconds * 1000)],
    ['Queue', lastConnectedQueue?.id],
    ['Agent', lastConnectedUser?.id],
    ['Outcome', conversation.lastAcdOutcome],
    ['Wrap-up', lastUserDisposition && [lastUserDisposition.code, lastUserDisposition.notes].filter(Boolean).join(': ')],
    ['Ended by', conversation.lastUserDisconnectType],
    ['Told by', model.name],
  ]
  return said.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
}
