import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { securityHeaders } from './contentSecurity.ts'
import type { Live } from '../reading/live.ts'
import { parseLiveQuery } from '../reading/parseQuery.ts'
import type { Query } from '../reading/query.ts'

export interface SessionRouteOptions {
  query: Query
  live: Live
  /** Lets only those through who know the API key. */
  authorize: onRequestHookHandler
}

/** What visitors did is nobody's to keep on the way. */
const privately = { 'cache-control': 'no-store' } as const

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // nginx would hold the stream back.
  'x-accel-buffering': 'no',
  ...securityHeaders,
} as const

interface Request {
  Params: { id: string }
  Querystring: Record<string, unknown>
}

/** Reading Sessions, and hearing of their changes. */
export const sessionRoutes = (app: FastifyInstance, { query, live, authorize }: SessionRouteOptions): void => {
  app.get<Request>('/v1/sessions', { onRequest: authorize }, async (request, reply) => reply.headers(privately).send(query.list(request.query)))

  app.get<Request>('/v1/sessions/:id', { onRequest: authorize }, async (request, reply) => reply.headers(privately).send(query.get(request.params.id)))

  app.get<Request>('/v1/sessions/:id/events', { onRequest: authorize }, async (request, reply) =>
    reply.headers(privately).send(query.events(request.params.id, request.query)),
  )

  app.get<Request>('/v1/live', { onRequest: authorize, exposeHeadRoute: false }, (request, reply) => {
    const { site } = parseLiveQuery(request.query)
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, streamHeaders)
    const remove = live.add(
      {
        write: text => void raw.write(text),
        buffered: () => raw.writableLength,
        // A client that does not read would never let the end through.
        close: () => (raw.writableLength ? raw.destroy() : raw.end()),
      },
      site,
    )
    raw.on('close', remove)
  })
}
