import { expect, test } from 'vitest'
import { createSaturation } from '../../../src/collector/ingest/createSaturation.ts'

/** What it says of looks at two threads, each with the batches that are pending and the share of time that each thread was busy since the last. */
const look = (looks: [pending: number, share: number][]): boolean[] => {
  let current: [number, number] = [0, 0]
  const utilization = () => ({ idle: 0, active: 0, utilization: current[1] })
  const isSaturated = createSaturation({ pending: () => current[0], threads: [utilization, utilization] })
  return looks.map(next => {
    current = next
    return isSaturated()
  })
}

test('a thread that is busy, with many batches pending, is saturated', () => {
  expect(look(Array.from({ length: 5 }, () => [100, 0.9])).at(-1)).toBe(true)
})

test('one that has a moment of much to do is not', () => {
  expect(look([[3, 0.4], [3, 0.3], [40, 0.9], [2, 0.4]])).toEqual([false, false, false, false])
})

test('nor is one that waits for the disk', () => {
  expect(look(Array.from({ length: 9 }, () => [128, 0.2]))).not.toContain(true)
})

test('a group that was acknowledged right now is no sign of rest; several are', () => {
  const busy = Array.from({ length: 9 }, (): [number, number] => [100, 0.9])
  expect(look([...busy, [0, 0.9]]).at(-1)).toBe(true)
  expect(look([...busy, [0, 0.9], [1, 0.3], [0, 0.2]]).at(-1)).toBe(false)
})
