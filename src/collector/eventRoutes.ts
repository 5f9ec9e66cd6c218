import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import type { Body } from './createBodyReader.ts'
import { allowCrossOrigin, toCrossOriginPreflight } from './crossOrigin.ts'
import type { Ingest } from './ingest.ts'
import type { Metrics } from './metrics.ts'
import { ProblemError } from './problem.ts'

export interface EventRouteOptions {
  ingest: Ingest
  metrics: Pick<Metrics, 'batches' | 'events' | 'rejected'>
  /** Milliseconds since 1970. */
  now(): number
}

/** A page need not say what its body is: browsers give bytes no type, and one of the tracker's choice would cost every visitor bytes. */
const assumeText: onRequestHookHandler = ({ headers }, _reply, done) => {
  headers['content-type'] ??= 'text/plain'
  done()
}

/** The way in for events. Its answers are never `no-store`: Chromium then keeps the bytes of unread keepalive requests. */
export const eventRoutes = (app: FastifyInstance, { ingest, metrics, now }: EventRouteOptions): void => {
  app.post<{ Body: Body | undefined }>('/v1/events', { onRequest: [allowCrossOrigin, assumeText] }, async request => {
    const { body, headers } = request
    if (!body) throw new ProblemError('malformed-json')
    try {
      const { site, result } = await ingest({
        bytes: body.bytes,
        origin: headers.origin,
        userAgent: headers['user-agent'],
        forwardedFor: headers['x-forwarded-for']?.toString(),
        connection: request.socket.remoteAddress,
        receivedAt: now(),
      })
      metrics.batches.inc({ site })
      metrics.events.inc({ site }, result.accepted)
      if (result.rejected.length) metrics.rejected.inc({ site }, result.rejected.length)
      return result
    } finally {
      body.release()
    }
  })

  app.options('/v1/events', { onRequest: allowCrossOrigin }, async (_request, reply) => reply.code(204).headers(toCrossOriginPreflight('POST')).send())
}
