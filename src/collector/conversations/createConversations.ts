import type { SessionReader, StoredSession } from '../sessionStore.ts'
import type { ServedSession } from '../servedSession.ts'
import type { ConversationModel, ConversationSession } from './conversationSession.ts'
import type { DocumentStore, Facets, ForeignDocument, Link } from './documentStore.ts'
import { toConversationUri } from './conversationUri.ts'
import { toE164 } from './toE164.ts'

export interface ConversationsOptions {
  documents: DocumentStore
  sessions: SessionReader
  models: readonly ConversationModel[]
  /** Milliseconds since 1970. */
  now(): number
  /** Told of the web sessions whose conversations have changed. */
  onChange?(sessions: { site: string; id: string }[]): void
}

/** What ties conversations to a web session, of what the session says of itself. */
export type LinkedSession = Pick<ServedSession, 'id' | 'shortId' | 'customerId' | 'visitorId'>

/** Documents that are looked at for one session. */
const mostLinked = 200

/** Sessions that have had one short id, or go by one name, and are looked at for one conversation. */
const mostSessions = 50

/** Surest first: who names the session means it; a number may be shared by a family. */
const strengths: Link['by'][] = ['session', 'shortId', 'customer', 'phone']

const toLinks = ({ id, shortId, customerId, visitorId }: LinkedSession): Link[] => {
  const phone = customerId === undefined ? undefined : toE164(customerId)
  return [
    { by: 'session', value: id },
    ...(shortId === undefined ? [] : [{ by: 'shortId', value: shortId } as const]),
    ...[customerId, visitorId].flatMap(value => (value === undefined ? [] : [{ by: 'customer', value } as const])),
    ...(phone === undefined ? [] : [{ by: 'phone', value: phone } as const]),
  ]
}

const holdsShortId = ({ state, heldUntil }: StoredSession, at: number): boolean => state.first.stamp[0] <= at && at < (heldUntil ?? 0)

/**
 * Creates what joins conversations with web sessions. Nothing of that is stored: a session that is seen later than the call it led to
 * is joined all the same.
 */
export const createConversations = ({ documents, sessions, models, now, onChange }: ConversationsOptions) => {
  const byKind = new Map(models.map(model => [model.kind, model]))

  /** The newest one that had begun by then: the next visit is not what a call grew from. */
  const newest = (filter: { customerId: string } | { visitorId: string }, at: number): StoredSession[] =>
    sessions.list({ ...filter, to: at + 1 }, now(), { limit: 1 }).entities

  const finders: Record<Link['by'], (value: string, at: number) => StoredSession[]> = {
    session: value => [sessions.get(value)].filter(found => found !== undefined),
    // Of two sites that had given the same digits to somebody, nobody knows which one is meant.
    shortId: (shortId, at) => {
      const held = sessions.list({ shortId }, now(), { limit: mostSessions }).entities.filter(session => holdsShortId(session, at))
      return held.length === 1 ? held : []
    },
    customer: (customerId, at) => {
      const named = newest({ customerId }, at)
      return named.length ? named : newest({ visitorId: customerId }, at)
    },
    phone: (customerId, at) => newest({ customerId }, at),
  }

  const findSessions = ({ links, at }: Pick<ForeignDocument, 'links' | 'at'>): StoredSession[] => {
    for (const strength of strengths) {
      const found = links.filter(({ by }) => by === strength).flatMap(({ by, value }) => finders[by](value, at))
      if (found.length) return [...new Map(found.map(session => [`${session.site} ${session.state.id}`, session])).values()]
    }
    return []
  }

  const show = (document: ForeignDocument): ConversationSession[] => {
    const { id, kind } = document
    const model = byKind.get(kind)
    if (!model) return []
    const linked = findSessions(document).map(({ state }) => state.id)
    const said = { name: model.name, selfUri: model.toUri(id) }
    return [{ ...model.toFacts(document, now()), id, type: 'conversation', model: said, selfUri: toConversationUri(id), sessions: linked }]
  }

  const publish = (document: ForeignDocument): void => onChange?.(findSessions(document).map(({ site, state }) => ({ site, id: state.id })))

  return {
    /** A conversation by its id, in whatever model it was written. */
    get: (id: string): ConversationSession | undefined => {
      const found = models.map(({ kind }) => documents.get(kind, id)).find(document => document !== undefined)
      return found && show(found)[0]
    },

    /** Conversations that grew from a web session, oldest first. */
    ofSession: (session: LinkedSession): ConversationSession[] =>
      documents
        .linked(toLinks(session), mostLinked)
        .toReversed()
        .flatMap(show)
        .filter(each => each.sessions.includes(session.id)),

    /** Keeps a document, and tells of it. */
    put: (document: ForeignDocument, facets: Facets): void => {
      documents.put(document, facets)
      publish(document)
    },

    /** @returns false when there was none */
    remove: (kind: string, id: string): boolean => {
      const document = documents.get(kind, id)
      if (!document) return false
      documents.remove(kind, id)
      publish(document)
      return true
    },

    /** Removes everything that is tied to somebody. @returns how many documents */
    removeLinked: documents.removeLinked,

    find: documents.find,
    read: documents.get,
  }
}

export type Conversations = ReturnType<typeof createConversations>

