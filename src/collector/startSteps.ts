/**
 * Does work that goes in steps, with a turn of the event loop between two of them.
 *
 * @param onStep told what each step says
 * @param onEnd told what the last one says
 * @returns ends it after the step that is under way
 */
export const startSteps = <Step, Result>(steps: Iterator<Step, Result>, { onStep, onEnd }: { onStep?(step: Step): void; onEnd?(result: Result): void }): (() => void) => {
  let next: NodeJS.Immediate | undefined
  const step = (): void => {
    const { done, value } = steps.next()
    if (done) return onEnd?.(value)
    onStep?.(value)
    next = setImmediate(step)
  }
  next = setImmediate(step)
  return () => clearImmediate(next)
}
