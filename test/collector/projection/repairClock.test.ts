import { describe, expect, test } from 'vitest'
import { readClock, repairEvent, toSkews, type PageClock } from '../../../src/collector/projection/repairClock.ts'
import type { Event } from '../../../src/model/index.ts'
import { opening, start } from '../batches.ts'

const s = 1000
const minute = 60 * s
const hour = 60 * minute
const day = 24 * hour

/** `receivedAt - sentAt`, in milliseconds, and the skew known before. */
const readings: [title: string, offset: number, known: number | undefined, skew: number][] = [
  ['a batch that took no time', 0, undefined, 0],
  ['a slow network', 29 * s, undefined, 0],
  ['half a minute under way at most', 30 * s, undefined, 0],
  ['a clock behind by more than a batch can be under way', 30 * s + 1, undefined, 30 * s + 1],
  ['a clock behind by days', 3 * day, undefined, 3 * day],
  ['a clock ahead by less than clocks that agree differ', -s, undefined, 0],
  ['a clock ahead: nothing arrives before it was sent', -s - 1, undefined, -s - 1],
  ['a clock ahead by an hour', -hour, undefined, -hour],
  ['a clock of 1970', start, undefined, start],
  ['a clock that is right, slowly', 29 * s, 0, 0],
  ['a clock that is right, and a little ahead', -s, 0, 0],
  ['a clock that is ahead after all: the first batch was slow', -5 * s, 0, -5 * s],
  ['the next batch of a clock ahead, slower', -5 * minute + 30 * s, -5 * minute, -5 * minute],
  ['the next batch of a clock ahead, quicker: nearer to the truth', -5 * minute - 3 * s, -5 * minute, -5 * minute - 3 * s],
  ['the next batch of a clock behind, quicker than the first', 5 * minute - 30 * s, 5 * minute, 5 * minute - 30 * s],
  ['a clock behind, at an offset that could be transit', 29 * s, 40 * s, 29 * s],
  ['a clock that was set right', 100, 5 * minute, 0],
  ['a clock ahead that was set right', 100, -5 * minute, 0],
  ['a clock that was set forward', -hour, undefined, -hour],
  ['a clock that was set forward again', -hour, 5 * minute, -hour],
]

const known = (skew: number, more: Partial<PageClock> = {}): PageClock => ({ skew, sentAt: start - minute, ...more })

describe('the skew of a page', () => {
  test.each(readings)('%s', (_title, offset, skew, expected) => {
    expect(readClock({ receivedAt: start + offset, sentAt: start, ...(skew !== undefined && { known: known(skew) }) })).toEqual({ skew: expected, sentAt: start })
  })

  test('is not changed by one batch that was held up for hours', () => {
    expect(readClock({ receivedAt: start + 5 * hour, sentAt: start, known: known(0) })).toEqual({ skew: 0, sentAt: start, doubt: 5 * hour })
    expect(readClock({ receivedAt: start + 5 * hour, sentAt: start, known: known(0, { doubt: hour }) })).toEqual({ skew: 0, sentAt: start, doubt: 5 * hour })
    expect(readClock({ receivedAt: start, sentAt: start, known: known(0, { doubt: hour }) })).toEqual({ skew: 0, sentAt: start })
  })

  test('is changed by two batches that say the same', () => {
    expect(readClock({ receivedAt: start + hour + s, sentAt: start, known: known(0, { doubt: hour }) })).toEqual({ skew: hour, sentAt: start })
  })

  test('is changed at once when the page sends after what is later by its clock', () => {
    const later = { skew: 0, sentAt: start + 1 }
    expect(readClock({ receivedAt: start + day, sentAt: start, known: later })).toEqual({ skew: day, sentAt: start })
    expect(readClock({ receivedAt: start + minute, sentAt: start, known: later })).toEqual({ ...later, doubt: minute })
  })

  const deferred: [title: string, offset: number, known: number | undefined, skew: number | undefined][] = [
    ['however long the browser has kept it', 3 * day, undefined, undefined],
    ['a clock ahead by more than it was kept', -minute, undefined, -minute],
    ['a known skew', 3 * day, -5 * minute, -5 * minute],
    ['a known skew, kept for a while', 2 * minute, -5 * minute, -5 * minute],
    ['a clock that is further ahead than was known', -20 * minute, -5 * minute, -20 * minute],
    ['a clock that is no longer behind', 10 * s, 5 * minute, 0],
  ]

  test.each(deferred)('of a deferred batch: %s', (_title, offset, skew, expected) => {
    expect(readClock({ receivedAt: start + offset, sentAt: start, deferred: true, ...(skew !== undefined && { known: known(skew) }) })?.skew).toBe(expected)
  })
})

