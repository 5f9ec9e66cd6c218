import type { JsonObject } from '../../conversations/documentStore.ts'
import type { Body } from '../../http/createBodyReader.ts'
import { ProblemError } from '../../problem.ts'
import { withJson } from '../../http/withJson.ts'
import type { DialectRoutes } from '../dialect.ts'
import { checkSyllableLabel } from './checkSyllable.ts'
import { parseSyllableQuery } from './parseSyllableQuery.ts'
import { acceptSyllableKey, toSyllablePage, toSyllableProblem } from './toSyllableProblem.ts'
import { labelKind, labelProperties, toLabelDocument } from './syllableLabel.ts'
import { syllableKind } from './syllableSession.ts'

interface Request {
  Body: Body | undefined
  Params: { id: string }
  Querystring: Record<string, unknown>
}

/** Labels of Syllable: how well a session went, as a person or a program judged it. */
export const labelRoutes: DialectRoutes = (app, { conversations, authorize, now }) => {
  const route = { onRequest: [acceptSyllableKey, authorize], config: { toForeignProblem: toSyllableProblem } }
  const privately = { 'cache-control': 'no-store' }
  const listing = { kind: labelKind, properties: labelProperties }

  const nextId = (): number => {
    const [newest] = conversations.find({ kind: labelKind, orderBy: 'id', descending: true, limit: 1 }).documents
    return Number(newest?.id ?? 0) + 1
  }

  app.get<Request>('/api/v1/session_labels/', route, async ({ query }, reply) => {
    const list = parseSyllableQuery(query, listing)
    return reply.headers(privately).send(toSyllablePage(conversations.find(list.search), list, body => body))
  })

  app.get<Request>('/api/v1/session_labels/:id', route, async ({ params }, reply) => {
    const found = conversations.read(labelKind, params.id)
    if (!found) throw new ProblemError('document-not-found', { detail: `Session label ${params.id} not found` })
    return reply.headers(privately).send(found.body)
  })

  app.post<Request>('/api/v1/session_labels/', route, async ({ body }, reply) => {
    const given = withJson(body, checkSyllableLabel)
    const session = conversations.read(syllableKind, String(given.session_id))
    if (!session) throw new ProblemError('document-not-found', { detail: `Session ${String(given.session_id)} not found` })
    const id = nextId()
    const label: JsonObject = { ...given, id, timestamp: new Date(now()).toISOString() }
    const { document, facets } = toLabelDocument(label, { at: now(), links: session.links })
    conversations.put(document, facets)
    return reply.headers(privately).send(label)
  })
}
