import fc from 'fast-check'
import { expect, test } from 'vitest'
import { criteriaOperators } from '../../src/model/criteria.ts'
import { createCriteriaEngine, type Progress } from '../../src/model/criteriaEngine.ts'
import { streamTypes } from '../../src/model/definition.ts'
import type { Event } from '../../src/model/event.ts'
import { sessionEvents } from './arbitraries.ts'
import { criterion, outcome, pattern, segment } from './definitions.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

const criteria = fc
  .record({
    key: fc.constantFrom('eventName', 'page.pathname', 'page.title', 'searchQuery', 'attributes.total.value', 'attributes.skus.value', 'attributes.__proto__.value'),
    values: fc.array(fc.constantFrom('x', '1', '2', '/cart', 'pageview', 'shoes', 'true', ''), { minLength: 1, maxLength: 2 }),
    operator: fc.constantFrom(...criteriaOperators),
    shouldIgnoreCase: fc.boolean(),
  })
  .map(({ key, values, ...more }) => criterion(key, values, more))

const patterns = fc.array(
  fc
    .record({ criteria: fc.array(criteria, { maxLength: 2 }), count: fc.integer({ min: 1, max: 4 }), streamType: fc.constantFrom(...streamTypes) })
    .map(more => pattern(more)),
  { minLength: 1, maxLength: 3 },
)

const definitions = fc.array(patterns, { minLength: 1, maxLength: 6 }).map(journeys => ({
  segments: journeys.map((journey, n) => segment(`s${n}`, { journey }, { scope: n % 2 ? 'Customer' : 'Session' })),
  outcomes: journeys.map((journey, n) => outcome(`o${n}`, { journey })),
}))

const cut = (events: Event[], size: number): Event[][] => Array.from({ length: Math.ceil(events.length / size) }, (_, i) => events.slice(i * size, (i + 1) * size))

test(`what a session has follows from the set of its events, in whatever order and pieces they come (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      definitions,
      sessionEvents(25).chain(events => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }))),
      fc.integer({ min: 1, max: 9 }),
      (given, [events, mixed], size) => {
        const engine = createCriteriaEngine(given)
        const session = { type: 'web', createdAt: events[0]!.at, authenticated: true }
        const whole = engine.count(undefined, events)
        const pieces = cut(mixed, size).reduce<Progress | undefined>((progress, piece) => engine.count(progress, piece), undefined)!
        // Keys of the counts may stand in another order: what they say is the same.
        expect(pieces).toEqual(whole)
        expect(JSON.stringify(engine.assess(pieces, session))).toBe(JSON.stringify(engine.assess(whole, session)))
      },
    ),
    { seed, numRuns: 500 },
  )
})

test(`more events never take away what happened (seed ${seed})`, () => {
  fc.assert(
    fc.property(definitions, sessionEvents(25), fc.nat(25), (given, events, at) => {
      const engine = createCriteriaEngine(given)
      const session = { type: 'web', createdAt: events[0]!.at, authenticated: false }
      const idsAfter = (list: Event[]): string[] => engine.assess(engine.count(undefined, list), session).segments.map(({ id }) => id)
      expect(idsAfter(events)).toEqual(expect.arrayContaining(idsAfter(events.slice(0, at))))
    }),
    { seed, numRuns: 300 },
  )
})
