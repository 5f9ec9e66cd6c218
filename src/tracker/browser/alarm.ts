/** Longest wait of a browser timer (2^31 - 1 ms); later ones fire at once. */
const longest = 2_147_483_647

/** One timer: of the times set the earliest counts, unless a later one is to stand in its place; `Infinity` in its place calls it off. */
export const createAlarm = (callback: () => unknown): ((milliseconds: number, isInstead?: boolean) => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueAt = Infinity
  return (milliseconds, isInstead) => {
    // Not the wall clock, which may be set.
    const due = performance.now() + milliseconds
    if (due >= dueAt && !isInstead) return
    dueAt = due
    clearTimeout(timer)
    if (due === Infinity) return
    timer = setTimeout(
      () => {
        dueAt = Infinity
        callback()
      },
      Math.min(longest, milliseconds),
    )
  }
}
