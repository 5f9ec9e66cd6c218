import { expect, test } from 'vitest'
import { toDayRow, toFirstDate } from '../../../src/live/campaigns/dayRow.ts'
import { toScaleTop } from '../../../src/live/view/campaigns/dayPlot.tsx'

const now = Date.UTC(2026, 2, 1, 0, 30)

test('the days of a period begin so many days ago, today included', () => {
  expect([toFirstDate(now, 1), toFirstDate(now, 7), toFirstDate(now, 30)]).toEqual(['2026-03-01', '2026-02-23', '2026-01-31'])
})

test('every day of the period is there, with the sum of what all campaigns have led to', () => {
  const of = (date: string, sessions: number) => ({ date, sessions, pageviews: 2 * sessions, outcomes: 1 })
  const row = toDayRow([{ days: [of('2026-02-27', 1), of('2026-03-01', 2)] }, { days: [of('2026-02-01', 9), of('2026-03-01', 5)] }], now, 3)
  expect(row).toEqual([
    { date: '2026-02-27', sessions: 1, pageviews: 2, outcomes: 1 },
    { date: '2026-02-28', sessions: 0, pageviews: 0, outcomes: 0 },
    { date: '2026-03-01', sessions: 7, pageviews: 14, outcomes: 2 },
  ])
})

test.each([
  [0, 1],
  [1, 1],
  [3, 5],
  [11, 20],
  [100, 100],
  [101, 200],
  [5001, 10_000],
])('the scale for %i goes to %i', (most, top) => expect(toScaleTop(most)).toBe(top))
