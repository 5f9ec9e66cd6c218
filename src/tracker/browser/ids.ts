/**
 * Makes UUIDs of version 7 (RFC 9562) that grow within this page: 48 bits of milliseconds, a 12-bit counter for events of
 * the same millisecond, and 60 random bits. `crypto.getRandomValues` also works where the page is not a secure context,
 * which `crypto.randomUUID` does not.
 */
export const createIds = () => {
  let lastAt = 0
  let count = 0
  return (at: number): string => {
    count = at === lastAt ? count + 1 : 0
    lastAt = at
    const [random = 0n] = crypto.getRandomValues(new BigUint64Array(1))
    const bits = (BigInt(Math.max(0, at)) << 80n) | (BigInt(0x7000 | (count & 0xfff)) << 64n) | (8n << 60n) | (random >> 4n)
    return bits.toString(16).padStart(32, '0').replace(/^.{8}|.{4}(?=.{12})/g, '$&-')
  }
}
