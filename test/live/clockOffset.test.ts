import { describe, expect, test } from 'vitest'
import { narrowOffset, toOffset, unknownOffset, type ClockSample } from '../../src/live/clockOffset.ts'
import { noon } from './sampleSession.ts'

/** Answers of a collector whose clock is ahead by `offset`, cut to the second, each 40 ms on the way. */
const samplesOf = (offset: number, ...sent: number[]): ClockSample[] =>
  sent.map(at => ({ sentAt: noon + at, receivedAt: noon + at + 40, date: Math.floor((noon + at + 20 + offset) / 1000) * 1000 }))

describe("the collector's clock", () => {
  test('is taken to be that of the device before an answer came', () => expect(toOffset(unknownOffset)).toBe(0))

  test('counts as equal while the answers allow it', () => {
    expect(toOffset(samplesOf(0, 0, 300, 1600, 2950).reduce(narrowOffset, unknownOffset))).toBe(0)
  })

  test.each([90_000, -90_000, 5200])('is found to be %i ms ahead, the better the more answers', offset => {
    const once = toOffset(samplesOf(offset, 0).reduce(narrowOffset, unknownOffset))
    const often = toOffset(samplesOf(offset, 0, 310, 620, 930, 1240, 1550).reduce(narrowOffset, unknownOffset))
    expect(Math.abs(once - offset)).toBeLessThan(600)
    expect(Math.abs(often - offset)).toBeLessThan(200)
  })

  test('is learnt afresh when a clock was set', () => {
    const before = samplesOf(0, 0, 300).reduce(narrowOffset, unknownOffset)
    expect(Math.abs(toOffset(samplesOf(3_600_000, 5000).reduce(narrowOffset, before)) - 3_600_000)).toBeLessThan(600)
  })
})
