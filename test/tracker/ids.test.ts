import { describe, expect, test } from 'vitest'
import { createIds } from '../../src/tracker/browser/ids.ts'

const instant = Date.UTC(2026, 4, 1)

describe('ids', () => {
  test('are UUIDs of version 7 that begin with their instant', () => {
    for (const at of [1, instant, 2 ** 41 - 1]) {
      const id = createIds().newId(at)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
      expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(at)
    }
  })

  test('grow, whatever the clock says, and none comes twice', () => {
    const { newId } = createIds()
    const instants = [instant, ...Array<number>(5000).fill(instant), instant - 60_000, instant + 1, 0, instant + 2]
    const ids = instants.map(at => newId(at))
    expect(ids).toEqual([...ids].sort())
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('of two pages differ, though they are of the same instant', () => {
    expect(createIds().newId(instant)).not.toBe(createIds().newId(instant))
  })

  test('that are secret are not told by others of the page', () => {
    const { newId } = createIds()
    const ends = [newId(instant), newId(instant, true), newId(instant, true), newId(instant)].map(id => id.slice(-12))
    expect(ends[3]).toBe(ends[0])
    expect(new Set(ends).size).toBe(3)
  })

  test('of a page that is renewed share nothing random with those before', () => {
    const { newId, renew } = createIds()
    const before = newId(instant).slice(-12)
    expect(newId(instant).slice(-12)).toBe(before)
    renew()
    expect(newId(instant).slice(-12)).not.toBe(before)
  })
})
