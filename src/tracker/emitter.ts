import type { BatchResult, PresenceState, Session } from '../model/index.ts'
import { toText } from './toText.ts'

/** Kinds of trouble: each is one cause, and one thing that becomes of the site's events. */
export type TroubleCode = 'storage' | 'unreachable' | 'refused' | 'tooLarge' | 'rejected' | 'cap' | 'argument' | 'internal'

/** What went wrong, in words that name the cause. */
export interface Trouble {
  code: TroubleCode
  message: string
}

/** What `tracker.on` can listen to, and what a handler is given. */
export interface TrackerEvents extends Record<PresenceState, Session | undefined> {
  /** A session was opened, or more is known of it. */
  session: Session
  /** Id of a segment that the session, or its customer, belongs to now. Once for each, not again on the session's next pages; dates are in the Session. */
  segment: string
  /** Id of an outcome that the session has achieved. Once for each, not again on the session's next pages; dates are in the Session. */
  outcome: string
  /** The collector has acknowledged a batch. */
  delivered: BatchResult
  error: Trouble
}

/** Facts of a trouble in words. */
export type Explain = (code: TroubleCode, facts: readonly unknown[]) => Promise<string>

/** What a guarded callback returns: undefined where it throws. */
export type Guarded<R> = R extends Promise<infer T> ? Promise<T | undefined> : R | undefined

/** Tells the page's handlers, and with `debug` the console, what happens. Nothing of ours throws into the host page. */
export const createEmitter = (debug: boolean, explain: Explain) => {
  const handlers = new Set<readonly [name: string, handler: (detail: never) => void]>()
  const reported = new Set<string>()

  const log = (...details: unknown[]): void => {
    if (debug) console.debug('[sojourn]', ...details)
  }

  const emit = <K extends keyof TrackerEvents>(name: K, detail: TrackerEvents[K]): void => {
    log(name, detail)
    for (const [wanted, handler] of handlers) if (wanted === name) void guard(handler as (detail: TrackerEvents[K]) => void)(detail)
  }

  /** Whether anybody is told of one of these. */
  const hears = (names: string): boolean => debug || [...handlers].some(([wanted]) => names.includes(wanted))

  const fail = async (code: TroubleCode, ...facts: unknown[]): Promise<void> => {
    if (hears('error')) emit('error', { code, message: await explain(code, facts) })
  }

  const report = (cause: unknown): undefined => {
    const message = toText(cause)
    if (reported.has(message) || reported.size >= 10) return
    reported.add(message)
    void fail('internal', message)
  }

  /**
   * Wraps a callback that the browser or the page calls. What it throws, at once or later, is reported, each message once. A promise is only
   * made of one: each costs a call of `track` as much as what it notes.
   */
  const guard =
    <A extends unknown[], R>(callback: (...args: A) => R) =>
    (...args: A): Guarded<R> => {
      try {
        const result = callback(...args) as R & { catch?(onRejected: typeof report): unknown }
        return (result?.catch ? result.catch(report) : result) as Guarded<R>
      } catch (cause) {
        return report(cause) as Guarded<R>
      }
    }

  return {
    log,
    emit,
    fail,
    guard,
    hears,
    /** @returns the way to stop listening */
    on: <K extends keyof TrackerEvents>(name: K, handler: (detail: TrackerEvents[K]) => void): (() => void) => {
      const entry = [name, handler] as const
      if (typeof handler === 'function') handlers.add(entry)
      else void fail('argument', 'on')
      return () => void handlers.delete(entry)
    },
  }
}

export type Emitter = ReturnType<typeof createEmitter>
