import { parseCursor, toCursor } from '../reading/cursor.ts'
import type { SessionFilter, SessionReader, StoredSession } from '../sessionStore.ts'
import type { ConversationSession } from './conversationSession.ts'
import type { DocumentKey, DocumentStore, ForeignDocument, Link } from './documentStore.ts'
import { hasLink } from './hasLink.ts'
import { toE164 } from './toE164.ts'
import { toLinks } from './toLinks.ts'

export interface ConversationListOptions {
  documents: Pick<DocumentStore, 'list'>
  sessions: Pick<SessionReader, 'list'>
  /** Kinds of the documents that are conversations. */
  kinds: readonly string[]
  /** Shows a document; undefined for what is no conversation. */
  show(document: ForeignDocument): ConversationSession | undefined
  /** Milliseconds since 1970. */
  now(): number
}

/** A conversation in a list, when it began, and what the list goes on with after it. */
export interface ListedConversation {
  at: number
  cursor: string
  conversation: ConversationSession
}

/** A part of a list; `next` where there may be more, also if nothing of this part was asked for. */
export interface ConversationPage {
  entities: ListedConversation[]
  next?: string
}

/** Which part of a list: after which one, and how many. */
interface Part {
  limit: number
  after: DocumentKey | undefined
}

/** Documents that are read at a time where not all of them fit, and at most for one page: of those that are over few may go on, and of those with a link few may be somebody's. */
const mostAtOnce = 200
const mostRead = 1000

/** Sessions of one person whose conversations are looked for. */
const mostSessions = 200

const toKey = (cursor: string): DocumentKey => {
  const [at, kind = '', id = ''] = parseCursor(cursor, 2)
  return { at, kind, id }
}

/** What names the person of the filter in a conversation itself. */
const toOwnLinks = ({ shortId, customerId, visitorId }: SessionFilter): Link[] => {
  const phone = customerId === undefined ? undefined : toE164(customerId)
  return [
    ...(shortId === undefined ? [] : [{ by: 'shortId', value: shortId } as const]),
    ...[customerId, visitorId].flatMap(value => (value === undefined ? [] : [{ by: 'customer', value } as const])),
    ...(phone === undefined ? [] : [{ by: 'phone', value: phone } as const]),
  ]
}

/** What names somebody in the filter, one by one: who is named twice has to be the one and the other. */
const namesOf = ({ site, shortId, customerId, visitorId }: SessionFilter): SessionFilter[] => {
  const names: SessionFilter[] = [...(customerId === undefined ? [] : [{ customerId }]), ...(visitorId === undefined ? [] : [{ visitorId }]), ...(shortId === undefined ? [] : [{ shortId }])]
  return names.map(name => ({ ...name, ...(site !== undefined && { site }) }))
}

const isInState = ({ status }: ConversationSession, wanted: SessionFilter['status']): boolean => wanted === undefined || wanted === status || (wanted === 'live' && status === 'active')

/** Creates the list of conversations, newest first, by what Sessions are listed by: those of a person are those that name them, or grew from their sessions. */
export const createConversationList = ({ documents, sessions, kinds, show, now }: ConversationListOptions) => {
  const toListed = (document: ForeignDocument, { site, status }: SessionFilter): ListedConversation[] => {
    const conversation = show(document)
    if (!conversation || !isInState(conversation, status) || (site !== undefined && conversation.site !== site)) return []
    return [{ at: document.at, cursor: toCursor([document.at, document.kind, document.id]), conversation }]
  }

  const toPage = (found: ListedConversation[], limit: number, next: string | undefined): ConversationPage => {
    const entities = found.slice(0, limit)
    const rest = found.length > limit ? entities.at(-1)!.cursor : next
    return { entities, ...(rest !== undefined && { next: rest }) }
  }

  /** @param isWanted what is listed of those that are looked through. Default: all */
  const lookThrough = (filter: SessionFilter, { limit, after }: Part, { links, isWanted }: { links?: Link[]; isWanted?(listed: ListedConversation, document: ForeignDocument): boolean }) => {
    const { from, to, site, status } = filter
    const chunk = !isWanted && site === undefined && status === undefined ? limit + 1 : mostAtOnce
    const bounds = { kinds, limit: chunk, ...(links && { links }), ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
    const found: ListedConversation[] = []
    let last = after
    for (let read = 0; read < mostRead && found.length <= limit; read += chunk) {
      const part = documents.list({ ...bounds, ...(last && { after: last }) })
      found.push(...part.flatMap(document => toListed(document, filter).filter(listed => isWanted?.(listed, document) ?? true)))
      last = part.at(-1)
      if (part.length < chunk) return toPage(found, limit, undefined)
    }
    return toPage(found, limit, last && toCursor([last.at, last.kind, last.id]))
  }

  /** What ties a conversation to somebody: that it names them, or grew from one of their sessions. */
  const toPerson = (person: SessionFilter): { own: Link[]; ids: Set<string>; links: Link[] } => {
    const theirs: StoredSession[] = sessions.list(person, now(), { limit: mostSessions }).entities
    const own = toOwnLinks(person)
    const links = [...own, ...theirs.flatMap(({ state, facts, phones }) => toLinks({ id: state.id, shortId: facts.shortId, visitorId: facts.visitorId, customerId: state.customer?.value.id, phones }))]
    return { own, ids: new Set(theirs.map(({ state }) => state.id)), links: [...new Map(links.map(link => [`${link.by} ${link.value}`, link])).values()] }
  }

  const ofPerson = (filter: SessionFilter, part: Part): ConversationPage => {
    // As good as all sessions of a short id would be read, for nothing.
    if (!documents.list({ kinds, limit: 1 }).length) return { entities: [] }
    const names = namesOf(filter)
    // Of one who has many sessions, those that all names fit may not be among the newest.
    const whole = toPerson(names.reduce((all, name) => ({ ...all, ...name })))
    const each = names.length > 1 ? names.map(toPerson) : [whole]
    const isTied = ({ sessions: grownFrom }: ConversationSession, ids: ReadonlySet<string>): boolean => grownFrom.some(id => ids.has(id))
    return lookThrough(filter, part, {
      links: [...new Set([whole, each[0]!])].flatMap(({ links }) => links),
      isWanted: ({ conversation }, document) => isTied(conversation, whole.ids) || each.every(({ own, ids }) => hasLink(document, own) || isTied(conversation, ids)),
    })
  }

  return (filter: SessionFilter, { limit, after }: { limit: number; after?: string }): ConversationPage => {
    const part = { limit, after: after === undefined ? undefined : toKey(after) }
    if (filter.status === 'idle' || filter.status === 'away') return { entities: [] }
    const isOfPerson = filter.shortId !== undefined || filter.customerId !== undefined || filter.visitorId !== undefined
    return isOfPerson ? ofPerson(filter, part) : lookThrough(filter, part, {})
  }
}

export type ListConversations = ReturnType<typeof createConversationList>
