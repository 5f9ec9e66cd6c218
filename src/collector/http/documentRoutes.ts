import type { FastifyInstance } from 'fastify'
import type { Metrics } from './metrics.ts'
import { createOpenapi } from './openapi.ts'
import { ProblemError } from '../problem.ts'
import { schemaDocuments } from './schemaDocuments.ts'

/** Whether the collector can take batches and show Sessions. */
export interface Readiness {
  ready: boolean
  /** Position of the newest batch in the log, and up to where Sessions are made. */
  log: number
  projection: number
}

export interface DocumentRouteOptions {
  metrics: Pick<Metrics, 'registry'>
  readiness(): Readiness
}

const openly = { 'access-control-allow-origin': '*' } as const

/** What the collector says about itself. */
export const documentRoutes = (app: FastifyInstance, { metrics, readiness }: DocumentRouteOptions): void => {
  const openapi = createOpenapi()

  app.get('/v1/openapi.json', async (_request, reply) => reply.headers(openly).send(openapi))

  app.get<{ Params: { name: string } }>('/v1/schemas/:name', async ({ params: { name } }, reply) => {
    if (!Object.hasOwn(schemaDocuments, name)) throw new ProblemError('not-found', { detail: `schemas are ${Object.keys(schemaDocuments).join(', ')}` })
    return reply.headers(openly).type('application/schema+json').send(JSON.stringify(schemaDocuments[name]))
  })

  app.get('/healthz', async () => ({ status: 'ok' }))

  app.get('/readyz', async () => {
    const { ready, ...members } = readiness()
    if (!ready) throw new ProblemError('not-ready', { members })
    return { status: 'ready', ...members }
  })

  app.get('/metrics', async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()))
}
