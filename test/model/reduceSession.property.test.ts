import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reduceSession, toSession, type Event, type SessionState } from '../../src/model/index.ts'
import { sessionEvents } from './arbitraries.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const now = 1_795_253_686_345 + 3_600_000

const fold = (events: readonly Event[], state?: SessionState): SessionState => events.reduce<SessionState | undefined>(reduceSession, state)!
const bytes = (state: SessionState): string => JSON.stringify(toSession(state, { visitorId: 'v' }, { now }))

/** The events in another order, some of them several times. */
const shuffled = sessionEvents().chain(events =>
  fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events, ...events], { minLength: events.length * 3, maxLength: events.length * 3 })),
)

test(`a Session depends on the set of its events alone, byte for byte (seed ${seed})`, () => {
  fc.assert(
    fc.property(shuffled, ([events, mixed]) => {
      expect(bytes(fold(mixed))).toBe(bytes(fold(events)))
    }),
    { seed, numRuns: 5000 },
  )
})

test(`a state that was stored as JSON between batches folds on as if it had never left memory (seed ${seed})`, () => {
  fc.assert(
    fc.property(sessionEvents(), fc.array(fc.nat(29), { maxLength: 4 }), (events, cuts) => {
      const edges = [0, ...cuts.filter(cut => cut > 0 && cut < events.length).sort((a, b) => a - b), events.length]
      let state: SessionState | undefined
      edges.slice(1).forEach((edge, i) => {
        const part = events.slice(edges[i], edge)
        if (part.length) state = JSON.parse(JSON.stringify(fold(part, state))) as SessionState
      })
      expect(bytes(state!)).toBe(bytes(fold(events)))
    }),
    { seed, numRuns: 2000 },
  )
})

test(`an event that was counted before changes nothing, not even the object (seed ${seed})`, () => {
  fc.assert(
    fc.property(sessionEvents(), events => {
      const state = fold(events)
      for (const event of events) expect(reduceSession(state, event)).toBe(state)
    }),
    { seed, numRuns: 500 },
  )
})

test(`counts equal those of a plain count (seed ${seed})`, () => {
  fc.assert(
    fc.property(sessionEvents(), events => {
      const session = toSession(fold(events), {}, { now })
      const count = (type: string): number => events.filter(event => event.type === type).length
      expect([session.pageviewCount, session.screenviewCount, session.eventCount]).toEqual([
        count('pageview'),
        count('screenview'),
        count('pageview') + count('screenview') + count('custom'),
      ])
      const { activeSeconds, idleSeconds, awaySeconds } = session.engagement
      expect(activeSeconds + idleSeconds + awaySeconds).toBe(session.durationInSeconds)
    }),
    { seed, numRuns: 1000 },
  )
})
