import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Body } from '../../http/createBodyReader.ts'
import { allowCrossOrigin, toCrossOriginPreflight } from '../../http/crossOrigin.ts'
import { createOriginCheck } from '../../settings/origins.ts'
import { ProblemError } from '../../problem.ts'
import { withJson } from '../../http/withJson.ts'
import type { DialectRoutes } from '../dialect.ts'
import { toGenesysProblem } from '../genesys/genesysProblem.ts'
import { toCamelCase, toSnakeCase } from '../genesys/snakeCase.ts'
import { checkDeploymentActionEvent, checkDeploymentAddress, checkDeploymentAppEvent, checkDeploymentWebEvent } from './checkDeploymentEvent.ts'
import { createDeploymentIngest, type Sender } from './createDeploymentIngest.ts'
import { parseText, parseWhole, type JourneyParameters } from './journeyParameters.ts'
import { toDeploymentAction } from './toDeploymentAction.ts'
import { toAppEventAnswer, toWebEventAnswer } from './toDeploymentAnswer.ts'

interface Request {
  Body: Body | undefined
  Params: { id: string; visitor: string }
  Querystring: JourneyParameters
}

const base = '/api/v2/journey/deployments/:id'

/** Milliseconds between two pings: as often as somebody was heard of, within bounds. `stop` when there is nothing to wait for any more. */
const pollIntervals = { least: 15_000, most: 60_000, stop: -1 }

/** A page may have sent something just now, or have slept for months. */
const sinceBounds = { usual: pollIntervals.least, least: 0, most: 999_999_999_999 }

/** @param address whose event it is, where a server sends it for somebody */
const toSender = ({ headers, socket }: FastifyRequest, address?: string): Sender => ({
  origin: headers.origin,
  userAgent: headers['user-agent'],
  ...(address === undefined ? { forwardedFor: headers['x-forwarded-for']?.toString(), connection: socket.remoteAddress } : { connection: address }),
})

/** The way in for events in the words of Genesys Cloud journey: public, by deployment, which is a site. */
export const deploymentRoutes: DialectRoutes = (app, { sites, sessions, ingest, query, actions, limit, isAuthorized, now, createId }) => {
  const route = { onRequest: [allowCrossOrigin, limit], config: { toForeignProblem: toGenesysProblem } }
  const deployments = createDeploymentIngest({ sites, sessions, ingest, query, now, createId })
  const isAllowed = createOriginCheck(sites)
  const isSnake = (parameters: JourneyParameters): boolean => parameters.case === 'snake'
  const read = <T>({ body, query: parameters }: FastifyRequest<Request>, check: (json: unknown, now: number) => T): T =>
    withJson(body, json => check(isSnake(parameters) ? toCamelCase(json) : json, now()))
  const send = (reply: FastifyReply, body: object, parameters: JourneyParameters): FastifyReply => reply.send(isSnake(parameters) ? toSnakeCase(body) : body)

  app.post<Request>(`${base}/webevents`, route, async (request, reply) => {
    deployments.findSite(request.params.id)
    const given = read(request, checkDeploymentWebEvent)
    // A page could name any address: only a server that knows the key is believed.
    const sender = toSender(request, isAuthorized(request) ? checkDeploymentAddress(given.request.ipAddress) : undefined)
    return send(reply, toWebEventAnswer(given.request, await deployments.track(request.params.id, given, sender)), request.query)
  })

  app.post<Request>(`${base}/appevents`, route, async (request, reply) => {
    deployments.findSite(request.params.id)
    const given = read(request, checkDeploymentAppEvent)
    return send(reply, toAppEventAnswer(given.request, await deployments.track(request.params.id, given, toSender(request))), request.query)
  })

  app.post<Request>(`${base}/actionevent`, route, async (request, reply) => {
    deployments.findSite(request.params.id)
    const told = read(request, checkDeploymentActionEvent)
    await deployments.act(request.params.id, told, toSender(request))
    actions.tell(told.sessionId, told.actionId, told.actionState)
    return reply.code(204).send()
  })

  /** What the page of a session has yet to show. */
  const toOffers = (session: string): object[] => {
    const offered = actions.unseen(session)
    const customer = offered.length ? query.get(session) : {}
    return offered.map(action => toDeploymentAction(action, customer))
  }

  app.get<Request>(`${base}/customers/:visitor/ping`, route, async ({ params: { id, visitor }, query: parameters, headers }, reply) => {
    deployments.findSite(id)
    if (!isAllowed(id, headers.origin)) throw new ProblemError('origin-not-allowed', { detail: `origins of the site ${id} do not include ${headers.origin}` })
    const session = parseText(parameters, 'sessionId')
    const since = parseWhole(parameters, 'sinceLastBeaconMilliseconds', sinceBounds)
    const isOver = session === undefined ? undefined : deployments.isOver(id, visitor.toLowerCase(), session)
    // Who does not say what the visitor looks at cannot show anything there.
    const offered = isOver === false && parseText(parameters, 'dl') !== undefined ? toOffers(session!) : []
    const { least, most, stop } = pollIntervals
    return send(reply.header('cache-control', 'no-store'), { actions: offered, pollIntervalMilliseconds: isOver ? stop : Math.min(most, Math.max(least, since)) }, parameters)
  })

  for (const part of ['webevents', 'appevents', 'actionevent']) {
    app.options(`${base}/${part}`, { onRequest: allowCrossOrigin }, async (_request, reply) => reply.code(204).headers(toCrossOriginPreflight('POST')).send())
  }
}
