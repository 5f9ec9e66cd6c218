import fc from 'fast-check'
import { defaultRules, type SessionRules } from '../../../src/model/index.ts'

/** How time passes before something happens: the page runs, the machine sleeps and wakes by itself, or it is woken by what happens. */
export type Pause = readonly [how: 'run' | 'sleep' | 'wake', milliseconds: number]

/** What a visitor, or the browser, does. `page` counts through the pages that it can be done to; where there is none nothing is done. */
export type Deed =
  | { what: 'open'; visible: boolean }
  | { what: 'input' | 'track' | 'push' | 'hide' | 'show' | 'close' | 'suspend' | 'resume' | 'discard' | 'leave' | 'restore' | 'reset'; page: number }
  | { what: 'everywhere' }
  | { what: 'setBack'; milliseconds: number }

export interface Step {
  pause: Pause
  deed: Deed
}

/** A day of a visitor. */
export interface Day {
  rules: SessionRules
  /** Hidden pages run their timers once in a minute. */
  throttled: boolean
  steps: Step[]
}

const second = 1000
const minute = 60 * second
const between = (least: number, most: number): fc.Arbitrary<number> => fc.integer({ min: least, max: most })

/** Mostly moments; sometimes just about as long as the visitor stays active; sometimes a meal. */
const duration = fc.oneof(
  { arbitrary: between(second, 40 * second), weight: 8 },
  { arbitrary: between(50 * second, 70 * second), weight: 3 },
  { arbitrary: between(minute, 6 * minute), weight: 2 },
  { arbitrary: between(20 * minute, 40 * minute), weight: 1 },
  { arbitrary: between(60 * minute, 180 * minute), weight: 1 },
)

const pause = fc.tuple(
  fc.oneof({ arbitrary: fc.constant('run' as const), weight: 6 }, { arbitrary: fc.constantFrom('sleep' as const, 'wake' as const), weight: 1 }),
  duration,
)

const deed = fc.oneof<fc.WeightedArbitrary<Deed>[]>(
  { arbitrary: fc.record({ what: fc.constant('input' as const), page: fc.nat(4) }), weight: 10 },
  { arbitrary: fc.record({ what: fc.constantFrom('track' as const, 'push' as const, 'hide' as const, 'show' as const), page: fc.nat(4) }), weight: 8 },
  { arbitrary: fc.record({ what: fc.constantFrom('close' as const, 'leave' as const, 'restore' as const, 'suspend' as const, 'resume' as const), page: fc.nat(4) }), weight: 4 },
  { arbitrary: fc.record({ what: fc.constantFrom('discard' as const, 'reset' as const), page: fc.nat(4) }), weight: 1 },
  { arbitrary: fc.record({ what: fc.constant('open' as const), visible: fc.boolean() }), weight: 3 },
  { arbitrary: fc.record({ what: fc.constant('everywhere' as const) }), weight: 1 },
  { arbitrary: fc.record({ what: fc.constant('setBack' as const), milliseconds: fc.oneof(between(second, minute), between(minute, 120 * minute)) }), weight: 1 },
)

const rules = fc.oneof(
  { arbitrary: fc.constant(defaultRules), weight: 3 },
  {
    arbitrary: fc.constantFrom<SessionRules[]>(
      { ...defaultRules, sessionMaxSeconds: 3600 },
      { idleAfterSeconds: 20, awayAfterSeconds: 90, leaveGraceSeconds: 45, sessionTimeoutSeconds: 300, sessionMaxSeconds: 900 },
      { ...defaultRules, sessionTimeoutSeconds: 10_800 },
    ),
    weight: 2,
  },
)

/** Random days: some thirty things that happen, some hours apart. */
export const days: fc.Arbitrary<Day> = fc.record({ rules, throttled: fc.boolean(), steps: fc.array(fc.record({ pause, deed }), { maxLength: 40 }) })
