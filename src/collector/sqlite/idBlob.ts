const textLength = 36
const blobLength = 16

/** What a hexadecimal digit is worth, by the code of its character; -1 for any other character. */
const digits = Int8Array.from({ length: 128 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code)))

/** Where the digits of each byte begin in the text of a UUID, between its dashes. */
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const
const dashes = [8, 13, 18, 23] as const

/**
 * Writes a UUID as this project spells it, in 16 bytes. By hand: a regular expression and `Buffer.from` take three times as long, for every event.
 *
 * @returns false for what is no UUID
 */
const writeUuid = (id: string, target: Buffer, from = 0): boolean => {
  if (id.length !== textLength || !dashes.every(place => id[place] === '-')) return false
  for (let i = 0; i < blobLength; i++) {
    const place = places[i]!
    const byte = ((digits[id.charCodeAt(place)] ?? -1) << 4) | (digits[id.charCodeAt(place + 1)] ?? -1)
    if (byte < 0) return false
    target[from + i] = byte
  }
  return true
}

const parseUuid = (id: string): Buffer | undefined => {
  const blob = Buffer.allocUnsafe(blobLength)
  return writeUuid(id, blob) ? blob : undefined
}

/** Before ids that are no UUID: longer than any UUID, so that the two cannot be confused. */
const mark = Buffer.alloc(17)

/**
 * An id as it is stored: a UUID in 16 bytes, which takes less than half of the text and sorts by time where the id does
 * (version 7). Ids from the wire are UUIDs; any other text is kept too, a UUID in another spelling among it.
 */
export const toIdBlob = (id: string): Buffer => parseUuid(id) ?? Buffer.concat([mark, Buffer.from(id)])

/** The id that was stored. */
export const toIdText = (blob: Buffer): string => {
  if (blob.length !== blobLength) return blob.subarray(mark.length).toString()
  const hex = blob.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Ids as they are stored together: 16 bytes each, one after the other; as JSON where one of them is no UUID. */
export const toIdList = (ids: readonly string[]): Buffer | string => {
  const list = Buffer.allocUnsafe(blobLength * ids.length)
  return ids.every((id, i) => writeUuid(id, list, blobLength * i)) ? list : JSON.stringify(ids)
}

/** The ids that were stored together. */
export const toIds = (list: Buffer | string): string[] =>
  typeof list === 'string'
    ? (JSON.parse(list) as string[])
    : Array.from({ length: list.length / blobLength }, (_, i) => toIdText(list.subarray(blobLength * i, blobLength * (i + 1))))
