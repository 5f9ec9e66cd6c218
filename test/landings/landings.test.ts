import { describe, expect, test } from 'vitest'
import { arrivals } from './arrivals.ts'
import { clicks } from './clicks.ts'
import { land, type Row } from './land.ts'
import { tagged } from './tagged.ts'

const tables: Record<string, Row[]> = { tagged, clicks, arrivals }

test.each(Object.entries(tables).map(([name, rows]) => ({ name, rows })))('each row of $name has a reason of its own', ({ rows }) => {
  const reasons = rows.map(([reason]) => reason)
  expect(new Set(reasons).size).toBe(reasons.length)
})

test('there are 200 rows at least', () => expect(Object.values(tables).flat().length).toBeGreaterThanOrEqual(200))

describe.each(Object.entries(tables).map(([name, rows]) => ({ name, rows })))('$name', ({ rows }) => {
  test.each(rows)('%s', (_, visit, told) => expect(land(visit)).toEqual(told))
})
