import { describe, expect, test } from 'vitest'
import { toElapsed, toSessionStatus, toStatusSince } from '../../src/live/sessionStatus.ts'
import { noon, sampleSession, toIso } from './sampleSession.ts'

const at = (seconds: number): number => noon + seconds * 1000

describe('the status', () => {
  test.each([
    [0, 'active'],
    [59.999, 'active'],
    [60, 'idle'],
    [299.999, 'idle'],
    [300, 'away'],
    [86_400, 'away'],
  ])('%d s after the last activity is %s, with nothing heard meanwhile', (seconds, status) =>
    expect(toSessionStatus(sampleSession(), at(seconds))).toBe(status))

  test('is ended when the collector says so, whatever the instants', () =>
    expect(toSessionStatus(sampleSession({ endedDate: toIso(30) }), at(31))).toBe('ended'))

  test('began at the instant that made it', () => {
    const session = sampleSession()
    const ended = sampleSession({ endedDate: toIso(30) })
    expect([
      toStatusSince(session, 'active'),
      toStatusSince(session, 'idle'),
      toStatusSince(session, 'away'),
      toStatusSince(session, 'ended'),
      toStatusSince(ended, 'ended'),
    ]).toEqual([undefined, at(60), at(300), undefined, at(30)])
  })
})

describe('the length of a visit', () => {
  test('runs on while the visitor is there', () => expect(toElapsed(sampleSession(), at(200))).toBe(200_000))
  test('stops when the visitor goes away', () => expect(toElapsed(sampleSession(), at(900))).toBe(300_000))
  test('of an ended session is what the collector states', () =>
    expect(toElapsed(sampleSession({ endedDate: toIso(42), durationInSeconds: 42 }), at(900))).toBe(42_000))
  test('is never shorter than what the collector states', () =>
    expect(toElapsed(sampleSession({ durationInSeconds: 10 }), at(3))).toBe(10_000))
})
