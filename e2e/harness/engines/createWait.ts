import { until } from '../until.ts'
import type { Scriptable } from './engine.ts'

/** Waits for a condition in a page by asking it again and again: while one page comes and another goes there may be none to ask. */
export const createWait =
  (evaluate: <R>(work: () => R | Promise<R>) => Promise<R>): Scriptable['waitForFunction'] =>
  condition =>
    until(
      () => evaluate(condition).catch(() => undefined),
      value => !!value,
    )
