import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReceivedBatch } from '../../../src/collector/eventLog.ts'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection } from '../../../src/collector/projection/projection.ts'
import type { StoredEvent } from '../../../src/collector/sessionStore.ts'
import type { Event } from '../../../src/model/index.ts'
import { batchOf, idOf, start } from '../batches.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const sites = [{ id: 'shop', origins: [] }]
const s = 1000
const hour = 3_600_000
const day = 24 * hour

/** Something that a client does after a pause. */
interface Step {
  pause: number
  do: 'track' | 'send' | 'sendLater'
  tab: number
  /** Milliseconds that what is sent is under way. */
  transit: number
}

/** What a client goes through. Its clock is wrong by `skew`, and is set by `jump` before the step `jumpAt`. */
interface Life {
  steps: Step[]
  skew: number
  jump: number
  jumpAt: number
}

interface Outcome {
  events: StoredEvent[]
  /** By event id: when it really happened. */
  truth: Map<string, number>
}

/** Sends what a life has led to, in the order of arrival, and folds it. */
const live = async ({ steps, skew, jump, jumpAt }: Life): Promise<Outcome> => {
  const truth = new Map<string, number>()
  const arrivals: ReceivedBatch[] = []
  const numbers = [0, 0]
  let pending: Event[] = []
  let now = start
  const clock = (step: number): number => now + skew + (step >= jumpAt ? jump : 0)
  const track = (step: number, tab: number): void => {
    const id = idOf(truth.size + 1)
    truth.set(id, now)
    pending.push({ id, type: 'custom', eventName: 'done', at: clock(step), session: idOf(1), seq: numbers[tab]!++, tab: `tab-${tab}` } as Event)
  }
  const send = (step: number, transit: number, deferred: boolean): void => {
    if (!pending.length) return
    const batch = batchOf({ sentAt: clock(step), ...(deferred && { deferred }) }, pending)
    arrivals.push({ receivedAt: now + transit, site: 'shop', address: null, userAgent: null, batch })
    pending = []
  }
  steps.forEach((step, i) => {
    now += step.pause
    if (step.do === 'track') track(i, step.tab)
    else send(i, step.transit, step.do === 'sendLater')
  })
  // The last one does not overtake a quick one before it.
  send(steps.length, Math.min(steps.at(-1)!.transit, 300), false)

  const log = createMemoryEventLog()
  for (const arrival of arrivals.sort((a, b) => a.receivedAt - b.receivedAt)) await log.append(arrival)
  const sessions = createMemorySessionStore(sites)
  const projection = createProjection({ log, sessions, sites, toFacts: ({ batch }) => ({ visitorId: batch.visitor.id }), chunk: 3 })
  while (projection.run());
  return { events: sessions.events('shop', idOf(1), { limit: 1000 }).entities, truth }
}

const pause = fc.oneof(fc.nat(5 * s), fc.nat(60 * s))
const sleep = fc.oneof({ weight: 9, arbitrary: pause }, { weight: 1, arbitrary: fc.integer({ min: hour, max: 9 * hour }) })
const transit = fc.oneof(fc.nat(300), fc.nat(30 * s))

const stepsOf = (kinds: Step['do'][], pauses: fc.Arbitrary<number>, transits: fc.Arbitrary<number>): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ pause: pauses, do: fc.constantFrom(...kinds), tab: fc.nat(1), transit: transits }), { minLength: 2, maxLength: 40 })

const usual: Step['do'][] = ['track', 'track', 'track', 'send']
const anything: Step['do'][] = [...usual, 'sendLater']
const never = { jump: 0, jumpAt: 0 }

const check = (lives: fc.Arbitrary<Life>, expectation: (outcome: Outcome, life: Life) => void): Promise<void> =>
  fc.assert(fc.asyncProperty(lives, async life => expectation(await live(life), life)), { seed, numRuns: 300 })

const errorsOf = ({ events, truth }: Outcome): number[] => events.map(({ id, at }) => at - truth.get(id)!)

const wild = fc.record({
  steps: stepsOf(anything, sleep, fc.oneof(transit, fc.nat(9 * hour))),
  skew: fc.oneof(fc.constant(0), fc.integer({ min: -3 * day, max: 3 * day })),
  jump: fc.oneof(fc.integer({ min: -2 * day, max: 2 * day }), fc.integer({ min: -5 * s, max: 5 * s })),
  jumpAt: fc.nat(40),
})

