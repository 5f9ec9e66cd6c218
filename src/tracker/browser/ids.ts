/**
 * Makes UUIDs of version 7 (RFC 9562) that grow within this page: 48 bits of milliseconds, a 12-bit counter for events of
 * the same millisecond, and 60 random bits. `crypto.getRandomValues` also works where the page is not a secure context,
 * which `crypto.randomUUID` does not.
 */
export const createIds = () => {
  let lastAt = 0
  let count = 0
  const toHex = (value: number | bigint, digits: number): string => value.toString(16).padStart(digits, '0')
  return (at: number): string => {
    count = at === lastAt ? count + 1 : 0
    lastAt = at
    const [random = 0n] = crypto.getRandomValues(new BigUint64Array(1))
    const digits = `${toHex(Math.max(0, at), 12)}7${toHex(count & 0xfff, 3)}8${toHex(random, 16).slice(1)}`
    return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
}
