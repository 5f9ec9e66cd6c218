import { setImmediate } from 'node:timers/promises'
import type { EventLog } from '../eventLog.ts'
import type { Projection } from '../projection/projection.ts'
import type { SessionStore } from '../sessionStore.ts'
import type { Eraser } from './createErasures.ts'
import { eraseInSteps } from './eraseInSteps.ts'

export interface InlineEraserOptions {
  log: EventLog
  sessions: SessionStore
  projection: Projection
  /** Told how far the Sessions are in the log, while they catch up with it. */
  onCatchUp?(position: number): void
  /** Told how many steps are done, and of how many. */
  onProgress?(done: number, total: number): void
}

/** Creates what erases in the thread that it is called in, with a turn of the event loop after each step. */
export const createInlineEraser = ({ log, sessions, projection, onCatchUp, onProgress }: InlineEraserOptions): Eraser => ({
  catchUp: async () => {
    while (projection.run()) {
      onCatchUp?.(projection.position())
      await setImmediate()
    }
    return true
  },
  erase: async (order, tell) => {
    const steps = eraseInSteps({ log, sessions, projection, order })
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
      tell(value)
      onProgress?.(value.done, value.total)
      await setImmediate()
    }
  },
})
