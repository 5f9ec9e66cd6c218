/** A clock that only moves when a test says so. */
export interface VirtualClock {
  now(): number
  schedule(milliseconds: number, callback: () => void): () => void
  /** Moves on, running what is due in its order. */
  pass(milliseconds: number): void
  /** Milliseconds until what is due next, soonest first. */
  waits(): number[]
}

/** Creates a clock that stands at an instant. */
export const createVirtualClock = (start = 0): VirtualClock => {
  let at = start
  const timers = new Set<{ due: number; callback: () => void }>()
  const sorted = () => [...timers].sort((a, b) => a.due - b.due)
  return {
    now: () => at,
    schedule(milliseconds, callback) {
      const timer = { due: at + milliseconds, callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    pass(milliseconds) {
      const end = at + milliseconds
      for (let next = sorted()[0]; next && next.due <= end; next = sorted()[0]) {
        timers.delete(next)
        at = next.due
        next.callback()
      }
      at = end
    },
    waits: () => sorted().map(({ due }) => due - at),
  }
}
