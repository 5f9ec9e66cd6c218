/** Longest wait of a browser timer (2^31 - 1 ms); later ones fire at once. */
const longest = 2_147_483_647

/** One timer: setting it again calls the earlier time off. */
export const createAlarm = (callback: () => unknown): ((milliseconds: number) => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  return milliseconds => {
    clearTimeout(timer)
    timer = setTimeout(callback, Math.min(longest, milliseconds))
  }
}
