import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toIdBlob, toIdList, toIds, toIdText } from '../../../src/collector/sqlite/idBlob.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
console.log(`ids: SEED=${seed}`)

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A UUID with one character changed: a dash, a digit, or what looks like one in seven bits. */
const spoilt = fc.tuple(fc.uuid(), fc.nat(35), fc.constantFrom('-', 'g', 'A', ' ', '\u00b1', '\u0130', '/', ':', '`')).map(([id, at, by]) => id.slice(0, at) + by + id.slice(at + 1))

test('a UUID is stored in 16 bytes, any other text as it is, and both come back', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uuid(), spoilt, fc.string({ maxLength: 40 })), id => {
      const blob = toIdBlob(id)
      expect(toIdText(blob)).toBe(id)
      expect(blob.length === 16).toBe(uuid.test(id))
      if (uuid.test(id)) expect(blob.toString('hex')).toBe(id.replaceAll('-', ''))
    }),
    { seed, numRuns: 20_000 },
  )
})

test('ids that are stored together come back, whatever they are', () => {
  const uuids = fc.array(fc.uuid(), { maxLength: 9 })
  fc.assert(
    fc.property(fc.oneof(uuids, fc.array(fc.oneof({ weight: 9, arbitrary: fc.uuid() }, spoilt, fc.string({ maxLength: 40 })), { maxLength: 9 })), ids => {
      const list = toIdList(ids)
      expect(toIds(list)).toEqual(ids)
      expect(ids.every(id => uuid.test(id)) ? list.length : typeof list).toBe(ids.every(id => uuid.test(id)) ? 16 * ids.length : 'string')
    }),
    { seed, numRuns: 5000 },
  )
})
