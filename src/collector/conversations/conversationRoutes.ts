import type { FastifyInstance, FastifyReply, onRequestHookHandler } from 'fastify'
import type { Body } from '../http/createBodyReader.ts'
import { ProblemError } from '../problem.ts'
import type { Query } from '../reading/query.ts'
import { withJson } from '../http/withJson.ts'
import type { ConversationSession } from './conversationSession.ts'
import type { Conversations } from './createConversations.ts'
import { ownKind, parseOwnConversation } from './ownConversation.ts'

export interface ConversationRouteOptions {
  conversations: Conversations
  /** Finds the web session that is asked about. */
  query: Pick<Query, 'get'>
  /** Lets only those through who know the API key. */
  authorize: onRequestHookHandler
  /** Milliseconds since 1970. */
  now(): number
  /** A new id, a UUID. */
  createId(): string
}

interface Request {
  Params: { id: string }
  Body: Body | undefined
}

/** Writing conversations, and reading those of a web session. */
export const conversationRoutes = (app: FastifyInstance, { conversations, query, authorize, now, createId }: ConversationRouteOptions): void => {
  const send = (reply: FastifyReply, body: object): FastifyReply => reply.header('cache-control', 'no-store').send(body)

  const find = (id: string): ConversationSession => {
    const found = conversations.get(id)
    if (!found) throw new ProblemError('conversation-not-found')
    return found
  }

  app.post<Request>('/v1/conversations', { onRequest: authorize }, async (request, reply) => {
    const document = withJson(request.body, json => parseOwnConversation(json, { id: createId(), now: now() }))
    const isNew = !conversations.read(ownKind, document.id)
    conversations.put(document, {})
    return send(reply.code(isNew ? 201 : 200), find(document.id))
  })

  app.get<Request>('/v1/conversations/:id', { onRequest: authorize }, async (request, reply) => send(reply, find(request.params.id)))

  app.delete<Request>('/v1/conversations/:id', { onRequest: authorize }, async (request, reply) => {
    if (!conversations.remove(ownKind, request.params.id)) throw new ProblemError('conversation-not-found')
    return reply.code(204).send()
  })

  app.get<Request>('/v1/sessions/:id/conversations', { onRequest: authorize }, async (request, reply) =>
    send(reply, { entities: conversations.ofSession(query.get(request.params.id)) }),
  )
}
