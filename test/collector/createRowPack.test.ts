import { expect, test } from 'vitest'
import { createRowPack, unpackRows } from '../../src/collector/createRowPack.ts'
import type { AppendedBatch } from '../../src/collector/eventLog.ts'
import { toLogRow } from '../../src/collector/logRow.ts'
import { batchOf, opening, start } from './batches.ts'

const received = (n: number, more: Partial<AppendedBatch> = {}): AppendedBatch => ({ receivedAt: start + n, site: 'shop', address: null, userAgent: null, batch: batchOf({}, [opening(n)]), ...more })

const batches = [
  received(1),
  received(2, { userAgent: 'Zürich 😀 \ud800' }),
  received(3, { json: Buffer.from(JSON.stringify(batchOf({}, [opening(3, { page: { url: 'https://shop.example.com/', title: 'Käse €' } })]))) }),
]

/** As another thread gets them. */
const handOver = (pack: ReturnType<typeof createRowPack>) => {
  const packed = pack.take()
  return unpackRows(structuredClone(packed, { transfer: [packed.bytes] }))
}

const textOf = ({ receivedAt, body }: ReturnType<typeof toLogRow>) => [receivedAt, Buffer.from(body).toString()]

test.each([1, 700, 65_536])('hands over the rows that one by one would be made, where memory is taken %i bytes at first', size => {
  const pack = createRowPack(size)
  for (const batch of batches) pack.add(batch)
  expect(handOver(pack).map(textOf)).toEqual(batches.map(toLogRow).map(textOf))
})

test('uses memory again that was given back, and nothing that was in it', () => {
  const pack = createRowPack()
  batches.forEach(pack.add)
  const { bytes } = pack.take()
  pack.add(received(4))
  // While rows are collected elsewhere, it is kept for the next ones.
  pack.giveBack(bytes)
  expect(handOver(pack).map(textOf)).toEqual([textOf(toLogRow(received(4)))])
  pack.add(received(5))
  const packed = pack.take()
  expect(packed.bytes).toBe(bytes)
  expect(unpackRows(packed).map(textOf)).toEqual([textOf(toLogRow(received(5)))])
})

test('does not keep much more memory than is usual', () => {
  const pack = createRowPack()
  const large = new ArrayBuffer(64 * 1024 * 1024)
  pack.giveBack(large)
  pack.add(received(1))
  expect(pack.take().bytes).not.toBe(large)
})

test('hands each over once, and is not disturbed by what was handed over', () => {
  const pack = createRowPack()
  pack.add(received(1))
  const first = handOver(pack)
  pack.add(received(2))
  expect(handOver(pack).map(({ receivedAt }) => receivedAt)).toEqual([start + 2])
  expect(handOver(pack)).toEqual([])
  expect(textOf(first[0]!)).toEqual(textOf(toLogRow(received(1))))
})
