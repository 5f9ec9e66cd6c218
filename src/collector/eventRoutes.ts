import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Body } from './createBodyReader.ts'
import type { Ingest } from './ingest.ts'
import type { Metrics } from './metrics.ts'
import { ProblemError } from './problem.ts'

export interface EventRouteOptions {
  ingest: Ingest
  metrics: Pick<Metrics, 'batches' | 'events' | 'rejected'>
  /** Milliseconds since 1970. */
  now(): number
}

/**
 * Lets the page read every answer, a refusal too: one that it cannot read looks to it like a collector that is not there, and it
 * would try again for ever. What is told is about the page's own batch.
 */
const allowReading = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  const { origin } = request.headers
  if (origin) reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': 'retry-after', vary: 'origin' })
}

const preflight = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type',
  // A day; browsers cut it to what they allow.
  'access-control-max-age': '86400',
} as const

/** The way in for events. Its answers are never `no-store`: Chromium then keeps the bytes of unread keepalive requests. */
export const eventRoutes = (app: FastifyInstance, { ingest, metrics, now }: EventRouteOptions): void => {
  app.post<{ Body: Body | undefined }>('/v1/events', { onRequest: allowReading }, async request => {
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

  app.options('/v1/events', { onRequest: allowReading }, async (_request, reply) => reply.code(204).headers(preflight).send())
}
