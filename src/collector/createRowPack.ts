import type { AppendedBatch } from './eventLog.ts'
import { rowEnd, toRowParts, type LogRow } from './logRow.ts'

/** Rows of the log, one behind the other, in memory that another thread can be given: nothing is copied on the way. */
export interface PackedRows {
  bytes: ArrayBuffer
  /** Where each row ends. */
  ends: number[]
  receivedAt: number[]
}

/** Bytes that are taken for rows at first: for a dozen usual ones. */
const usualSize = 65_536

/** Bytes of memory that is used again: what was larger was needed once. */
const mostKept = 4 * 1024 * 1024

/** Bytes of a UTF-16 unit in UTF-8, at most. */
const mostBytes = 3

/** Creates what rows are collected in. Each is written where it is handed over from, and only there. */
export const createRowPack = (size = usualSize) => {
  let bytes = Buffer.alloc(0)
  let spare = bytes
  let length = 0
  let ends: number[] = []
  let receivedAt: number[] = []

  const reserve = (more: number): void => {
    if (length + more <= bytes.length) return
    // Memory of its own, which can be given away.
    const larger = Buffer.allocUnsafeSlow(Math.max(size, 2 * bytes.length, length + more))
    bytes.copy(larger, 0, 0, length)
    bytes = larger
  }

  return {
    add: (received: AppendedBatch): void => {
      const { head, batch } = toRowParts(received)
      reserve(mostBytes * head.length + batch.length + rowEnd.length)
      length += bytes.write(head, length)
      bytes.set(batch, length)
      length += batch.length
      bytes.set(rowEnd, length)
      length += rowEnd.length
      ends.push(length)
      receivedAt.push(received.receivedAt)
    },

    /** Everything that was added since the last time. */
    take: (): PackedRows => {
      const packed = { bytes: bytes.buffer as ArrayBuffer, ends, receivedAt }
      bytes = spare
      spare = Buffer.alloc(0)
      length = 0
      ends = []
      receivedAt = []
      return packed
    },

    /** Gives memory back that was taken, when nobody reads it any more: the system would have to clear other memory first. */
    giveBack: (memory: ArrayBuffer): void => {
      if (memory.byteLength > mostKept) return
      if (length) spare = Buffer.from(memory)
      else bytes = Buffer.from(memory)
    },
  }
}

/** The rows again. They share the memory of the pack. */
export const unpackRows = ({ bytes, ends, receivedAt }: PackedRows): LogRow[] =>
  ends.map((end, i) => {
    const begin = ends[i - 1] ?? 0
    return { receivedAt: receivedAt[i]!, body: Buffer.from(bytes, begin, end - begin) }
  })
