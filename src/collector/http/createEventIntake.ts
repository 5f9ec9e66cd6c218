import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { BatchResult } from '../../model/batch.ts'
import { securityHeaders } from './contentSecurity.ts'
import type { Body, BodyReader } from './createBodyReader.ts'
import { toCrossOriginHeaders } from './crossOrigin.ts'
import { createLookup } from '../enrich/createLookup.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { Metrics } from './metrics.ts'

export interface EventIntakeOptions {
  ingest: Ingest
  bodyReader: BodyReader
  metrics: Pick<Metrics, 'batches' | 'events' | 'rejected' | 'requests'>
  /** Milliseconds since 1970. */
  now(): number
}

/** Why a request was refused before the framework was given it. */
export interface Refusal {
  error: unknown
  /** More of the request may come: its connection is of no more use. */
  isCutOff: boolean
  /** When the request came, by `performance.now()`. */
  startedAt: number
}

/** Path of the one request that nearly all are. */
export const eventsPath = '/v1/events'

/** Types that need no closer look: a page need not say what its body is, and browsers give bytes no type. */
const usualTypes = new Set([undefined, 'text/plain', 'text/plain;charset=UTF-8', 'application/json'])

/** Names and values in turn, as `writeHead` takes them. */
const toList = (headers: Record<string, string>): string[] => Object.entries(headers).flat()

const usualHeaders = toList({ ...securityHeaders, 'content-type': 'application/json; charset=utf-8' })

/** Origins whose headers are kept: nearly all batches come from few. */
const mostOrigins = 100

const route = { method: 'POST', route: eventsPath, status: 200 } as const

/**
 * Creates what takes batches in from HTTP. What a framework does between a request and its answer would cost as much as all that is done with
 * the batch: so a request of the usual kind goes past it. Every other one, and every refusal, goes the framework's way.
 */
export const createEventIntake = ({ ingest, bodyReader, metrics, now }: EventIntakeOptions) => {
  const refusals = new WeakMap<IncomingMessage, Refusal>()
  const toOriginHeaders = createLookup((origin: string) => toList(toCrossOriginHeaders(origin)), mostOrigins)
  let isClosed = false

  const take = async ({ headers, socket }: IncomingMessage, body: Body): Promise<BatchResult> => {
    try {
      const { site, result } = await ingest({
        bytes: body.bytes,
        origin: headers.origin,
        userAgent: headers['user-agent'],
        forwardedFor: headers['x-forwarded-for']?.toString(),
        connection: socket.remoteAddress,
        receivedAt: now(),
        foreign: undefined,
      })
      metrics.batches.inc({ site })
      metrics.events.inc({ site }, result.accepted)
      if (result.rejected.length) metrics.rejected.inc({ site }, result.rejected.length)
      return result
    } finally {
      body.release()
    }
  }

  const answer = ({ headers: { origin } }: IncomingMessage, response: ServerResponse, result: BatchResult): void => {
    const text = JSON.stringify(result)
    const headers = [...usualHeaders, ...(origin ? toOriginHeaders(origin) : []), 'content-length', String(Buffer.byteLength(text))]
    response.writeHead(200, headers).end(text)
  }

  return {
    /** Takes a body in. @throws ProblemError */
    take,

    /** Puts itself before a listener of requests. */
    before: (others: RequestListener): RequestListener => (request, response) => {
      const isUsual = request.url === eventsPath && request.method === 'POST' && usualTypes.has(request.headers['content-type'])
      if (!isUsual || isClosed) return others(request, response)
      const startedAt = performance.now()
      const refuse = (error: unknown, isCutOff: boolean): void => {
        refusals.set(request, { error, isCutOff, startedAt })
        others(request, response)
      }
      bodyReader.read(request).then(
        body =>
          take(request, body).then(
            result => {
              answer(request, response, result)
              metrics.requests.observe(route, (performance.now() - startedAt) / 1000)
            },
            (error: unknown) => refuse(error, false),
          ),
        (error: unknown) => refuse(error, true),
      )
    },

    /** What the framework is to answer to a request whose body was read already; undefined for any other one. */
    refusalOf: (request: IncomingMessage): Refusal | undefined => refusals.get(request),

    /** From now on everything goes the framework's way: it says that the connection ends with the answer. */
    close: (): void => {
      isClosed = true
    },
  }
}

export type EventIntake = ReturnType<typeof createEventIntake>
