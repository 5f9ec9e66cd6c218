import { formatDuration } from './format.ts'

interface Reference {
  id?: string
}

/** A call or chat as the API shows it: as much of it as the timeline tells. */
export interface Conversation {
  id: string
  status: 'active' | 'ended'
  customerId?: string
  shortId?: string
  /** Ids of the visits that it grew from, and their site. */
  sessions?: string[]
  site?: string
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

/** Those of a site in which each word of a text is found, the newest first; '' for all. */
export const filterConversations = (all: readonly Conversation[], { text, site }: { text: string; site: string }): Conversation[] => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const newestFirst = [...all].sort((a, b) => startOf(b) - startOf(a))
  return newestFirst.filter(each => {
    const found = [toConversationTitle(each), each.id, each.customerId, each.shortId, ...toConversationDetails(each).flat()].join('\n').toLowerCase()
    return (!site || each.site === site) && words.every(word => found.includes(word))
  })
}
