import { reduceSession, toSession, type Event, type Session, type SessionFacts, type SessionState } from '../../src/model/index.ts'

/** The instant at which the session of the tests opens. */
export const start = Date.UTC(2026, 2, 2, 9)

/** An id that stands in the order of its number. */
export const idOf = (n: number): string => `019cadc6-9a80-7000-8000-${n.toString(16).padStart(12, '0')}`

export const sessionId = idOf(0)

/** What a test says of an event: when it happened, in seconds after the session opened, and what it is. */
export type Given = { at?: number } & Partial<Record<string, unknown>> & { type: Event['type'] }

/** The events of one session, numbered in their tabs; the first one opens it. */
export const toEvents = (given: Given[]): Event[] => {
  const numbers = new Map<string, number>()
  return given.map(({ at = 0, tab = 't1', ...says }, n) => {
    const seq = numbers.get(String(tab)) ?? 0
    numbers.set(String(tab), seq + 1)
    const opening = n ? {} : { start: { type: 'web', index: 1 } }
    return { id: idOf(n), at: start + at * 1000, session: sessionId, seq, tab, ...opening, ...says } as Event
  })
}

export const fold = (events: readonly Event[]): SessionState => events.reduce<SessionState | undefined>(reduceSession, undefined)!

/** The Session that the events make, seen some seconds after it opened. */
export const show = (given: Given[], { seconds = 0, facts = {} }: { seconds?: number; facts?: SessionFacts } = {}): Session =>
  toSession(fold(toEvents(given)), facts, { now: start + seconds * 1000 })
