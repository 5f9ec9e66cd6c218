/**
 * Numbers received, as the bounds of their runs in ascending order: the first run is from 0 up to the first bound, the next from the second
 * bound up to the third. `[3, 5, 7]` holds 0, 1, 2, 5 and 6; 3 and 4 are missing. Of numbers that come one after the other only the end is
 * kept, on whichever side of a gap: a session that has lost an event may be as long as any.
 */
export type Seen = readonly number[]

/**
 * Adds a number.
 *
 * @param seen undefined for none
 * @returns undefined when it was there already
 */
export const addSeen = (seen: Seen = [0], n: number): Seen | undefined => {
  const bounds = new Set(seen)
  // It is in a run when that begins at it or before, and does not end there.
  if (seen.filter(bound => bound <= n).length % 2 < 1) return undefined
  // Whatever began or ended at one side of the number does so at the other side now.
  for (const side of [n, n + 1]) if (!bounds.delete(side)) bounds.add(side)
  return [...bounds].sort((a, b) => a - b)
}

/** How many numbers there are, and how many below their highest are missing. */
export const countSeen = (seen: Seen): { received: number; missing: number } => {
  const received = seen.reduce((sum, bound, i) => sum + (i % 2 ? -bound : bound), 0)
  return { received, missing: (seen.at(-1) ?? 0) - received }
}
