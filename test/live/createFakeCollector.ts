import type { Conversation } from '../../src/live/conversation.ts'
import type { LiveSession, TimelineEvent } from '../../src/live/liveSession.ts'

/** As much of the collector's API as the live page asks for, in memory. */
export interface FakeCollector {
  fetch: (path: string, init: RequestInit) => Promise<Response>
  /** What was asked, in order. */
  asked: string[]
  /** Keeps a session, and tells those who listen. */
  put(session: LiveSession, events?: TimelineEvent[], conversations?: Conversation[]): void
  /** Keeps a call or chat, and tells those who listen. */
  talk(conversation: Conversation): void
  /** Forgets a session without a word, as one that times out. */
  timeOut(id: string): void
  /** Forgets a session, and tells those who listen that it was removed. */
  remove(id: string): void
  /** What it answers beside sessions, by path: a body, or a function that makes the answer. */
  answerWith(answers: Record<string, unknown>): void
  /** Every request fails from now on, or works again. */
  breakOff(broken: boolean): void
}

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status })

const toListed = (session: LiveSession, query: URLSearchParams): boolean => {
  const status = query.get('status')
  const shortId = query.get('shortId')
  const isOver = Boolean(session.endedDate)
  return (!shortId || session.shortId === shortId) && (status === 'live' ? !isOver : status !== 'ended' || isOver)
}

/** Creates a collector that accepts one API key. */
export const createFakeCollector = (key: string): FakeCollector => {
  const sessions = new Map<string, LiveSession>()
  const timelines = new Map<string, TimelineEvent[]>()
  const calls = new Map<string, Conversation[]>()
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const asked: string[] = []
  let talks: Conversation[] = []
  let others: Record<string, unknown> = {}
  let isBroken = false

  const stream = (signal: AbortSignal | null | undefined): Response => {
    const body = new ReadableStream<Uint8Array>({
      start(remote) {
        streams.add(remote)
        signal?.addEventListener('abort', () => {
          if (streams.delete(remote)) remote.error(signal.reason)
        })
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

  const answer = (path: string, init: RequestInit): Response | Promise<Response> => {
    const { pathname, searchParams } = new URL(path, 'http://collector.example')
    if (new Headers(init.headers).get('authorization') !== `Bearer ${key}`) return json({}, 401)
    const other = others[pathname]
    if (typeof other === 'function') return (other as (init: RequestInit, query: URLSearchParams) => Response | Promise<Response>)(init, searchParams)
    if (other) return json(other)
    if (pathname === '/v1/live') return stream(init.signal)
    if (pathname === '/v1/sessions' && searchParams.get('type') === 'conversation') return json({ entities: talks.filter(({ status }) => status === (searchParams.get('status') === 'ended' ? 'ended' : 'active')) })
    if (pathname === '/v1/sessions') return json({ entities: [...sessions.values()].filter(session => toListed(session, searchParams)) })
    const [, , , id = '', part] = pathname.split('/')
    if (!sessions.has(id)) return json({ title: 'Not found' }, 404)
    if (part === 'conversations') return json({ entities: calls.get(id) ?? [] })
    return json(part === 'events' ? { entities: timelines.get(id) ?? [] } : { ...sessions.get(id), delivery: { received: 1, missing: 0, duplicates: 0 } })
  }

  const tell = (event: string, data: object): void => {
    const message = new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    for (const remote of streams) remote.enqueue(message)
  }

  return {
    asked,
    fetch: async (path, init) => {
      asked.push(path)
      if (isBroken) throw new TypeError('Failed to fetch')
      return answer(path, init)
    },
    put(session, events = [], conversations = []) {
      sessions.set(session.id, session)
      timelines.set(session.id, events)
      calls.set(session.id, conversations)
      tell('session', session)
    },
    remove(id) {
      sessions.delete(id)
      tell('removed', { site: 'shop', id })
    },
    talk(conversation) {
      talks = [...talks.filter(({ id }) => id !== conversation.id), conversation]
      const message = new TextEncoder().encode(`event: session\ndata: ${JSON.stringify({ type: 'conversation', ...conversation })}\n\n`)
      for (const remote of streams) remote.enqueue(message)
    },
    answerWith(answers) {
      others = answers
    },
    timeOut: id => void sessions.delete(id),
    breakOff(broken) {
      isBroken = broken
      if (!broken) return
      for (const remote of streams) remote.error(new TypeError('network error'))
      streams.clear()
    },
  }
}
