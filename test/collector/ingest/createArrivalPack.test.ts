import { expect, test } from 'vitest'
import { createArrivalPack, unpackArrivals } from '../../../src/collector/ingest/createArrivalPack.ts'
import type { AddressedArrival } from '../../../src/collector/ingest/ingestWork.ts'
import { start } from '../batches.ts'

const arrival = (n: number, more: Partial<AddressedArrival> = {}): AddressedArrival => ({
  ...{ bytes: Buffer.from(`{"batch":${n}}`), receivedAt: start + n, address: `192.0.2.${n}` },
  ...{ origin: 'https://shop.example.com', userAgent: 'Mozilla/5.0', foreign: undefined, ...more },
})

const arrivals = [
  arrival(1),
  arrival(2, { bytes: Buffer.alloc(0), address: undefined, origin: undefined, userAgent: undefined }),
  arrival(3, { bytes: Buffer.from('Käse €'), userAgent: 'Zürich 😀 \ud800', foreign: '{"kind":"App"}' }),
]

/** As another thread gets them. */
const handOver = (pack: ReturnType<typeof createArrivalPack>) => {
  const packed = pack.take()
  return unpackArrivals(structuredClone(packed, { transfer: [packed.bytes] }))
}

test.each([1, 20, 65_536])('hands over what came, where memory is taken %i bytes at first', size => {
  const pack = createArrivalPack(size)
  arrivals.forEach(pack.add)
  expect(pack.count()).toBe(3)
  expect(handOver(pack)).toEqual(arrivals)
  expect(pack.count()).toBe(0)
})

test('uses memory again that was given back, and nothing that was in it', () => {
  const pack = createArrivalPack()
  arrivals.forEach(pack.add)
  const { bytes } = pack.take()
  pack.add(arrival(4))
  // While batches are collected elsewhere, it is kept for the next ones.
  pack.giveBack(bytes)
  expect(handOver(pack)).toEqual([arrival(4)])
  pack.add(arrival(5))
  const packed = pack.take()
  expect(packed.bytes).toBe(bytes)
  expect(unpackArrivals(packed)).toEqual([arrival(5)])
})

test('takes more memory where that which was given back is too small', () => {
  const pack = createArrivalPack(1)
  pack.add(arrival(1))
  const { bytes } = pack.take()
  pack.giveBack(bytes)
  const long = arrival(2, { bytes: Buffer.alloc(100, 'x') })
  pack.add(long)
  expect(handOver(pack)).toEqual([long])
})

test.each([
  ['what was needed once', [new ArrayBuffer(64 * 1024 * 1024)]],
  ['more than a few', Array.from({ length: 20 }, () => new ArrayBuffer(1024))],
])('does not keep %s', (_, given) => {
  const pack = createArrivalPack()
  given.forEach(pack.giveBack)
  const taken = given.map(() => {
    pack.add(arrival(1))
    return pack.take().bytes
  })
  expect(taken.filter(bytes => given.includes(bytes)).length).toBeLessThan(Math.min(given.length, 10))
})

test('hands each over once, and is not disturbed by what was handed over', () => {
  const pack = createArrivalPack()
  pack.add(arrival(1))
  const first = handOver(pack)
  pack.add(arrival(2))
  expect(handOver(pack)).toEqual([arrival(2)])
  expect(handOver(pack)).toEqual([])
  expect(first).toEqual([arrival(1)])
})
