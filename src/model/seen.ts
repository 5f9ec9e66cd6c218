/** Numbers received, as runs in ascending order: `[from, to, from, to ...]`, both ends included. */
export type Seen = readonly number[]

/**
 * Adds a number to the runs.
 *
 * @returns undefined when it was there already, or when there would be more than `maxRuns` runs
 */
export const addSeen = (seen: Seen, n: number, maxRuns: number): Seen | undefined => {
  let i = 0
  while (i < seen.length && seen[i + 1]! < n - 1) i += 2
  const from = seen[i]
  if (from === undefined || from > n + 1) {
    return seen.length >= maxRuns * 2 ? undefined : [...seen.slice(0, i), n, n, ...seen.slice(i)]
  }
  const to = seen[i + 1]!
  if (from <= n && n <= to) return undefined
  const joins = n === to + 1 && seen[i + 2] === n + 1
  return [...seen.slice(0, i), Math.min(from, n), joins ? seen[i + 3]! : Math.max(to, n), ...seen.slice(i + (joins ? 4 : 2))]
}

/** How many numbers the runs hold, and how many below their highest are missing. */
export const countSeen = (seen: Seen): { received: number; missing: number } => {
  let received = 0
  for (let i = 0; i < seen.length; i += 2) received += seen[i + 1]! - seen[i]! + 1
  return { received, missing: seen.length ? seen[seen.length - 1]! + 1 - received : 0 }
}