test(`of whatever client: order within a tab is kept, nothing happens after its receipt, raw instants are kept (seed ${seed})`, () =>
  check(wild, ({ events, truth }) => {
    expect(events).toHaveLength(truth.size)
    for (const { at, receivedAt } of events) expect(at).toBeLessThanOrEqual(receivedAt)
    for (const tab of ['tab-0', 'tab-1']) {
      const instants = events.filter(event => event.tab === tab).sort((a, b) => a.seq - b.seq).map(({ at }) => at)
      expect(instants).toEqual([...instants].sort((a, b) => a - b))
    }
  }))

test(`what the page said is there wherever it was changed (seed ${seed})`, () =>
  check(wild.map(life => ({ ...life, jump: 0 })), ({ events, truth }, { skew }) => {
    for (const { id, at, clientAt } of events) expect(clientAt ?? at).toBe(truth.get(id)! + skew)
  }))

test(`a clock that is right is left alone, however slow the network, long the sleep, or late a deferred batch (seed ${seed})`, () =>
  check(stepsOf(anything, sleep, transit).map(steps => ({ steps, skew: 0, ...never })), outcome => {
    expect(new Set(errorsOf(outcome))).toEqual(new Set(outcome.events.length ? [0] : []))
  }))

test(`a deferred batch that is kept for hours says nothing of a clock that is right (seed ${seed})`, () =>
  check(stepsOf(['track', 'sendLater'], pause, fc.nat(9 * hour)).map(steps => ({ steps, skew: 0, ...never })), outcome => {
    expect(errorsOf(outcome).filter(Boolean)).toEqual([])
  }))

test(`a batch that was held up for hours does not move a clock that is known to be right (seed ${seed})`, () =>
  check(
    fc.tuple(stepsOf(usual, pause, fc.nat(300)), fc.integer({ min: 31 * s, max: 9 * hour })).map(([steps, held]) => ({
      steps: [
        { pause: 0, do: 'track', tab: 0, transit: 0 },
        { pause: 0, do: 'send', tab: 0, transit: 0 },
        ...steps,
        { pause: 0, do: 'track', tab: 0, transit: 0 },
        { pause: 0, do: 'send', tab: 0, transit: held },
      ],
      skew: 0,
      ...never,
    })),
    outcome => {
      expect(errorsOf(outcome).filter(Boolean)).toEqual([])
    },
  ))

const skews = fc.oneof(fc.integer({ min: -3 * day, max: -61 * s }), fc.integer({ min: 61 * s, max: 3 * day }))

test(`a clock that is wrong is put right to within the transit of the first batch (seed ${seed})`, () =>
  check(fc.record({ steps: stepsOf(usual, sleep, transit), skew: skews, jump: fc.constant(0), jumpAt: fc.constant(0) }), outcome => {
    for (const error of errorsOf(outcome)) {
      expect(error).toBeLessThanOrEqual(30 * s)
      expect(error).toBeGreaterThanOrEqual(0)
    }
  }))

/**
 * Its first batch tells that the clock is right; then it is set. Batches arrive in the order in which they were sent: of one that was
 * overtaken by a batch of the new clock nobody can tell whether its events are older or the clock was.
 */
const jumping = (jump: number): fc.Arbitrary<Life> =>
  fc
    .record({ all: fc.nat(300).chain(same => stepsOf(usual, pause, fc.constant(same))), jumpAt: fc.integer({ min: 2, max: 42 }) })
    .map(({ all, jumpAt }) => ({
      steps: [{ pause: 0, do: 'track', tab: 0, transit: 0 }, { pause: 0, do: 'send', tab: 0, transit: 0 }, ...all],
      skew: 0,
      jump,
      jumpAt,
    }))

test.each([
  ['back a day', -day],
  ['forward a day', day],
])(`a clock that is set %s in the middle moves no event from its place (seed ${seed})`, (_title, jump) =>
  check(jumping(jump), outcome => {
    for (const error of errorsOf(outcome)) {
      expect(Math.abs(error)).toBeLessThanOrEqual(s)
    }
  }))
