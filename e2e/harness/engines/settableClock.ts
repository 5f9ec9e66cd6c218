declare global {
  /** Sets the clock that the page reads forward or back, while its timers go on as they were: as a system's clock is set, and as some machines sleep. */
  var shiftClock: (milliseconds: number) => void
}

/** For the head of a page, before its tracker: gives it `shiftClock`. */
export const settableClock = `{
  const { now } = Date
  let shift = 0
  Date.now = () => now() + shift
  globalThis.shiftClock = milliseconds => { shift += milliseconds }
}`
