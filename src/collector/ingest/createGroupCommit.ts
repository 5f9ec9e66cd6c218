export interface GroupCommitOptions<T> {
  /** Keeps all entries, or throws and has kept none. What it keeps need not be durable yet. */
  commit(group: readonly T[]): number[]
  /** Resolves when everything that was kept before the call is durable. */
  makeDurable(): Promise<void>
  /** The same, at once. */
  makeDurableNow(): void
  /** True for a failure that passes by itself: somebody else is writing. */
  isPassing(cause: unknown): boolean
  /** Milliseconds that an entry waits for such a failure to pass. Default 2000. */
  patience?: number
}

interface Promised {
  resolve(position: number): void
  reject(cause: unknown): void
}

interface Waiting<T> extends Promised {
  entry: T
  since: number
}

/** Promises of entries that are kept, and have yet to become durable. The entries themselves are of no more use. */
interface Kept {
  group: readonly Promised[]
  positions: readonly number[]
}

/** Milliseconds between two tries while somebody else is writing. */
const retryEvery = 20

const usualPatience = 2000

const tell = ({ group, positions }: Kept): void => group.forEach(({ resolve }, i) => resolve(positions[i]!))

const fail = (group: readonly Promised[], cause: unknown): void => group.forEach(({ reject }) => reject(cause))

/**
 * Creates a gate through which entries go together: one commit and one wait for the disk for all that came in a turn of the event
 * loop, or while the disk was busy with those before. The event loop waits for neither the disk nor somebody else who is writing.
 */
export const createGroupCommit = <T>(options: GroupCommitOptions<T>) => {
  const { commit, makeDurable, makeDurableNow, isPassing, patience = usualPatience } = options
  let waiting: Waiting<T>[] = []
  let kept: Kept | undefined
  let next: NodeJS.Immediate | undefined
  let retry: NodeJS.Timeout | undefined

  const schedule = (): void => {
    if (!kept && !retry) next ??= setImmediate(flush)
  }

  const waitFor = async (begun: Kept): Promise<void> => {
    kept = begun
    try {
      await makeDurable()
      tell(begun)
    } catch (cause) {
      fail(begun.group, cause)
    }
    if (kept !== begun) return
    kept = undefined
    if (waiting.length) schedule()
  }

  /** Those that have waited for too long are refused, the others wait on. */
  const wait = (group: readonly Waiting<T>[], cause: unknown): void => {
    const oldest = performance.now() - patience
    fail(group.filter(({ since }) => since < oldest), cause)
    waiting = group.filter(({ since }) => since >= oldest)
    if (waiting.length) retry = setTimeout(flush, retryEvery)
  }

  const keep = (onPassing: (group: readonly Waiting<T>[], cause: unknown) => void): Kept | undefined => {
    const group = waiting
    waiting = []
    clearImmediate(next)
    clearTimeout(retry)
    next = retry = undefined
    if (!group.length) return undefined
    try {
      const positions = commit(group.map(({ entry }) => entry))
      return { group: group.map(({ resolve, reject }) => ({ resolve, reject })), positions }
    } catch (cause) {
      if (isPassing(cause)) onPassing(group, cause)
      else fail(group, cause)
      return undefined
    }
  }

  const flush = (): void => {
    const begun = keep(wait)
    if (begun) void waitFor(begun)
  }

  return {
    /** Resolves with the position of the entry when it is durable. */
    add: (entry: T): Promise<number> =>
      new Promise((resolve, reject) => {
        waiting.push({ entry, since: performance.now(), resolve, reject })
        schedule()
      }),

    /** Keeps what is waiting, now or not at all. */
    close: (): void => {
      const all = [kept, keep(fail)].filter(each => each !== undefined)
      kept = undefined
      if (!all.length) return
      try {
        makeDurableNow()
        all.forEach(tell)
      } catch (cause) {
        all.forEach(({ group }) => fail(group, cause))
      }
    },
  }
}
