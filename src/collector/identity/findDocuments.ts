import { toE164 } from '../conversations/toE164.ts'
import type { DocumentStore, ForeignDocument, Link } from '../conversations/documentStore.ts'
import type { SessionReader, StoredSession } from '../sessionStore.ts'
import type { Belongings, Person } from './person.ts'

/** Links that are looked for at a time, and documents that one look finds at most. */
const most = { links: 200, documents: 100_000 } as const

export interface DocumentPlaces {
  documents: Pick<DocumentStore, 'list'>
  sessions: Pick<SessionReader, 'get'>
  /** The site of the Sessions that a document is tied to; undefined for none. */
  siteOf(document: ForeignDocument): string | undefined
}

/** Short ids are given to one after the other: a document with one means who held it when the document began. */
const ofShortId = ({ documents, sessions }: Omit<DocumentPlaces, 'siteOf'>, { state, facts, heldUntil = 0 }: StoredSession): ForeignDocument[] => {
  if (facts.shortId === undefined) return []
  // One that names a session, too, means that one; but where it has never come, the conversation is shown with who held the short id.
  const meansAnother = ({ links }: ForeignDocument): boolean => links.some(({ by, value }) => by === 'session' && sessions.get(value))
  const found = documents.list({ links: [{ by: 'shortId', value: facts.shortId }], limit: most.documents })
  return found.filter(document => document.at >= state.first.stamp[0] && document.at < heldUntil && !meansAnother(document))
}

/**
 * Documents of conversations that belong to a person: those that name them, their phone number, their browser or one of their sessions. Where
 * one site is meant, none that is tied to another one.
 */
export const findDocuments = ({ documents, sessions, siteOf }: DocumentPlaces, person: Person, belongings: Belongings): ForeignDocument[] => {
  const phone = person.by === 'customer' ? toE164(person.id) : undefined
  const links: Link[] = [
    { by: 'customer', value: person.id },
    ...(phone === undefined ? [] : [{ by: 'phone', value: phone } as const]),
    ...belongings.visitors.map(({ visitor }): Link => ({ by: 'customer', value: visitor })),
    ...belongings.sessions.map(({ id }): Link => ({ by: 'session', value: id })),
    ...belongings.sessions.flatMap(({ id, site }) => (sessions.get(id, site)?.phones ?? []).map((value): Link => ({ by: 'phone', value }))),
  ]
  const found: ForeignDocument[] = []
  for (let i = 0; i < links.length; i += most.links) found.push(...documents.list({ links: links.slice(i, i + most.links), limit: most.documents }))
  for (const { site, id } of belongings.sessions) {
    const session = sessions.get(id, site)
    if (session) found.push(...ofShortId({ documents, sessions }, session))
  }
  const distinct = [...new Map(found.map(document => [`${document.kind}/${document.id}`, document])).values()]
  return person.site === undefined ? distinct : distinct.filter(document => (siteOf(document) ?? person.site) === person.site)
}
