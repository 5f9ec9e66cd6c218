import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { JsonObject } from '../../conversations/documentStore.ts'
import type { Body } from '../../http/createBodyReader.ts'
import type { ForeignProblem } from '../../http/foreignProblem.ts'
import { ProblemError, problems } from '../../problem.ts'
import { withJson } from '../../http/withJson.ts'
import type { DialectRoutes } from '../dialect.ts'
import { checkNewVapiSession, checkVapiChange } from './checkVapiSession.ts'
import { parseVapiQuery } from './parseVapiQuery.ts'
import { expiresAt, toServedVapiSession, toVapiDocument, toVapiSession, vapiKind } from './vapiSession.ts'

/** Errors in the shape of their API: a text, or for a body that is wrong a list of them. */
const toVapiProblem = ({ code, message }: ProblemError): ForeignProblem => {
  const { status } = problems[code]
  return { body: { message: code === 'invalid-document' ? message.split('; ') : message, error: STATUS_CODES[status], statusCode: status } }
}

interface Request {
  Body: Body | undefined
  Params: { id: string }
  Querystring: Record<string, unknown>
}

/** Sessions of Vapi, as its clients read and write them. */
export const vapiRoutes: DialectRoutes = (app, { conversations, authorize, now, createId }) => {
  const route = { onRequest: authorize, config: { toForeignProblem: toVapiProblem } }

  const find = (id: string): JsonObject => {
    const found = conversations.read(vapiKind, id)
    if (!found) throw new ProblemError('document-not-found', { detail: `Session ${id} does not exist` })
    return found.body
  }

  const keep = (body: JsonObject): void => {
    const { document, facets } = toVapiDocument(body)
    conversations.put(document, facets)
  }

  const send = (reply: FastifyReply, body: object): FastifyReply => reply.header('cache-control', 'no-store').send(body)

  const change = (id: string, given: JsonObject): JsonObject => {
    const before = find(id)
    if (expiresAt(before) <= now()) throw new ProblemError('invalid-document', { detail: 'the session has expired: create a new one' })
    const body = { ...before, ...given, updatedAt: new Date(now()).toISOString() }
    keep(body)
    return body
  }

  app.post<Request>('/session', route, async (request, reply) => {
    const body = withJson(request.body, json => toVapiSession(checkNewVapiSession(json), { id: createId(), now: now() }))
    keep(body)
    return send(reply.code(201), toServedVapiSession(body, now()))
  })

  app.get<Request>('/session', route, async (request, reply) => {
    const { search, page, bounds } = parseVapiQuery(request.query)
    const { documents, total } = conversations.find(search)
    // What is past retention is gone, here.
    const metadata = { itemsPerPage: search.limit, totalItems: total, currentPage: page, itemsBeyondRetention: false, ...bounds }
    return send(reply, { results: documents.map(({ body }) => toServedVapiSession(body, now())), metadata })
  })

  app.get<Request>('/session/:id', route, async (request, reply) => send(reply, toServedVapiSession(find(request.params.id), now())))

  app.patch<Request>('/session/:id', route, async (request, reply) =>
    send(reply, toServedVapiSession(withJson(request.body, json => change(request.params.id, checkVapiChange(json))), now())),
  )

  app.delete<Request>('/session/:id', route, async (request, reply) => {
    const body = toServedVapiSession(find(request.params.id), now())
    conversations.remove(vapiKind, request.params.id)
    return send(reply, body)
  })
}
