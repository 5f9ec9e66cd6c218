import { describe, expect, test } from 'vitest'
import { defaultRules, splitGap, statusAt, toPresence } from '../../src/model/index.ts'

const second = 1000
const createdAt = 1_000_000 * second
const at = (seconds: number): number => createdAt + seconds * second
/** The instants of a visitor, in seconds after the session opened. */
const presence = ({ active = 0, left }: { active?: number; left?: number } = {}, rules = {}) =>
  toPresence({ createdAt, activeAt: at(active), leftAt: left === undefined ? undefined : at(left) }, { ...defaultRules, ...rules })

describe('the instants of a visitor', () => {
  test('are 60 seconds, 300 seconds and half an hour after the last activity', () => {
    expect(presence({ active: 10 })).toEqual({ idleAt: at(70), awayAt: at(310), endsAt: at(1810) })
  })

  test.each<[string, Parameters<typeof presence>[0], object]>([
    ['after the last page hid, away is 30 seconds later, and idle no later than that', { active: 0, left: 10 }, { idleAt: at(40), awayAt: at(40) }],
    ['a page that hid late changes nothing about idle', { active: 0, left: 100 }, { idleAt: at(60), awayAt: at(130) }],
    ['a page that hid very late changes nothing at all', { active: 0, left: 299 }, { idleAt: at(60), awayAt: at(300) }],
    ['activity after the page hid counts from then on', { active: 50, left: 10 }, { idleAt: at(80), awayAt: at(80) }],
  ])('%s', (_, visitor, instants) => expect(presence(visitor)).toMatchObject(instants))

  test('never make a session longer than its maximum', () => {
    expect(presence({ active: 86_300 })).toEqual({ idleAt: at(86_360), awayAt: at(86_600), endsAt: at(86_400) })
  })

  test('follow the rules of the site', () => {
    const rules = { idleAfterSeconds: 5, awayAfterSeconds: 20, leaveGraceSeconds: 2, sessionTimeoutSeconds: 100, sessionMaxSeconds: 200 }
    expect(presence({ active: 0 }, rules)).toEqual({ idleAt: at(5), awayAt: at(20), endsAt: at(100) })
    expect(presence({ active: 150, left: 151 }, rules)).toEqual({ idleAt: at(153), awayAt: at(153), endsAt: at(200) })
  })
})

test.each([
  [-100, 'active'],
  [0, 'active'],
  [59.999, 'active'],
  [60, 'idle'],
  [299.999, 'idle'],
  [300, 'away'],
  [1799.999, 'away'],
  [1800, 'ended'],
  [1e6, 'ended'],
])('%f seconds after the last activity the visitor is %s', (seconds, status) => expect(statusAt(presence(), at(seconds))).toBe(status))

test.each([
  [-10, { idle: 0, away: 0 }],
  [60, { idle: 0, away: 0 }],
  [100, { idle: 40_000, away: 0 }],
  [300, { idle: 240_000, away: 0 }],
  [1000, { idle: 240_000, away: 700_000 }],
])('of %i seconds without activity so many milliseconds were idle and away', (seconds, gap) => expect(splitGap(presence(), at(seconds))).toEqual(gap))
