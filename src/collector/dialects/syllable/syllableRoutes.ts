import { isDeepStrictEqual } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JsonObject } from '../../conversations/documentStore.ts'
import { checkDocumentId } from '../../conversations/createDocumentCheck.ts'
import type { Body } from '../../http/createBodyReader.ts'
import { ProblemError } from '../../problem.ts'
import { withJson } from '../../http/withJson.ts'
import type { DialectRoutes } from '../dialect.ts'
import { checkSyllablePart, checkSyllableSession } from './checkSyllable.ts'
import { parseSyllableQuery } from './parseSyllableQuery.ts'
import { acceptSyllableKey, toSyllablePage, toSyllableProblem } from './toSyllableProblem.ts'
import { removeLabels, tieLabels } from './syllableLabel.ts'
import { methodOf, sessionProperties, syllableDebugPath, syllableKind, syllableParts, toPartPath, toSyllableDocument, type SyllableDocument, type SyllablePart } from './syllableSession.ts'
import { toSyllableDebug, toToolResult } from './toSyllableDebug.ts'
import { toSyllableTimeline } from './toSyllableTimeline.ts'

interface Request {
  Body: Body | undefined
  Params: { id: string; service: string; sid: string; call: string }
  Querystring: Record<string, unknown>
}

/** What is answered where a part was not written. */
const toPart = (id: string, part: SyllablePart, document: SyllableDocument): JsonObject => {
  const written = document.parts[part]
  if (written) return written
  if (part === 'timeline') return toSyllableTimeline(id, document)
  if (part === 'transcript') return { session_id: id, transcription: [], actions: [] }
  if (part === 'debug') return toSyllableDebug(id, document)
  if (part === 'recording') return { session_id: id, recordings: [] }
  return part === 'latency' ? { session_id: id, timeline: [] } : {}
}

/** Sessions of Syllable, as its clients read them, and as they are written here. */
export const syllableRoutes: DialectRoutes = (app, { conversations, authorize }) => {
  const route = { onRequest: [acceptSyllableKey, authorize], config: { toForeignProblem: toSyllableProblem } }
  const privately = { 'cache-control': 'no-store' }
  const listing = { kind: syllableKind, properties: sessionProperties }

  const read = (id: string): SyllableDocument | undefined => conversations.read(syllableKind, id)?.body as SyllableDocument | undefined

  const find = (id: string): SyllableDocument => {
    const found = read(id)
    if (!found) throw new ProblemError('document-not-found', { detail: `Session ${id} not found` })
    return found
  }

  const keep = (id: string, body: SyllableDocument): void => {
    const { document, facets } = toSyllableDocument(id, body)
    const before = read(id)
    conversations.put(document, facets)
    if (before && !isDeepStrictEqual(toSyllableDocument(id, before).document.links, document.links)) tieLabels(conversations, document)
  }

  app.get<Request>('/api/v1/sessions/', route, async ({ query }, reply) => {
    const list = parseSyllableQuery(query, listing)
    return reply.headers(privately).send(toSyllablePage(conversations.find(list.search), list, body => (body as SyllableDocument).session))
  })

  app.get<Request>('/api/v1/sessions/:id', route, async ({ params }, reply) => reply.headers(privately).send(find(params.id).session))

  app.put<Request>('/api/v1/sessions/:id', route, async ({ params, body }, reply) => {
    const id = checkDocumentId(params.id, 'session_id')
    const session = withJson(body, json => checkSyllableSession(json, id))
    keep(id, { session, parts: read(id)?.parts ?? {} })
    return reply.headers(privately).send(session)
  })

  app.delete<Request>('/api/v1/sessions/:id', route, async ({ params: { id } }, reply) => {
    find(id)
    conversations.remove(syllableKind, id)
    removeLabels(conversations, id)
    return reply.code(204).send()
  })

  for (const part of syllableParts) {
    const path = `${toPartPath(part)}:id`
    const answer = async ({ params: { id }, body }: FastifyRequest<Request>, reply: FastifyReply): Promise<FastifyReply> => {
      body?.release()
      return reply.headers(privately).send(toPart(id, part, find(id)))
    }
    app.route<Request>({ ...route, method: methodOf(part), url: path, handler: answer })

    app.put<Request>(path, route, async ({ params: { id }, body }, reply) => {
      const { session, parts } = find(id)
      const written = withJson(body, json => checkSyllablePart(json, part, id))
      keep(id, { session, parts: { ...parts, [part]: written } })
      return reply.headers(privately).send(written)
    })
  }

  app.get<Request>(`${syllableDebugPath}/sid/:service/:sid`, route, async ({ params: { service, sid } }, reply) => {
    const where = [{ facet: 'is:channel_manager_service', anyOf: [service] }, { facet: 'is:channel_manager_sid', anyOf: [sid] }]
    const [found] = conversations.find({ kind: syllableKind, where, orderBy: 'timestamp', descending: true, limit: 1 }).documents
    if (!found) throw new ProblemError('document-not-found', { detail: `Session ${sid} of ${service} not found` })
    return reply.headers(privately).send(toPart(found.id, 'debug', found.body as SyllableDocument))
  })

  app.get<Request>(`${syllableDebugPath}/tool_result/:id/:call`, route, async ({ params: { id, call } }, reply) => {
    const result = toToolResult(toPart(id, 'debug', find(id)), call)
    if (!result) throw new ProblemError('document-not-found', { detail: `Tool call ${call} of session ${id} not found` })
    return reply.headers(privately).send(result)
  })
}
