import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addToOrder, boundsOf, type TabOrder } from '../../../src/collector/projection/tabOrder.ts'

const orderOf = (...events: [seq: number, at: number][]): TabOrder => events.reduce<TabOrder>((order, [seq, at]) => addToOrder(order, seq, at), [])

test('events without a gap are one run', () => {
  expect(orderOf([0, 10], [1, 20], [2, 20])).toEqual([[0, 10, 2, 20]])
})

test('a gap is bounded by what is on its sides, and gone when it is filled', () => {
  const order = orderOf([0, 10], [1, 20], [4, 50])
  expect(order).toEqual([[0, 10, 1, 20], [4, 50, 4, 50]])
  expect([2, 3, 5].map(seq => boundsOf(order, seq))).toEqual([[20, 50], [20, 50], [50, Infinity]])
  expect(addToOrder(addToOrder(order, 3, 40), 2, 30)).toEqual([[0, 10, 4, 50]])
})

test('nothing bounds the first event that comes, and nothing is before the first of all', () => {
  expect(boundsOf([], 7)).toEqual([-Infinity, Infinity])
  expect(boundsOf(orderOf([7, 70]), 3)).toEqual([-Infinity, 70])
})

test('an event that is known changes nothing', () => {
  const order = orderOf([0, 10], [1, 20])
  expect(addToOrder(order, 1, 99)).toBe(order)
})

test('however many gaps there are, it stays small, and bounds stay true', () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 100 }), numbers => {
      let order: TabOrder = []
      for (const seq of numbers) {
        const [earliest, latest] = boundsOf(order, seq)
        expect(earliest).toBeLessThanOrEqual(seq)
        expect(latest).toBeGreaterThanOrEqual(seq)
        order = addToOrder(order, seq, seq)
        expect(order.length).toBeLessThanOrEqual(16)
      }
    }),
    { seed },
  )
})
