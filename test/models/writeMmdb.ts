import { writeFileSync } from 'node:fs'

type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value }

const types = { text: 2, double: 3, whole: 6, map: 7, list: 11, flag: 14 } as const

/** Largest size that stands in the first byte itself. */
const shortest = 29

/** What a field begins with: its type, the later ones in a byte of their own, and its size. */
const toHead = (type: number, size: number): Buffer => {
  const short = Math.min(size, shortest)
  const more = size < shortest ? [] : [size - shortest]
  return Buffer.from(type > 7 ? [short, type - 7, ...more] : [(type << 5) | short, ...more])
}

const toField = (value: Value): Buffer => {
  if (typeof value === 'string') return Buffer.concat([toHead(types.text, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'boolean') return toHead(types.flag, Number(value))
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(Number.isInteger(value) ? 4 : 8)
    if (Number.isInteger(value)) bytes.writeUInt32BE(value)
    else bytes.writeDoubleBE(value)
    return Buffer.concat([toHead(Number.isInteger(value) ? types.whole : types.double, bytes.length), bytes])
  }
  if (Array.isArray(value)) return Buffer.concat([toHead(types.list, value.length), ...(value as Value[]).map(toField)])
  const entries = Object.entries(value)
  return Buffer.concat([toHead(types.map, entries.length), ...entries.flatMap(([name, member]) => [toField(name), toField(member)])])
}

const toRecord = (number: number): number[] => [number >> 16, (number >> 8) & 255, number & 255]

/**
 * Writes a database in MMDB format (MaxMind DB 2.0) that knows one network of IPv4.
 *
 * @param network its first bytes, e.g. `[203, 0, 113]`
 */
export const writeMmdb = (file: string, { type, network, record }: { type: string; network: readonly number[]; record: Value }): void => {
  const bits = network.flatMap(byte => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1))
  const count = bits.length
  // Sixteen empty bytes stand between the tree and the data.
  const nodes = bits.flatMap((bit, i) => {
    const next = i + 1 < count ? i + 1 : count + 16
    return bit ? [...toRecord(count), ...toRecord(next)] : [...toRecord(next), ...toRecord(count)]
  })
  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_785_000_000,
    database_type: type,
    description: { en: 'for a test' },
    ip_version: 4,
    languages: ['en'],
    node_count: count,
    record_size: 24,
  }
  writeFileSync(file, Buffer.concat([Buffer.from(nodes), Buffer.alloc(16), toField(record), Buffer.from('abcdef4d61784d696e642e636f6d', 'hex'), toField(metadata)]))
}
