import type { Projection } from './projection.ts'

/** Something that does its work in pieces, and sleeps while there is none. */
export interface Follower {
  /** There is more to do. */
  wake(): void
  /** Does no more. What is under way is not broken off: a piece is one turn of the event loop. */
  stop(): void
}

/**
 * Lets a projection follow its log: chunk by chunk, with a turn of the event loop between two, until there is no more.
 *
 * @param onIdle told how far the projection is, each time that it has caught up
 */
export const startFollower = (projection: Pick<Projection, 'run' | 'position'>, onIdle: (position: number) => void): Follower => {
  let next: NodeJS.Immediate | undefined
  let isStopped = false

  const wake = (): void => {
    if (!isStopped) next ??= setImmediate(step)
  }

  const step = (): void => {
    next = undefined
    if (projection.run()) wake()
    else onIdle(projection.position())
  }

  wake()
  return {
    wake,
    stop: () => {
      isStopped = true
      clearImmediate(next)
    },
  }
}
