import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import type { Body } from './createBodyReader.ts'
import { eventsPath, type EventIntake } from './createEventIntake.ts'
import { allowCrossOrigin, toCrossOriginHeaders, toCrossOriginPreflight } from './crossOrigin.ts'
import { ProblemError } from '../problem.ts'

/** A page need not say what its body is: browsers give bytes no type, and one of the tracker's choice would cost every visitor bytes. */
const assumeText: onRequestHookHandler = ({ headers }, _reply, done) => {
  headers['content-type'] ??= 'text/plain'
  done()
}

/** The way in for events. Its answers are never `no-store`: Chromium then keeps the bytes of unread keepalive requests. */
export const eventRoutes = (app: FastifyInstance, { take, refusalOf }: Pick<EventIntake, 'take' | 'refusalOf'>): void => {
  const refuse: onRequestHookHandler = ({ raw, headers }, reply, done) => {
    const refusal = refusalOf(raw)
    if (!refusal) return done()
    reply.headers(toCrossOriginHeaders(headers.origin))
    if (refusal.isCutOff) reply.header('connection', 'close')
    reply.send(refusal.error)
  }

  app.post<{ Body: Body | undefined }>(eventsPath, { onRequest: [refuse, allowCrossOrigin, assumeText] }, async ({ raw, body }) => {
    if (!body) throw new ProblemError('malformed-json')
    return take(raw, body)
  })

  app.options(eventsPath, { onRequest: allowCrossOrigin }, async (_request, reply) => reply.code(204).headers(toCrossOriginPreflight('POST')).send())
}
