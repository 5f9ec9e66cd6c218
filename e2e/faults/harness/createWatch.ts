/** Knows at any time what is being waited for, so that a wait that does not end can be told by its name. */
export interface Watch {
  /** Notes a wait by a name. */
  step<T>(name: string, wait: Promise<T>): Promise<T>
  /** The same object, each call of which is noted as a step, e.g. `page.goto("http://127.0.0.1/")`. So is what comes out of it and can be called. */
  over<T extends object>(name: string, target: T): T
  /** Fails when the work takes longer than some milliseconds, with the steps that had not ended then. */
  within<T>(milliseconds: number, work: () => Promise<T>): Promise<T>
}

/** Enough of an argument to recognise the call. */
const show = (value: unknown): string => {
  const text = typeof value === 'function' ? String(value) : (JSON.stringify(value) ?? '')
  return text.replaceAll(/\s+/g, ' ').slice(0, 100)
}

const isPromise = (value: unknown): value is Promise<unknown> => typeof (value as Promise<unknown> | undefined)?.then === 'function'

/** What playwright hands out to be called: pages, sessions of the debugger. */
const isCallable = (value: unknown): value is object => typeof value === 'object' && value !== null && 'on' in value && 'off' in value

export const createWatch = (): Watch => {
  const open = new Set<{ name: string; since: number }>()

  const step: Watch['step'] = (name, wait) => {
    const entry = { name, since: performance.now() }
    open.add(entry)
    return wait.finally(() => open.delete(entry))
  }

  const over: Watch['over'] = (label, target) =>
    new Proxy(target, {
      get: (object, key) => {
        const member: unknown = Reflect.get(object, key)
        // What playwright keeps for itself is not ours to wrap.
        if (typeof member !== 'function' || typeof key === 'symbol' || key.startsWith('_')) return member
        return (...args: unknown[]): unknown => {
          const result: unknown = Reflect.apply(member, object, args)
          const wrap = (value: unknown): unknown => (isCallable(value) ? over(`${label}.${key}()`, value) : value)
          return isPromise(result) ? step(`${label}.${key}(${show(args[0])})`, result).then(wrap) : result
        }
      },
    })

  const describe = (): string =>
    [...open].map(({ name, since }) => `${name}, for ${Math.round(performance.now() - since)} ms`).join('; ') || 'something that is no step'

  return {
    step,
    over,
    within: async (milliseconds, work) => {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done after ${milliseconds} ms, waiting for ${describe()}`)), milliseconds)
      })
      return Promise.race([work(), late]).finally(() => clearTimeout(timer))
    },
  }
}
