import { startSteps } from '../projection/startSteps.ts'
import { retainInSteps, type RetainCounts, type RetainOptions } from './retainInSteps.ts'

/** Milliseconds between two rounds. */
const interval = 3_600_000

export interface RetentionOptions extends Omit<RetainOptions, 'now' | 'marks'> {
  /** Milliseconds since 1970. */
  now(): number
  /** Told what a round has removed. */
  onEnd?(counts: RetainCounts): void
}

/**
 * Removes what is too old, at once and every hour, in small steps.
 *
 * @returns ends it after the step that is under way
 */
export const startRetention = ({ now, onEnd, ...options }: RetentionOptions): (() => void) => {
  const marks = new Map<number, number>()
  let timer: NodeJS.Timeout | undefined
  let stopSteps = (): void => undefined
  const round = (): void => {
    stopSteps = startSteps(retainInSteps({ ...options, now: now(), marks }), {
      onEnd: counts => {
        timer = setTimeout(round, interval)
        onEnd?.(counts)
      },
    })
  }
  round()
  return () => {
    clearTimeout(timer)
    stopSteps()
  }
}
