import { checkDocumentId, checkInstant, createDocumentCheck } from '../../conversations/createDocumentCheck.ts'
import type { JsonObject } from '../../conversations/documentStore.ts'
import type { Body } from '../../http/createBodyReader.ts'
import { ProblemError } from '../../problem.ts'
import { withJson } from '../../http/withJson.ts'
import type { DialectRoutes } from '../dialect.ts'
import { toGenesysProblem } from '../genesys/genesysProblem.ts'
import { toCamelCase, toSnakeCase } from '../genesys/snakeCase.ts'
import { analyticsKind, toAnalyticsDocument } from './analyticsConversation.ts'
import schema from './analyticsConversation.json' with { type: 'json' }

interface Request {
  Body: Body | undefined
  Params: { id: string }
  Querystring: { id?: string | string[]; case?: string }
}

/** Conversations that are asked for at a time. */
const mostIds = 100

const checkShape = createDocumentCheck({ schema })

const parseConversation = (json: unknown, id: string): JsonObject => {
  const body = checkShape(json)
  if ((body.conversationId ?? id) !== id) throw new ProblemError('invalid-document', { detail: 'conversationId must be the id of the path' })
  for (const name of ['conversationStart', 'conversationEnd']) if (body[name] !== undefined) checkInstant(body[name], name)
  return { ...body, conversationId: checkDocumentId(id, 'conversationId') }
}

const parseIds = (given: string | string[] | undefined): string[] => {
  const ids = [given ?? []].flat().flatMap(each => each.split(',')).filter(Boolean)
  if (ids.length && ids.length <= mostIds) return [...new Set(ids)]
  throw new ProblemError('invalid-query', { detail: `id must be given, ${mostIds} times at most` })
}

/** Details of conversations, as clients of Genesys Cloud analytics read them, and as they are written here. */
export const analyticsRoutes: DialectRoutes = (app, { conversations, authorize, now }) => {
  const route = { onRequest: authorize, config: { toForeignProblem: toGenesysProblem } }
  const privately = { 'cache-control': 'no-store' }

  app.get<Request>('/api/v2/analytics/conversations/:id/details', route, async ({ params: { id }, query }, reply) => {
    const found = conversations.read(analyticsKind, id)
    if (!found) throw new ProblemError('document-not-found', { detail: `Unable to find a conversation with the id ${id}` })
    return reply.headers(privately).send(query.case === 'snake' ? toSnakeCase(found.body) : found.body)
  })

  app.get<Request>('/api/v2/analytics/conversations/details', route, async ({ query }, reply) => {
    const found = parseIds(query.id).flatMap(id => conversations.read(analyticsKind, id) ?? [])
    const answer = { conversations: found.map(({ body }) => body) }
    return reply.headers(privately).send(query.case === 'snake' ? toSnakeCase(answer) : answer)
  })

  app.post<Request>('/api/v2/analytics/conversations/:id/details', route, async ({ body, params: { id }, query }, reply) => {
    const given = withJson(body, json => parseConversation(query.case === 'snake' ? toCamelCase(json) : json, id))
    const { document, facets } = toAnalyticsDocument(given, now())
    conversations.put(document, facets)
    return reply.headers(privately).send(query.case === 'snake' ? toSnakeCase(given) : given)
  })
}
