import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { startFollower } from '../../../src/collector/projection/startFollower.ts'

/** Milliseconds in which turns of the event loop are over, with nothing to wait for. */
const turns = 10

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] })
  return () => void vi.useRealTimers()
})

/** A follower that has caught up with a log. */
const setUp = (mostHeld?: number) => {
  let [length, position] = [2, 0]
  const idle: number[] = []
  const projection = { run: () => (position < length ? ++position : 0), position: () => position }
  const follower = startFollower(projection, { onIdle: reached => idle.push(reached), ...(mostHeld !== undefined && { mostHeld }) })
  onTestFinished(follower.stop)
  vi.advanceTimersByTime(turns)
  return {
    follower,
    position: () => position,
    idle,
    grow: () => {
      length++
      follower.wake()
    },
    pass: (ms: number) => vi.advanceTimersByTime(ms),
    holdFor: (ms: number) => {
      for (let passed = 0; passed < ms; passed += 50) {
        follower.hold(150)
        vi.advanceTimersByTime(50)
      }
    },
  }
}

test('goes on until there is no more, and again when it is woken', () => {
  const { idle, grow, pass } = setUp()
  expect(idle).toEqual([2])
  grow()
  grow()
  pass(turns)
  expect(idle).toEqual([2, 4])
})

test('rests while it is held, and then goes on by itself', () => {
  const { follower, idle, grow, pass } = setUp()
  follower.hold(150)
  grow()
  pass(149)
  expect(idle).toEqual([2])
  pass(turns)
  expect(idle).toEqual([2, 3])
})

test('rests when it is held in the middle of its work', () => {
  const { follower, position, grow, pass } = setUp()
  for (let chunks = 0; chunks < 5; chunks++) grow()
  vi.advanceTimersToNextTimer()
  const reached = position()
  expect(reached).toBeLessThan(7)
  follower.hold(150)
  pass(140)
  // The chunk that was due is folded.
  expect(position()).toBeLessThanOrEqual(reached + 1)
  pass(turns + turns)
  expect(position()).toBe(7)
})

test('rests on when it is held again, and goes on at once when it is let go', () => {
  const { follower, idle, grow, pass, holdFor } = setUp()
  follower.hold(150)
  grow()
  holdFor(300)
  expect(idle).toEqual([2])
  follower.hold(0)
  pass(turns)
  expect(idle).toEqual([2, 3])
})

test('is held no longer than a while since it had caught up, however often', () => {
  const { idle, grow, pass, holdFor } = setUp(1000)
  holdFor(50)
  grow()
  holdFor(950)
  grow()
  expect(idle).toEqual([2])
  holdFor(100)
  expect(idle).toEqual([2, 4])
  // With what comes then it is the same again.
  grow()
  holdFor(950)
  expect(idle).toEqual([2, 4])
  holdFor(100)
  pass(turns)
  expect(idle).toEqual([2, 4, 5])
})

test('does nothing more when it is stopped, held or not', () => {
  const { follower, position, grow, pass } = setUp()
  follower.hold(100)
  grow()
  follower.stop()
  grow()
  pass(1000)
  expect(position()).toBe(2)
})
