const quote = 0x22
const backslash = 0x5c
/** `[` and `{`, `]` and `}` differ in this bit alone. */
const braceBit = 0x20
const opening = 0x7b
const closing = 0x7d

/**
 * Tells whether JSON is nested more than `limit` deep, without parsing it: a parser would build what is about to be refused.
 *
 * @param bytes UTF-8, valid JSON or not
 */
export const isDeeper = (bytes: Uint8Array, limit: number): boolean => {
  let depth = 0
  let inText = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === quote) inText = !inText
    else if (inText) i += Number(byte === backslash)
    else if ((byte | braceBit) === opening && ++depth > limit) return true
    else if ((byte | braceBit) === closing) depth--
  }
  return false
}
