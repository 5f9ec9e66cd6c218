import type { AddressedArrival } from './ingestWork.ts'

/** Batches as they came, in memory that another thread can be given: each body is copied once, and nothing on the way. */
export interface PackedArrivals {
  /** The bodies, one behind the other. */
  bytes: ArrayBuffer
  /** Where each body ends. */
  ends: number[]
  /** Of each batch what is known beside its body. Columns: the names of fields go to the other thread once, and not with each batch. */
  receivedAt: number[]
  addresses: AddressedArrival['address'][]
  origins: AddressedArrival['origin'][]
  userAgents: AddressedArrival['userAgent'][]
  foreign: AddressedArrival['foreign'][]
}

/** Bytes that are taken for bodies at first: for a dozen usual ones. */
const usualSize = 65_536

/** Bytes of memory that is used again: what was larger was needed once. */
const mostKept = 4 * 1024 * 1024

/** Packs of which memory is kept to be used again. */
const mostSpare = 8

const toColumns = (): Omit<PackedArrivals, 'bytes'> => ({ ends: [], receivedAt: [], addresses: [], origins: [], userAgents: [], foreign: [] })

/** Creates what batches are collected in on their way to another thread. */
export const createArrivalPack = (size = usualSize) => {
  const spare: Buffer[] = []
  let bytes: Buffer = Buffer.alloc(0)
  let length = 0
  let columns = toColumns()

  const reserve = (more: number): void => {
    if (length + more <= bytes.length) return
    if (!length) bytes = spare.pop() ?? bytes
    if (length + more <= bytes.length) return
    // Memory of its own, which can be given away.
    const larger = Buffer.allocUnsafeSlow(Math.max(size, 2 * bytes.length, length + more))
    bytes.copy(larger, 0, 0, length)
    bytes = larger
  }

  return {
    add: ({ bytes: body, receivedAt, address, origin, userAgent, foreign }: AddressedArrival): void => {
      reserve(body.length)
      bytes.set(body, length)
      length += body.length
      columns.ends.push(length)
      columns.receivedAt.push(receivedAt)
      columns.addresses.push(address)
      columns.origins.push(origin)
      columns.userAgents.push(userAgent)
      columns.foreign.push(foreign)
    },

    /** How many were added since the last time. */
    count: () => columns.ends.length,

    /** Everything that was added since the last time. */
    take: (): PackedArrivals => {
      const packed = { bytes: bytes.buffer as ArrayBuffer, ...columns }
      bytes = Buffer.alloc(0)
      length = 0
      columns = toColumns()
      return packed
    },

    /** Gives memory back that was taken, when nobody reads it any more: the system would have to clear other memory first. */
    giveBack: (memory: ArrayBuffer): void => {
      if (memory.byteLength <= mostKept && spare.length < mostSpare) spare.push(Buffer.from(memory))
    },
  }
}

/** The batches again. Their bodies share the memory of the pack. */
export const unpackArrivals = ({ bytes, ends, receivedAt, addresses, origins, userAgents, foreign }: PackedArrivals): AddressedArrival[] =>
  ends.map((end, i) => {
    const begin = ends[i - 1] ?? 0
    return {
      bytes: Buffer.from(bytes, begin, end - begin),
      receivedAt: receivedAt[i]!,
      address: addresses[i],
      origin: origins[i],
      userAgent: userAgents[i],
      foreign: foreign[i],
    }
  })
