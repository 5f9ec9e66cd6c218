import type { BatchResult, PresenceState, Session } from '../model/index.ts'
import { toText } from './toText.ts'

/** What went wrong, in words that name the cause. */
export interface Trouble {
  code: 'storage' | 'unreachable' | 'refused' | 'tooLarge' | 'rejected' | 'cap' | 'argument' | 'internal'
  message: string
}

/** What `tracker.on` can listen to, and what a handler is given. */
export interface TrackerEvents extends Record<PresenceState, Session | undefined> {
  /** A session was opened, or more is known of it. */
  session: Session
  segment: unknown
  outcome: unknown
  /** The collector has acknowledged a batch. */
  delivered: BatchResult
  error: Trouble
}

const names: readonly string[] = ['active', 'idle', 'away', 'session', 'segment', 'outcome', 'delivered', 'error']

/** Tells the page's handlers, and with `debug` the console, what happens. Nothing of ours throws into the host page. */
export const createEmitter = (debug = false) => {
  const handlers = new Set<readonly [name: string, handler: (detail: never) => void]>()
  const reported = new Set<string>()

  const log = (...details: unknown[]): void => {
    if (debug) console.debug('[sojourn]', ...details)
  }

  const emit = <K extends keyof TrackerEvents>(name: K, detail: TrackerEvents[K]): void => {
    log(name, detail)
    for (const [wanted, handler] of handlers) if (wanted === name) void guard(handler as (detail: TrackerEvents[K]) => void)(detail)
  }

  const fail = (code: Trouble['code'], message: string): void => emit('error', { code, message })

  /** Wraps a callback that the browser or the page calls. What it throws, at once or later, is reported, each message once. */
  const guard =
    <A extends unknown[], R>(callback: (...args: A) => R) =>
    async (...args: A): Promise<Awaited<R> | undefined> => {
      try {
        return await callback(...args)
      } catch (cause) {
        const message = toText(cause)
        if (!reported.has(message) && reported.size < 10) {
          reported.add(message)
          fail('internal', message)
        }
        return undefined
      }
    }

  return {
    log,
    emit,
    fail,
    guard,
    /** Whether anybody is told of it. */
    hears: (name: keyof TrackerEvents): boolean => debug || [...handlers].some(([wanted]) => wanted === name),
    /** @returns the way to stop listening */
    on: <K extends keyof TrackerEvents>(name: K, handler: (detail: TrackerEvents[K]) => void): (() => void) => {
      const entry = [name, handler] as const
      if (names.includes(name) && typeof handler === 'function') handlers.add(entry)
      else fail('argument', `on: expected one of ${names.join(', ')} and a function`)
      return () => void handlers.delete(entry)
    },
  }
}

export type Emitter = ReturnType<typeof createEmitter>
