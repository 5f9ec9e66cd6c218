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

interface Waiting<T> {
  entry: T
  since: number
  resolve(position: number): void
  reject(cause: unknown): void
}

/** Entries that are kept, and have yet to become durable. */
interface Kept<T> {
  group: readonly Waiting<T>[]
  positions: readonly number[]
}

const tell = <T>({ group, positions }: Kept<T>): void => group.forEach(({ resolve }, i) => resolve(positions[i]!))

const fail = <T>(group: readonly Waiting<T>[], cause: unknown): void => group.forEach(({ reject }) => reject(cause))

/** Milliseconds between two tries while somebody else is writing. */
const retryEvery = 20

const usualPatience = 2000

/** Lets one wait for the disk stand for everything that was kept before it began; what comes meanwhile shares the next one. */
const createDurability = <T>({ makeDurable, makeDurableNow }: Pick<GroupCommitOptions<T>, 'makeDurable' | 'makeDurableNow'>) => {
  let underWay: Kept<T>[] = []
  let next: Kept<T>[] = []

  const settle = (cause?: unknown): void => {
    for (const kept of underWay) {
      if (cause === undefined) tell(kept)
      else fail(kept.group, cause)
    }
    underWay = next
    next = []
    if (underWay.length) start()
  }

  const start = (): void => {
    const begun = underWay
    // Closing may have settled it all in the meantime.
    const end = (cause?: unknown): void => void (begun === underWay && settle(cause))
    makeDurable().then(() => end(), end)
  }

  return {
    add: (kept: Kept<T>): void => {
      if (underWay.length) return void next.push(kept)
      underWay = [kept]
      start()
    },
    close: (): void => {
      const all = [...underWay, ...next]
      underWay = next = []
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

/**
 * Creates a gate through which all entries of one turn of the event loop go together: one commit, one wait for the disk. The event
 * loop waits for neither the disk nor somebody else who is writing.
 */
export const createGroupCommit = <T>({ commit, isPassing, patience = usualPatience, ...durable }: GroupCommitOptions<T>) => {
  const durability = createDurability<T>(durable)
  let waiting: Waiting<T>[] = []
  let next: NodeJS.Immediate | undefined
  let retry: NodeJS.Timeout | undefined

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
      durability.add({ group, positions: commit(group.map(({ entry }) => entry)) })
    } catch (cause) {
      if (isPassing(cause)) onPassing(group, cause)
      else fail(group, cause)
    }
  }

  const flush = (): void => settle(wait)

  return {
    /** Resolves with the position of the entry when it is durable. */
    add: (entry: T): Promise<number> =>
      new Promise((resolve, reject) => {
        waiting.push({ entry, since: performance.now(), resolve, reject })
        if (!retry) next ??= setImmediate(flush)
      }),
    /** Keeps what is waiting, now or not at all. */
    close: (): void => {
      settle(fail)
      durability.close()
    },
  }
}
