import type { DocumentStore } from '../conversations/documentStore.ts'
import { toServedEvent, type ServedSession } from '../reading/servedSession.ts'
import type { SessionReader, StoredSession } from '../sessionStore.ts'
import { findDocuments, type DocumentPlaces } from './findDocuments.ts'
import { findBelongings, type Person } from './person.ts'

export interface ExportOptions {
  sessions: Pick<SessionReader, 'get' | 'list' | 'naming' | 'events'>
  documents: Pick<DocumentStore, 'list'>
  siteOf: DocumentPlaces['siteOf']
  /** Shows a stored session as it is at an instant. */
  serve(stored: StoredSession, now: number): ServedSession
  /** Milliseconds since 1970. */
  now(): number
  /** Told how many sessions are written, and of how many. */
  onProgress?(done: number, total: number): void
}

/** Events that are read at a time. */
const chunk = 500

/** A session with its events, in pieces: it may have many. */
function* writeSession(stored: StoredSession, { sessions, serve, now }: ExportOptions): Generator<string> {
  yield `${JSON.stringify(serve(stored, now())).slice(0, -1)},"events":[`
  let after: string | undefined
  let separator = ''
  do {
    const { entities, next } = sessions.events(stored.site, stored.state.id, { limit: chunk, ...(after !== undefined && { after }) })
    if (entities.length) yield `${separator}${entities.map(event => JSON.stringify(toServedEvent(event))).join(',')}`
    separator = ','
    after = next
  } while (after !== undefined)
  yield ']}'
}

/** Everything that is known of a person as one JSON document, piece by piece; sessions with their events, newest first by site. */
export function* exportPerson(person: Person, options: ExportOptions): Generator<string> {
  const { sessions, now } = options
  const belongings = findBelongings(sessions, person)
  const { by, id, type, site } = person
  const about = { exportedDate: new Date(now()).toISOString(), [by]: { id, ...(type !== undefined && { type }), ...(site !== undefined && { site }) } }
  const found = belongings.sessions.flatMap(key => sessions.get(key.id, key.site) ?? [])
  found.sort((a, b) => b.state.first.stamp[0] - a.state.first.stamp[0])
  yield `${JSON.stringify(about).slice(0, -1)},"sessions":[`
  let separator = '\n'
  for (const [i, stored] of found.entries()) {
    yield separator
    yield* writeSession(stored, options)
    separator = ',\n'
    options.onProgress?.(i + 1, found.length)
  }
  const documents = findDocuments(options, person, belongings)
  yield `\n],"conversations":[`
  yield documents.map(({ kind, id: of, body }) => `\n${JSON.stringify({ kind, id: of, body })}`).join(',')
  yield '\n]}\n'
}
