export interface StepEvents<Step, Result> {
  onStep?(step: Step): void
  onEnd?(result: Result): void
  onFailure?(cause: unknown): void
}

/**
 * Does work that goes in steps, with a turn of the event loop between two of them.
 *
 * @param onStep told what each step says
 * @param onEnd told what the last one says
 * @param onFailure told what one throws, which is the last one then. Default: it is thrown where nobody catches it, and ends the thread
 * @returns ends it after the step that is under way
 */
export const startSteps = <Step, Result>(steps: Iterator<Step, Result>, { onStep, onEnd, onFailure }: StepEvents<Step, Result>): (() => void) => {
  let next: NodeJS.Immediate | undefined
  const take = (): IteratorResult<Step, Result> | undefined => {
    try {
      return steps.next()
    } catch (cause) {
      if (!onFailure) throw cause
      onFailure(cause)
      return undefined
    }
  }
  const step = (): void => {
    const taken = take()
    if (!taken) return
    const { done, value } = taken
    if (done) return onEnd?.(value)
    onStep?.(value)
    next = setImmediate(step)
  }
  next = setImmediate(step)
  return () => clearImmediate(next)
}
