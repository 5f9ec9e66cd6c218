import type { SessionChange } from '../reading/live.ts'
import type { SessionReader, StoredSession } from '../sessionStore.ts'
import type { ConversationModel, ConversationSession } from './conversationSession.ts'
import { createConversationList } from './createConversationList.ts'
import type { DocumentStore, Facets, ForeignDocument, RemovedDocument } from './documentStore.ts'
import { createSessionFinder } from './createSessionFinder.ts'
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

/**
 * Creates what joins conversations with web sessions. Nothing of that is stored: a session that is seen later than the call it led to
 * is joined all the same.
 */
export const createConversations = ({ documents, sessions, models, now, onChange }: ConversationsOptions) => {
  const byKind = new Map(models.map(model => [model.kind, model]))

  const findSessions = createSessionFinder(sessions, now)

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

