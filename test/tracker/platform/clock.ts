interface Task {
  due: number
  order: number
  run(): void
  /** Tasks of a frozen page wait until it is thawed. */
  isHeld(): boolean
}

const nextTurn = setImmediate

/** Lets all promises settle that can settle without another task. */
export const drain = (): Promise<void> => new Promise(resolve => nextTurn(resolve))

/**
 * Virtual time. `elapsed` is what timers count, `now` is the wall clock; they part when the wall clock is set, and when
 * the machine sleeps.
 */
export const createClock = (start = Date.UTC(2026, 2, 2, 9)) => {
  let elapsed = 0
  let shift = 0
  let order = 0
  let tasks: Task[] = []

  const takeNext = (until: number): Task | undefined => {
    const [next] = tasks.filter(task => task.due <= until && !task.isHeld()).sort((a, b) => a.due - b.due || a.order - b.order)
    if (next) tasks = tasks.filter(task => task !== next)
    return next
  }

  const run = async (milliseconds: number): Promise<void> => {
    const until = elapsed + milliseconds
    await drain()
    for (let next = takeNext(until); next; next = takeNext(until)) {
      elapsed = Math.max(elapsed, next.due)
      next.run()
      await drain()
    }
    elapsed = until
  }

  return {
    now: (): number => Math.floor(start + elapsed + shift),
    elapsed: (): number => elapsed,
    /** Runs a task some milliseconds from now; returns the way to call it off. */
    after: (milliseconds: number, run: () => void, isHeld: () => boolean = () => false): (() => void) => {
      const task = { due: elapsed + milliseconds, order: order++, run, isHeld }
      tasks.push(task)
      return () => void (tasks = tasks.filter(other => other !== task))
    },
    /** Lets time pass, task by task. */
    run,
    /** Sets the wall clock forward or back, or puts the machine to sleep on a platform whose timers do not count sleep. */
    jump: (milliseconds: number): void => void (shift += milliseconds),
    /** Puts the machine to sleep: nothing runs, and all timers that came due meanwhile run late. */
    sleep: async (milliseconds: number): Promise<void> => {
      await drain()
      elapsed += milliseconds
      await run(0)
    },
  }
}

export type Clock = ReturnType<typeof createClock>
