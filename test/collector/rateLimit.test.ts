import { expect, test } from 'vitest'
import { createRateLimit } from '../../src/collector/rateLimit.ts'

const clockOf = () => {
  let at = 0
  return { now: () => at, pass: (seconds: number) => void (at += seconds * 1000) }
}

test('lets a burst through, then as many as the rate allows', () => {
  const clock = clockOf()
  const take = createRateLimit({ perSecond: 2, burst: 3 }, clock.now)
  expect(Array.from({ length: 5 }, () => take('a'))).toEqual([0, 0, 0, 1, 1])
  clock.pass(0.5)
  expect([take('a'), take('a')]).toEqual([0, 1])
  clock.pass(100)
  expect(Array.from({ length: 4 }, () => take('a'))).toEqual([0, 0, 0, 1])
})

test('says in whole seconds when the next one is let through', () => {
  const take = createRateLimit({ perSecond: 0.1, burst: 1 }, () => 0)
  expect([take('a'), take('a')]).toEqual([0, 10])
})

test('counts each key by itself', () => {
  const take = createRateLimit({ perSecond: 1, burst: 1 }, () => 0)
  expect([take('a'), take('b'), take('a')]).toEqual([0, 0, 1])
})

test('forgets the key that was not seen for longest when there are too many', () => {
  const take = createRateLimit({ perSecond: 1, burst: 1 }, () => 0, 2)
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(take)).toEqual([0, 0, 1, 0, 1, 0])
})
