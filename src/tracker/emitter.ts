import type { BatchResult, Session } from '../model/index.ts'

/** What went wrong, in words that name the cause. */
export interface Trouble {
  code: 'storage' | 'unreachable' | 'refused' | 'tooLarge' | 'rejected' | 'cap' | 'argument' | 'internal'
  message: string
}

/** What `tracker.on` can listen to, and what a handler is given. */
export interface TrackerEvents {
  active: Session | undefined
  idle: Session | undefined
  away: Session | undefined
  /** A session was opened, or more is known of it. */
  session: Session
  segment: unknown
  outcome: unknown
  /** The collector has acknowledged a batch. */
  delivered: BatchResult
  error: Trouble
}

export const eventNames: readonly (keyof TrackerEvents)[] = ['active', 'idle', 'away', 'session', 'segment', 'outcome', 'delivered', 'error']

type Handler<K extends keyof TrackerEvents> = (detail: TrackerEvents[K]) => void

/** Keeps the page's handlers. A handler that throws is reported through `guard` and does not stop the others. */
export const createEmitter = (guard: (callback: () => void) => () => void) => {
  const handlers = new Map<string, Set<(detail: never) => void>>()
  return {
    /** @returns the way to stop listening */
    on: <K extends keyof TrackerEvents>(name: K, handler: Handler<K>): (() => void) => {
      const set = handlers.get(name) ?? new Set()
      handlers.set(name, set.add(handler))
      return () => void set.delete(handler)
    },
    emit: <K extends keyof TrackerEvents>(name: K, detail: TrackerEvents[K]): void => {
      for (const handler of handlers.get(name) ?? []) guard(() => (handler as Handler<K>)(detail))()
    },
  }
}

export type Emitter = ReturnType<typeof createEmitter>
