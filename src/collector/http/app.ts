import { createServer, type IncomingMessage } from 'node:http'
import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify'
import { limits } from '../../model/limits.ts'
import { actionRoutes, type ActionRouteOptions } from '../actions/actionRoutes.ts'
import { answerClientError } from './answerClientError.ts'
import { isAuthorized, type ApiKey } from '../settings/apiKey.ts'
import { securityHeaders } from './contentSecurity.ts'
import { campaignRoutes, type CampaignRouteOptions } from '../campaigns/campaignRoutes.ts'
import { conversationRoutes, type ConversationRouteOptions } from '../conversations/conversationRoutes.ts'
import { isBody, type BodyReader } from './createBodyReader.ts'
import { dialectRoutes, type DialectRouteOptions } from '../dialects/dialectRoutes.ts'
import { documentRoutes, type DocumentRouteOptions } from './documentRoutes.ts'
import { createEventIntake, type EventIntakeOptions } from './createEventIntake.ts'
import { eventRoutes } from './eventRoutes.ts'
import { fileRoutes, type Files } from './fileRoutes.ts'
import { identityRoutes, type IdentityRouteOptions } from '../identity/identityRoutes.ts'
import type { Metrics } from './metrics.ts'
import { ProblemError, problems, toProblem, toProblemBody } from '../problem.ts'
import { definitionRoutes, type DefinitionRouteOptions } from '../segments/definitionRoutes.ts'
import { sessionRoutes, type SessionRouteOptions } from './sessionRoutes.ts'

export interface AppOptions extends EventIntakeOptions, DocumentRouteOptions, Omit<SessionRouteOptions & DefinitionRouteOptions & IdentityRouteOptions & CampaignRouteOptions & ConversationRouteOptions & ActionRouteOptions & DialectRouteOptions, 'authorize' | 'limit' | 'isAuthorized' | 'now' | 'ingest'> {
  /** Bounds how often somebody may ask. @throws ProblemError `too-many-requests` */
  limitClient(request: FastifyRequest): void
  metrics: Metrics
  bodyReader: BodyReader
  apiKey: Pick<ApiKey, 'hash'>
  files: Files
  logger: NonNullable<FastifyServerOptions['logger']>
  /** Other than usual ones. */
  headTimeouts?: Partial<Record<keyof typeof headTimeouts, number>> | undefined
}

/** Milliseconds for the head of a request, and how often it is looked after. */
const headTimeouts = { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 } as const

/** Milliseconds for all of a request, and between two requests of a connection. A body has less: see `createEndpoint.ts`. */
const timeouts = { requestTimeout: 60_000, keepAliveTimeout: 65_000 } as const

/** Answers after which the rest of the request may still be on its way: the connection is of no more use. */
const isCutOff = (code: ProblemError['code']): boolean => ['body-too-slow', 'batch-too-large', 'busy'].includes(code)

const sendProblem = (reply: FastifyReply, problem: ProblemError): FastifyReply => {
  // A framework error comes without a route.
  const foreign = reply.request.routeOptions?.config?.toForeignProblem?.(problem)
  const status = foreign?.status ?? problems[problem.code].status
  const { retryAfter } = problem.details
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
  if (problem.code === 'invalid-api-key') reply.header('www-authenticate', 'Bearer')
  if (isCutOff(problem.code)) reply.header('connection', 'close')
  if (foreign) return reply.code(status).type('application/json').send(JSON.stringify(foreign.body))
  return reply.code(status).type('application/problem+json').send(JSON.stringify(toProblemBody(problem)))
}

/** The one place in which a failure becomes an answer, and is counted and logged. */
const handleFailures = (app: FastifyInstance, metrics: Metrics): void => {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error)
    metrics.problems.inc({ code: problem.code })
    // The path without its query: that may hold what nobody is to read in a log.
    const path = request.url.split('?')[0]
    if (problem !== error && problems[problem.code].status >= 500) request.log.error({ err: error, path }, 'a request failed')
    else request.log.debug({ code: problem.code, detail: problem.details.detail, path }, 'a request was refused')
    return sendProblem(reply, problem)
  })
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new ProblemError('not-found')))
}

/** Puts the HTTP side together: a server that listens to nothing yet, and can be asked without a port (`inject`). */
export const createApp = (options: AppOptions): FastifyInstance => {
  const { metrics, bodyReader, apiKey, files, logger } = options
  const intake = createEventIntake(options)
  const app = fastify({
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    // Requests are not logged, so none needs a logger of its own.
    childLoggerFactory: parent => parent,
    forceCloseConnections: 'idle',
    // What still comes while the collector ends, over a connection that is open, is answered like all else: refused here, a batch whose page is
    // gone would have nobody to send it again.
    return503OnClosing: false,
    // An address that cannot be decoded is answered before there is a route.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply.headers(securityHeaders), toProblem(error)),
    clientErrorHandler: answerClientError,
    // A customer id has up to 255 characters, each up to nine in an address.
    routerOptions: { maxParamLength: 9 * limits.name },
    serverFactory: handle => createServer({ ...headTimeouts, ...options.headTimeouts, ...timeouts }, intake.before(handle)),
  })

  app.removeAllContentTypeParsers()
  app.addContentTypeParser(['text/plain', 'application/json'], async (_request: FastifyRequest, payload: IncomingMessage) => bodyReader.read(payload))
  handleFailures(app, metrics)
  // Told when they are done, and not asynchronous: every batch goes through them.
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(securityHeaders)
    done()
  })
  app.addHook('onResponse', ({ method, routeOptions, raw, body }, reply, done) => {
    // A body is read wherever one is sent, to an address that is none, too. Who works with it lets it go; nobody else would.
    if (isBody(body)) body.release()
    const { startedAt } = intake.refusalOf(raw) ?? {}
    const elapsed = startedAt === undefined ? reply.elapsedTime : performance.now() - startedAt
    metrics.requests.observe({ method, route: routeOptions.url ?? 'none', status: reply.statusCode }, elapsed / 1000)
    done()
  })
  app.addHook('preClose', done => {
    intake.close()
    done()
  })

  eventRoutes(app, intake)
  const authorize = async ({ headers }: FastifyRequest): Promise<void> => {
    if (!isAuthorized(headers.authorization, apiKey)) throw new ProblemError('invalid-api-key')
  }
  sessionRoutes(app, { ...options, authorize })
  definitionRoutes(app, { ...options, authorize })
  campaignRoutes(app, { ...options, authorize })
  identityRoutes(app, { ...options, authorize })
  conversationRoutes(app, { ...options, authorize })
  actionRoutes(app, { ...options, authorize })
  const limit = async (request: FastifyRequest): Promise<void> => options.limitClient(request)
  const admit = async (request: FastifyRequest): Promise<void> => {
    options.limitClient(request)
    await authorize(request)
  }
  dialectRoutes(app, { ...options, authorize: admit, limit, isAuthorized: ({ headers }) => isAuthorized(headers.authorization, apiKey) })
  documentRoutes(app, options)
  fileRoutes(app, files)
  return app
}
