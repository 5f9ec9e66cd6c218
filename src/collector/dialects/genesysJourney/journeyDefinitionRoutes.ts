import type { Body } from '../../http/createBodyReader.ts'
import type { DefinitionKind } from '../../segments/createDefinitionStore.ts'
import { withJson } from '../../http/withJson.ts'
import type { DialectRoutes } from '../dialect.ts'
import { toGenesysProblem } from '../genesys/genesysProblem.ts'
import { toCamelCase, toSnakeCase } from '../genesys/snakeCase.ts'
import { createJourneyDefinitions, toJourneyDefinition } from './journeyDefinitions.ts'
import type { JourneyParameters } from './journeyParameters.ts'
import { listDefinitions } from './listDefinitions.ts'

interface Request {
  Body: Body | undefined
  Params: { id: string }
  Querystring: JourneyParameters
}

const ids = { segments: { name: 'segmentIds', most: 100 }, outcomes: { name: 'outcomeIds', most: 20 } } as const

/** Segments and outcomes of Genesys Cloud journey, one by one, as its clients read and write them. */
export const journeyDefinitionRoutes: DialectRoutes = (app, { definitions, authorize, createId }) => {
  const route = { onRequest: authorize, config: { toForeignProblem: toGenesysProblem } }
  const privately = { 'cache-control': 'no-store' }
  const answer = (body: object, query: JourneyParameters): object => (query.case === 'snake' ? (toSnakeCase(body) as object) : body)
  const read = <T>(body: Body | undefined, query: JourneyParameters, work: (json: unknown) => T): T =>
    withJson(body, json => work(query.case === 'snake' ? toCamelCase(json) : json))

  const serve = (kind: DefinitionKind): void => {
    const path = `/api/v2/journey/${kind}`
    const store = createJourneyDefinitions(definitions, kind)

    app.get<Request>(path, route, async ({ query }, reply) =>
      reply.headers(privately).send(answer(listDefinitions(store.list(), { path, query, ids: ids[kind] }, each => toJourneyDefinition(kind, each)), query)),
    )

    app.post<Request>(path, route, async ({ body, query }, reply) =>
      reply.headers(privately).send(answer(toJourneyDefinition(kind, read(body, query, json => store.create(json, createId()))), query)),
    )

    app.get<Request>(`${path}/:id`, route, async ({ params, query }, reply) =>
      reply.headers(privately).send(answer(toJourneyDefinition(kind, store.find(params.id)), query)),
    )

    app.patch<Request>(`${path}/:id`, route, async ({ body, params, query }, reply) =>
      reply.headers(privately).send(answer(toJourneyDefinition(kind, read(body, query, json => store.change(params.id, json))), query)),
    )

    app.delete<Request>(`${path}/:id`, route, async ({ params }, reply) => {
      store.remove(params.id)
      return reply.code(204).send()
    })
  }

  serve('segments')
  serve('outcomes')
}
