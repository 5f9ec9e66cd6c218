import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createToDate } from '../../../src/collector/reading/createToDate.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
console.log(`instants: SEED=${seed}`)

const mostMilliseconds = 8.64e15

test('instants are written as Date writes them, whatever came before', () => {
  const toDate = createToDate()
  const close = fc.tuple(fc.integer({ min: -1e15, max: 1e15 }), fc.integer({ min: -1e8, max: 1e8 })).map(([at, more]) => [at, at + more])
  const any = fc.array(fc.double({ min: -mostMilliseconds, max: mostMilliseconds, noNaN: true }), { maxLength: 3 })
  fc.assert(
    fc.property(fc.oneof(close, any), instants => {
      expect(instants.map(toDate)).toEqual(instants.map(at => new Date(at).toISOString()))
    }),
    { seed, numRuns: 2000 },
  )
})

test.each([0, -1, 86_399_999, 86_400_000, -62_198_755_200_000, mostMilliseconds, -mostMilliseconds])('%i', at => {
  expect(createToDate()(at)).toBe(new Date(at).toISOString())
})

test.each([NaN, Infinity, mostMilliseconds + 1])('%d is refused, as Date does, and is not taken for the day of what comes next', at => {
  const toDate = createToDate()
  expect(() => toDate(at)).toThrow(RangeError)
  expect(toDate(1)).toBe('1970-01-01T00:00:00.001Z')
})
