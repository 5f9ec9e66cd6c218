/**
 * The wall clock, but for its way back: a clock that is set back would leave what was recorded in the future, and the visitor active
 * until it has caught up. From then on time goes by `performance.now()`, which nobody sets. Forward the wall clock is believed,
 * because `performance.now()` need not count the machine's sleep.
 *
 * @returns milliseconds since 1970, whole ones
 */
export const createClock = (): (() => number) => {
  let origin = 0
  const now = (): number => {
    const elapsed = performance.now()
    return Math.floor((origin = Math.max(origin, Date.now() - elapsed)) + elapsed)
  }
  // From here on, whenever it is asked first.
  now()
  return now
}
