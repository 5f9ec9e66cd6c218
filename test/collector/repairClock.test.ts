import { describe, expect, test } from 'vitest'
import { repairEvent, toSkew } from '../../src/collector/repairClock.ts'
import type { Event } from '../../src/model/index.ts'
import { opening, start } from './batches.ts'

const s = 1000
const minute = 60 * s
const day = 86_400 * s

/** `receivedAt - sentAt`, in milliseconds, and the skew known before. */
const readings: [title: string, offset: number, known: number | undefined, skew: number][] = [
  ['a batch that took no time', 0, undefined, 0],
  ['a slow network', 29 * s, undefined, 0],
  ['half a minute under way at most', 30 * s, undefined, 0],
  ['a clock behind by more than a batch can be under way', 30 * s + 1, undefined, 30 * s + 1],
  ['a clock behind by days', 3 * day, undefined, 3 * day],
  ['a clock ahead by less than clocks that agree differ', -s, undefined, 0],
  ['a clock ahead: nothing arrives before it was sent', -s - 1, undefined, -s - 1],
  ['a clock ahead by an hour', -60 * minute, undefined, -60 * minute],
  ['a clock of 1970', start, undefined, start],
  ['the next batch of a clock ahead, quicker', -5 * minute + 3 * s, -5 * minute, -5 * minute],
  ['the next batch of a clock ahead, slower', -5 * minute + 30 * s, -5 * minute, -5 * minute],
  ['the next batch of a clock behind, quicker than the first', 5 * minute - 30 * s, 5 * minute, 5 * minute],
  ['a clock behind, at an offset that could be transit', 29 * s, 40 * s, 40 * s],
  ['a clock that was set right', 100, 5 * minute, 0],
  ['a clock ahead that was set right', 100, -5 * minute, 0],
  ['a clock that was set wrong', 5 * minute, undefined, 5 * minute],
  ['a clock that was set wrong again', -60 * minute, 5 * minute, -60 * minute],
  ['a clock ahead that was set less far ahead', -10 * s, -5 * minute, -10 * s],
]

describe('the skew of a page', () => {
  test.each(readings)('%s', (_title, offset, known, skew) => {
    expect(toSkew({ receivedAt: start + offset, sentAt: start, known })).toBe(skew)
  })

  const deferred: typeof readings = [
    ['however long the browser has kept it', 3 * day, undefined, 0],
    ['a clock ahead by more than it was kept', -minute, undefined, -minute],
    ['a known skew', 3 * day, -5 * minute, -5 * minute],
    ['a known skew, kept for a while', 2 * minute, -5 * minute, -5 * minute],
    ['a clock that is further ahead than was known', -20 * minute, -5 * minute, -20 * minute],
    ['a clock that is no longer behind', 10 * s, 5 * minute, 0],
  ]

  test.each(deferred)('of a deferred batch: %s', (_title, offset, known, skew) => {
    expect(toSkew({ receivedAt: start + offset, sentAt: start, deferred: true, known })).toBe(skew)
  })
})

describe('a repaired event', () => {
  const activity: Event = { id: 'a', type: 'activity', state: 'active', at: start, activeAt: start - 5, session: 'b', seq: 1, tab: 't' }

  test('is the same when nothing was wrong', () => {
    expect(repairEvent(opening(), 0, start + 9)).toEqual({ ...opening(), receivedAt: start + 9 })
  })
  test('moves by the skew, and keeps what the page said', () => {
    expect(repairEvent(activity, -3 * minute, start)).toEqual({ ...activity, at: start - 3 * minute, activeAt: start - 5 - 3 * minute, receivedAt: start, clientAt: start })
  })
  test('happens no later than it arrived', () => {
    const late = { ...activity, activeAt: start + 90 }
    expect(repairEvent(late, 0, start - 1)).toEqual({ ...late, at: start - 1, activeAt: start - 1, receivedAt: start - 1, clientAt: start })
  })
  test('happens no earlier than 1970', () => {
    expect(repairEvent(activity, -2 * start, start)).toMatchObject({ at: 0, activeAt: 0, clientAt: start })
  })
})