describe('the skews of a batch', () => {
  const skews = (instants: number[], before: number | undefined, now: number): number[] =>
    toSkews(instants.map(at => start + at), { sentAt: start, before: before === undefined ? undefined : { skew: before, sentAt: start - 2 * day }, now: { skew: now, sentAt: start } })

  test('are one while the clock runs on', () => {
    expect(skews([-5 * hour, -3 * s, -2 * s, 0], undefined, -hour)).toEqual([-hour, -hour, -hour, -hour])
  })

  test('are two when it was set back, and the one before is known', () => {
    expect(skews([day - 9 * s, day - 7 * s, -5 * s, -s], 0, day)).toEqual([0, 0, day, day])
  })

  test('are as late as they can be when the one before is not known', () => {
    expect(skews([day - 9 * s, day - 7 * s, -5 * s, -s], undefined, day)).toEqual([2 * s, 2 * s, day, day])
  })

  test('are those before when it was set back after the last event', () => {
    expect(skews([day - 9 * s, day - 7 * s], 0, day)).toEqual([0, 0])
  })

  test('are two when it was set forward in a pause as long', () => {
    expect(skews([-day - 9 * s, -day - 7 * s, -5 * s, -s], 0, -day)).toEqual([0, 0, -day, -day])
    expect(skews([-day - 9 * s, -day - 7 * s], 0, -day)).toEqual([0, 0])
  })

  test('are one when it was set forward before the first event', () => {
    expect(skews([-hour, -5 * s, -s], 0, -day)).toEqual([-day, -day, -day])
    expect(skews([-9 * s, -5 * s, -s], 0, -day)).toEqual([-day, -day, -day])
  })
})

describe('a repaired event', () => {
  const activity: Event = { id: 'a', type: 'activity', state: 'active', at: start, activeAt: start - 5, session: 'b', seq: 1, tab: 't' }

  test('is the same when nothing was wrong', () => {
    expect(repairEvent(opening(), { skew: 0, receivedAt: start + 9 })).toEqual({ ...opening(), receivedAt: start + 9 })
  })
  test('moves by the skew, and keeps what the page said', () => {
    const at = start - 3 * minute
    expect(repairEvent(activity, { skew: -3 * minute, receivedAt: start })).toEqual({ ...activity, at, activeAt: at - 5, receivedAt: start, clientAt: start })
  })
  test('happens no later than it arrived', () => {
    const late = { ...activity, activeAt: start + 90 }
    expect(repairEvent(late, { skew: 0, receivedAt: start - 1 })).toEqual({ ...late, at: start - 1, activeAt: start - 1, receivedAt: start - 1, clientAt: start })
  })
  test('happens no earlier than 1970', () => {
    expect(repairEvent(activity, { skew: -2 * start, receivedAt: start })).toMatchObject({ at: 0, activeAt: 0, clientAt: start })
  })
  test('happens between what comes before and after it', () => {
    expect(repairEvent(activity, { skew: -minute, receivedAt: start, bounds: [start - s, Infinity] })).toMatchObject({ at: start - s, clientAt: start })
    expect(repairEvent(activity, { skew: 0, receivedAt: start, bounds: [0, start - 2 * s] })).toMatchObject({ at: start - 2 * s, activeAt: start - 2 * s, clientAt: start })
  })
})
