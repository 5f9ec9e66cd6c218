const offset = 0x811c9dc5
const prime = 0x01000193

/** FNV-1a, 32 bits, over UTF-16 units. */
const hash = (units: readonly number[]): string => (units.reduce((sum, unit) => Math.imul(sum ^ unit, prime), offset) >>> 0).toString(36)

/** A short name for a text, the same wherever it is computed: good against chance, not against an attacker. Hashed from both ends. */
export const hashText = (text: string): string => {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
  return `${hash(units)}-${hash(units.reverse())}`
}
