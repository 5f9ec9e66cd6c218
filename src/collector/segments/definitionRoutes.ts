import type { FastifyInstance, FastifyReply, onRequestHookHandler } from 'fastify'
import { OptionError } from '../settings/check.ts'
import type { Body } from '../http/createBodyReader.ts'
import { parseJsonBody } from '../http/parseJsonBody.ts'
import { ProblemError } from '../problem.ts'
import { checkDefinitions } from './checkDefinitions.ts'
import type { DefinitionKind, DefinitionStore, GivenDefinitions } from './createDefinitionStore.ts'

export interface DefinitionRouteOptions {
  definitions: DefinitionStore
  /** Lets only those through who know the API key. */
  authorize: onRequestHookHandler
}

/** Nesting of a list: what another vendor's client has written into a definition may be put again. */
const mostDepth = 72

/** The list in a body: what `GET` answers, or the bare list. Fields of the answer that say nothing about definitions may stay in. */
const toEntities = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body) && 'entities' in body ? body.entities : body

/** @throws ProblemError that names the first field that is wrong */
const checkEntities = <K extends DefinitionKind>(kind: K, body: unknown): GivenDefinitions[K] => {
  try {
    return checkDefinitions[kind](toEntities(body), 'entities') as GivenDefinitions[K]
  } catch (cause) {
    throw cause instanceof OptionError ? new ProblemError('invalid-definition', { detail: cause.message }) : cause
  }
}

/** `"abc"`, `W/"abc"` or `*`, which matches whatever there is. */
const parseTag = (header: string | undefined): string | undefined => (header === undefined || header === '*' ? undefined : header.replace(/^W\/|"/g, ''))

/** Reading and changing the definitions of segments and outcomes. */
export const definitionRoutes = (app: FastifyInstance, { definitions, authorize }: DefinitionRouteOptions): void => {
  const send = (reply: FastifyReply, kind: DefinitionKind): FastifyReply => {
    const { entities, source, tag } = definitions.list(kind)
    return reply.headers({ 'cache-control': 'no-store', etag: `"${tag}"` }).send({ entities, source })
  }

  const serve = (kind: DefinitionKind): void => {
    const path = `/v1/${kind}`
    app.get(path, { onRequest: authorize }, async (_request, reply) => send(reply, kind))

    app.get<{ Params: { id: string } }>(`${path}/:id`, { onRequest: authorize }, async (request, reply) => {
      const found = definitions.list(kind).entities.find(({ id }) => id === request.params.id)
      if (!found) throw new ProblemError('definition-not-found')
      return reply.header('cache-control', 'no-store').send(found)
    })

    app.put<{ Body: Body | undefined }>(path, { onRequest: authorize }, async (request, reply) => {
      const { body, headers } = request
      try {
        definitions.put(kind, checkEntities(kind, parseJsonBody(body, mostDepth)), parseTag(headers['if-match']))
      } finally {
        body?.release()
      }
      return send(reply, kind)
    })

    app.delete(path, { onRequest: authorize }, async ({ headers }, reply) => {
      definitions.forget(kind, parseTag(headers['if-match']))
      return send(reply, kind)
    })
  }

  serve('segments')
  serve('outcomes')
}
