/**
 * Numbers received: all below the first are there, then the ones above it in ascending order. `[3, 5, 6]` holds 0, 1, 2, 5
 * and 6; 3 and 4 are missing.
 */
export type Seen = readonly number[]

/**
 * Adds a number.
 *
 * @returns undefined when it was there already, or when more than `maxAbove` would wait above a gap
 */
export const addSeen = ([below = 0, ...above]: Seen, n: number, maxAbove: number): Seen | undefined => {
  if (n < below || above.includes(n)) return undefined
  let next = below
  const rest = [...above, n].sort((a, b) => a - b)
  for (; rest[0] === next; next++) rest.shift()
  return rest.length > maxAbove ? undefined : [next, ...rest]
}

/** How many numbers there are, and how many below their highest are missing. */
export const countSeen = ([below = 0, ...above]: Seen): { received: number; missing: number } => ({
  received: below + above.length,
  missing: above.length ? above.at(-1)! + 1 - below - above.length : 0,
})
