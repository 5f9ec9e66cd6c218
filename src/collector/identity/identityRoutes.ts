import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, onRequestHookHandler } from 'fastify'
import { limits } from '../../model/limits.ts'
import { parsePersonQuery } from '../reading/parseQuery.ts'
import { ProblemError } from '../problem.ts'
import type { Erasures } from './createErasures.ts'
import type { Person } from './person.ts'

export interface IdentityRouteOptions {
  erasures: Pick<Erasures, 'erase' | 'show'>
  /** Resolves when the Sessions have everything that is in the log now; with false when that takes longer, or will not come to be. */
  catchUp(): Promise<boolean>
  /** Everything of a person as JSON, in pieces. */
  exportPerson(person: Person): Iterable<string>
  /** Lets only those through who know the API key. */
  authorize: onRequestHookHandler
  /** Milliseconds that an answer waits for the end of an erasure. Default 10,000. */
  erasePatience?: number | undefined
}

const usualPatience = 10_000

/** Seconds after which to ask again. */
const retryAfter = 5

interface Request {
  Params: { id: string }
  Querystring: Record<string, unknown>
}

/** True when something ends within so many milliseconds. */
const endsWithin = async (ended: Promise<void>, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([ended, over]).finally(() => clearTimeout(timer))
}

/** Giving people what is known of them, and erasing it. */
export const identityRoutes = (app: FastifyInstance, { erasures, catchUp, exportPerson, authorize, erasePatience = usualPatience }: IdentityRouteOptions): void => {
  const privately = { 'cache-control': 'no-store' }

  const sendErasure = (reply: FastifyReply, id: string): FastifyReply => {
    const erasure = erasures.show(id)
    if (!erasure) throw new ProblemError('erasure-not-found')
    return reply.headers(privately).send(erasure)
  }

  const serve = (by: Person['by'], path: string): void => {
    const toPerson = ({ params: { id }, query }: Pick<Request, never> & { params: Request['Params']; query: Request['Querystring'] }): Person => {
      if (!id || id.length > limits.name) throw new ProblemError('invalid-query', { detail: `id: expected 1 to ${limits.name} characters` })
      return { by, id, ...parsePersonQuery(query, by) }
    }

    app.delete<Request>(`${path}/:id`, { onRequest: authorize }, async (request, reply) => {
      const { id, ended } = erasures.erase(toPerson(request))
      await endsWithin(ended, erasePatience)
      const isRunning = erasures.show(id)?.status === 'running'
      if (isRunning) reply.code(202).header('retry-after', retryAfter)
      return sendErasure(reply.header('location', `/v1/erasures/${id}`), id)
    })

    app.get<Request>(`${path}/:id/export`, { onRequest: authorize }, async (request, reply) => {
      const person = toPerson(request)
      // A part of what there is would pass for all of it.
      if (!(await catchUp())) throw new ProblemError('not-ready', { detail: 'the Sessions do not have yet what the event log has', retryAfter })
      return reply
        .headers({ ...privately, 'content-disposition': `attachment; filename="${by}.json"` })
        .type('application/json; charset=utf-8')
        .send(Readable.from(exportPerson(person)))
    })
  }

  serve('customer', '/v1/customers')
  serve('visitor', '/v1/visitors')
  app.get<Request>('/v1/erasures/:id', { onRequest: authorize }, async (request, reply) => sendErasure(reply, request.params.id))
}
