import type { SessionChange } from '../live.ts'
import type { SessionReader, StoredSession } from '../sessionStore.ts'
import type { ConversationModel, ConversationSession } from './conversationSession.ts'
import { createConversationList } from './createConversationList.ts'
import type { DocumentStore, Facets, ForeignDocument, Link, RemovedDocument } from './documentStore.ts'
import { toConversationUri } from './conversationUri.ts'
import { toLinks, type LinkedSession } from './toLinks.ts'

export interface ConversationsOptions {
  documents: DocumentStore
  sessions: SessionReader
  models: readonly ConversationModel[]
  /** Milliseconds since 1970. */
  now(): number
  /** Told of a conversation that has changed, and of the web sessions that it grew from. */
  onChange?(changes: SessionChange[]): void
}

/** Documents that are looked at for one session. */
const mostLinked = 200

/** Sessions that have had one short id, or go by one name, and are looked at for one conversation. */
const mostSessions = 50

/** Surest first: who names the session means it; a number may be shared by a family. */
const strengths: Link['by'][] = ['session', 'shortId', 'customer', 'phone']

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

  /** The newest one whose page had told the number. Ids of sessions begin with their time. */
  const newestTelling = (number: string, at: number): StoredSession[] => {
    const keys = sessions.naming({ id: number, type: 'phone' }).sort((a, b) => (a.id < b.id ? 1 : -1))
    const found = keys.slice(0, mostSessions).flatMap(({ id, site }) => sessions.get(id, site) ?? [])
    const begun = found.filter(({ state }) => state.first.stamp[0] <= at)
    return begun.sort((a, b) => b.state.first.stamp[0] - a.state.first.stamp[0]).slice(0, 1)
  }

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
    phone: (number, at) => {
      const named = newest({ customerId: number }, at)
      return named.length ? named : newestTelling(number, at)
    },
  }

  const findSessions = ({ links, at }: Pick<ForeignDocument, 'links' | 'at'>): StoredSession[] => {
    for (const strength of strengths) {
      const found = links.filter(({ by }) => by === strength).flatMap(({ by, value }) => finders[by](value, at))
      if (found.length) return [...new Map(found.map(session => [`${session.site} ${session.state.id}`, session])).values()]
    }
    return []
  }

  const siteOf = (found: readonly StoredSession[]): string | undefined => {
    const [site, ...others] = new Set(found.map(session => session.site))
    return others.length ? undefined : site
  }

  const show = (document: ForeignDocument, found = findSessions(document)): ConversationSession | undefined => {
    const { id, kind } = document
    const model = byKind.get(kind)
    if (!model) return undefined
    const site = siteOf(found)
    const said = { name: model.name, selfUri: model.toUri(id) }
    const linked = { sessions: found.map(({ state }) => state.id), ...(site !== undefined && { site }) }
    return { ...model.toFacts(document, now()), id, type: 'conversation', model: said, selfUri: toConversationUri(id), ...linked }
  }

  /** @param before what it has replaced: a session that it no longer grew from has changed, too, and of the site of that it is no more */
  const publish = (document: ForeignDocument, before?: ForeignDocument): void => {
    if (!onChange) return
    const found = findSessions(document)
    const conversation = show(document, found)
    const foundBefore = before ? findSessions(before) : []
    const siteBefore = siteOf(foundBefore)
    const all = new Map([...foundBefore, ...found].map(({ site, state: { id } }) => [`${site} ${id}`, { site, id }]))
    const changes: SessionChange[] = [...all.values()]
    if (conversation) {
      const { id, site } = conversation
      if (siteBefore !== undefined && siteBefore !== site) changes.push({ site: siteBefore, id, isConversation: true, hasLeft: true })
      changes.push({ site: site ?? '', id, isConversation: true })
    }
    onChange(changes)
  }

  return {
    show: (document: ForeignDocument) => show(document),

    /** The one site of the sessions that a document of whatever kind is tied to. */
    siteOf: (document: ForeignDocument): string | undefined => siteOf(findSessions(document)),

    /** A conversation by its id, in whatever model it was written. */
    get: (id: string): ConversationSession | undefined => {
      const found = models.map(({ kind }) => documents.get(kind, id)).find(document => document !== undefined)
      return found && show(found)
    },

    /** Conversations that grew from a web session, oldest first. */
    ofSession: (session: LinkedSession): ConversationSession[] =>
      documents
        .list({ links: toLinks({ ...session, phones: sessions.get(session.id)?.phones }), limit: mostLinked })
        .toReversed()
        .flatMap(document => show(document) ?? [])
        .filter(each => each.sessions.includes(session.id)),

    /** Conversations by what Sessions are listed by, newest first. */
    list: createConversationList({ documents, sessions, kinds: models.map(({ kind }) => kind), show: document => show(document), now }),

    /** Keeps a document, and tells of it. */
    put: (document: ForeignDocument, facets: Facets): void => {
      const before = documents.get(document.kind, document.id)
      documents.put(document, facets)
      publish(document, before)
    },

    /** @returns false when there was none */
    remove: (kind: string, id: string): boolean => {
      const document = documents.get(kind, id)
      if (!document) return false
      documents.remove(kind, id)
      publish(document)
      return true
    },

    /** Tells of those that others have removed. */
    tellRemoved: (documents: readonly RemovedDocument[]): void => {
      const told = documents.filter(({ kind }) => byKind.has(kind))
      onChange?.(told.map(({ id, site = '' }) => ({ site, id, isConversation: true as const })))
    },

    /** Removes everything that is tied to somebody. @returns how many documents */
    removeLinked: documents.removeLinked,

    find: documents.find,
    read: documents.get,
  }
}

export type Conversations = ReturnType<typeof createConversations>

