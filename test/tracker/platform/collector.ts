import { reduceSession, toSession, type Batch, type BatchResult, type Event, type Session, type SessionState } from '../../../src/model/index.ts'
import type { Clock } from './clock.ts'

/** How the collector answers. `lost`: it took the body, and the reply never arrives. */
export type Answer = 'accept' | 'hang' | 'unreachable' | 'lost' | { status: number; retryAfter?: number | string; body?: string }

export interface Received {
  /** Wall clock at which the request left the page, and the time that timers count. */
  at: number
  elapsed: number
  /** Name of the tab that sent it. */
  from: string
  how: 'fetch' | 'keepalive' | 'beacon' | 'later'
  url: string
  bytes: number
  batch: Batch
}

/** A collector that keeps what it accepts, and answers as it is told. */
export const createCollector = (clock: Clock) => {
  const requests: Received[] = []
  const accepted = new Map<string, Event>()
  /** By session: who opened it. */
  const owners = new Map<string, string>()
  let foreign = 0
  let copies = 0

  const fold = (): Map<string, SessionState> => {
    const states = new Map<string, SessionState>()
    for (const event of accepted.values()) states.set(event.session, reduceSession(states.get(event.session), event))
    return states
  }

  /** A session belongs to the visitor who opened it: of somebody else it takes nothing. */
  const isOwn = ({ session }: Event, visitor: string): boolean => {
    const owner = owners.get(session) ?? visitor
    owners.set(session, owner)
    return owner === visitor
  }

  const accept = ({ events, visitor }: Batch): BatchResult => {
    const fresh = events.filter(event => !accepted.has(event.id))
    copies += events.length - fresh.length
    for (const event of fresh) {
      if (isOwn(event, visitor.id)) accepted.set(event.id, event)
      else foreign++
    }
    const id = events.at(-1)?.session
    const shortId = collector.shortIds && id ? String(1000 + [...fold().keys()].indexOf(id)) : undefined
    const session = id && shortId ? { session: { id, shortId } } : {}
    return { accepted: fresh.length, duplicates: events.length - fresh.length, rejected: [], ...session }
  }

  const collector = {
    /** Milliseconds from the page to the collector and back. */
    latency: 40,
    /** Tell short ids. */
    shortIds: true,
    answer: ((): Answer => 'accept') as (batch: Batch, request: Received) => Answer,
    /** Every request that was sent, in order. */
    requests,
    /** Events that were taken more than once. */
    copies: (): number => copies,
    /** Events of sessions that another visitor has opened: nothing was made of them. */
    foreign: (): number => foreign,
    /** Every event that was accepted, each once, in the order of arrival. */
    events: (): Event[] => [...accepted.values()],
    /** The events of one type. */
    of: <T extends Event['type']>(type: T): Extract<Event, { type: T }>[] =>
      collector.events().filter((event): event is Extract<Event, { type: T }> => event.type === type),
    /** The Sessions that the accepted events make. */
    sessions: (): Session[] => [...fold().values()].map(state => toSession(state, {}, { now: clock.now() })),
    receive: (request: Received): { status: number; headers: Map<string, string>; body: string } | 'never' | 'failed' => {
      const answer = collector.answer(request.batch, request)
      if (answer === 'unreachable') return 'failed'
      if (answer === 'hang') return 'never'
      if (answer === 'accept') return { status: 200, headers: new Map(), body: JSON.stringify(accept(request.batch)) }
      if (answer === 'lost') {
        accept(request.batch)
        return 'failed'
      }
      const headers = answer.retryAfter === undefined ? [] : ([['retry-after', String(answer.retryAfter)]] as [string, string][])
      return { status: answer.status, headers: new Map(headers), body: answer.body ?? '' }
    },
  }
  return collector
}

export type Collector = ReturnType<typeof createCollector>
