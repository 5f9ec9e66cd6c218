const toHex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

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
    const time = toHex(Math.max(0, at), 12)
    const random = [...crypto.getRandomValues(new Uint8Array(8))].map(byte => toHex(byte, 2)).join('')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${toHex(count & 0xfff, 3)}-8${random.slice(1, 4)}-${random.slice(4)}`
  }
}
