interface Waiter {
  wanted: number
  settle(isReached: boolean): void
}

/** Creates a waiting room for those who wait until a position that only grows is reached. */
export const createWaiters = () => {
  const waiters = new Set<Waiter>()

  return {
    /** Resolves with true when the position is reached, with false when so many milliseconds are over before. */
    add: (wanted: number, ms: number): Promise<boolean> =>
      new Promise(resolve => {
        const waiter: Waiter = {
          wanted,
          settle: isReached => {
            waiters.delete(waiter)
            clearTimeout(timer)
            resolve(isReached)
          },
        }
        const timer = setTimeout(() => waiter.settle(false), ms)
        waiters.add(waiter)
      }),

    /** How many wait. */
    count: (): number => waiters.size,

    /** The position is now this. */
    settle: (position: number): void => {
      for (const waiter of waiters) if (waiter.wanted <= position) waiter.settle(true)
    },

    /** It will be reached no more. */
    abandon: (): void => {
      for (const waiter of waiters) waiter.settle(false)
    },
  }
}
