import type { Projection } from './projection.ts'

/** Something that does its work in pieces, and sleeps while there is none. */
export interface Follower {
  /** There is more to do. */
  wake(): void
  /** Does nothing for so many milliseconds; 0 ends that. Whoever has lagged behind for long goes on nevertheless. */
  hold(ms: number): void
  /** Does no more. What is under way is not broken off: a piece is one turn of the event loop. */
  stop(): void
}

export interface FollowerOptions {
  /** Told how far the projection is, each time that it has caught up. */
  onIdle(position: number): void
  /** Milliseconds that it can be held since it last had caught up. Default 5000. */
  mostHeld?: number
}

const usualMostHeld = 5000

/** Lets a projection follow its log: chunk by chunk, with a turn of the event loop between two, until there is no more. */
export const startFollower = (projection: Pick<Projection, 'run' | 'position'>, { onIdle, mostHeld = usualMostHeld }: FollowerOptions): Follower => {
  let next: NodeJS.Immediate | undefined
  let held: NodeJS.Timeout | undefined
  let heldUntil = 0
  /** Since when there is something to do. */
  let behindSince: number | undefined
  let isStopped = false

  const schedule = (): void => {
    if (isStopped || next || held) return
    const wait = behindSince === undefined ? 0 : Math.min(heldUntil, behindSince + mostHeld) - performance.now()
    if (wait > 0) held = setTimeout(resume, wait)
    else next = setImmediate(step)
  }

  const resume = (): void => {
    clearTimeout(held)
    held = undefined
    schedule()
  }

  const wake = (): void => {
    behindSince ??= performance.now()
    schedule()
  }

  const step = (): void => {
    next = undefined
    if (projection.run()) return schedule()
    behindSince = undefined
    onIdle(projection.position())
  }

  wake()
  return {
    wake,
    hold: ms => {
      heldUntil = performance.now() + ms
      if (held) resume()
    },
    stop: () => {
      isStopped = true
      clearImmediate(next)
      clearTimeout(held)
    },
  }
}
