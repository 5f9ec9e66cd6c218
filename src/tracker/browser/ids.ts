/**
 * Makes UUIDs of version 7 (RFC 9562) that grow within this page: 48 bits of milliseconds, a 12-bit counter for events of
 * the same millisecond, and 62 random bits. `crypto.getRandomValues` also works where the page is not a secure context,
 * which `crypto.randomUUID` does not.
 */
export const createIds = () => {
  let lastAt = 0
  let count = 0
  return (at: number): string => {
    count = at === lastAt ? count + 1 : 0
    lastAt = at
    const random = crypto.getRandomValues(new Uint8Array(8))
    random[0] = (random[0]! & 0x3f) | 0x80
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
    const tail = [...random].map(byte => hex(byte, 2)).join('')
    const time = hex(Math.max(0, at), 12)
    return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hex(count & 0xfff, 3)}-${tail.slice(0, 4)}-${tail.slice(4)}`
  }
}
