export interface GroupCommitOptions<T> {
  /** Keeps all entries, or throws and has kept none. */
  commit(group: readonly T[]): number[]
  /** True for a failure that passes by itself: somebody else is writing. */
  isPassing(cause: unknown): boolean
  /** Milliseconds that an entry waits for such a failure to pass. Default 2000. */
  patience?: number
}

interface Waiting<T> {
  entry: T
  since: number
  resolve(position: number): void
  reject(cause: unknown): void
}

/** Milliseconds between two tries while somebody else is writing. */
const retryEvery = 20

const usualPatience = 2000

/**
 * Creates a gate through which all entries of one turn of the event loop go together: one commit, one wait for the disk. While
 * somebody else is writing they wait, and the event loop does not.
 */
export const createGroupCommit = <T>({ commit, isPassing, patience = usualPatience }: GroupCommitOptions<T>) => {
  let waiting: Waiting<T>[] = []
  let next: NodeJS.Immediate | undefined
  let retry: NodeJS.Timeout | undefined

  const fail = (group: readonly Waiting<T>[], cause: unknown): void => group.forEach(({ reject }) => reject(cause))

  const wait = (group: readonly Waiting<T>[], cause: unknown): void => {
    const oldest = performance.now() - patience
    fail(group.filter(({ since }) => since < oldest), cause)
    waiting = [...group.filter(({ since }) => since >= oldest), ...waiting]
    if (waiting.length) retry = setTimeout(flush, retryEvery)
  }

  const settle = (onPassing: (group: readonly Waiting<T>[], cause: unknown) => void): void => {
    const group = waiting
    waiting = []
    clearImmediate(next)
    clearTimeout(retry)
    next = retry = undefined
    if (!group.length) return
    try {
      const positions = commit(group.map(({ entry }) => entry))
      group.forEach(({ resolve }, i) => resolve(positions[i]!))
    } catch (cause) {
      if (isPassing(cause)) onPassing(group, cause)
      else fail(group, cause)
    }
  }

  const flush = (): void => settle(wait)

  return {
    /** Resolves with the position of the entry when it is kept. */
    add: (entry: T): Promise<number> =>
      new Promise((resolve, reject) => {
        waiting.push({ entry, since: performance.now(), resolve, reject })
        if (!retry) next ??= setImmediate(flush)
      }),
    /** Keeps what is waiting, now or not at all. */
    close: (): void => settle(fail),
  }
}
