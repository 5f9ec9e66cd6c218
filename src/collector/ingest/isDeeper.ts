const quote = 0x22
const backslash = 0x5c
/** `[` and `{`, `]` and `}` differ in this bit alone. */
const braceBit = 0x20
const opening = 0x7b
const closing = 0x7d

/** @returns where the text ends whose first sign is at `start` */
const findTextEnd = (bytes: Uint8Array, start: number): number => {
  for (let i = start; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === quote) return i
    if (byte === backslash) i++
  }
  return bytes.length
}

/**
 * Tells whether JSON is nested more than `limit` deep, without parsing it: a parser would build what is about to be refused. Most of
 * a batch is in texts, which are passed in a loop of their own.
 *
 * @param bytes UTF-8, valid JSON or not
 */
export const isDeeper = (bytes: Uint8Array, limit: number): boolean => {
  let depth = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === quote) i = findTextEnd(bytes, i + 1)
    else if ((byte | braceBit) === opening && ++depth > limit) return true
    else if ((byte | braceBit) === closing) depth--
  }
  return false
}
