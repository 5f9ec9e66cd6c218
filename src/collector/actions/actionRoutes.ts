import type { FastifyInstance, FastifyReply, onRequestHookHandler } from 'fastify'
import type { Body } from '../http/createBodyReader.ts'
import type { Query } from '../reading/query.ts'
import { withJson } from '../http/withJson.ts'
import type { Actions } from './createActions.ts'

export interface ActionRouteOptions {
  actions: Actions
  /** Finds the session that is asked about. */
  query: Pick<Query, 'get'>
  /** Lets only those through who know the API key. */
  authorize: onRequestHookHandler
}

interface Request {
  Params: { id: string; action: string }
  Body: Body | undefined
}

/** Offering something to the visitor of a session, and seeing what became of it. */
export const actionRoutes = (app: FastifyInstance, { actions, query, authorize }: ActionRouteOptions): void => {
  const path = '/v1/sessions/:id/actions'
  const send = (reply: FastifyReply, body: object): FastifyReply => reply.header('cache-control', 'no-store').send(body)

  app.post<Request>(path, { onRequest: authorize }, async ({ params: { id }, body }, reply) => {
    const { action, isNew } = withJson(body, json => actions.offer(id, json))
    return send(reply.code(isNew ? 201 : 200), action)
  })

  app.get<Request>(path, { onRequest: authorize }, async ({ params: { id } }, reply) => send(reply, { entities: actions.ofSession(query.get(id).id) }))

  app.delete<Request>(`${path}/:action`, { onRequest: authorize }, async ({ params: { id, action } }, reply) => {
    actions.withdraw(query.get(id).id, action)
    return reply.code(204).send()
  })
}
