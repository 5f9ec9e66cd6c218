/** A task that is never run twice at a time: who calls while it runs shares that run. */
export const shareRun = (task: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined
  return () => (running ??= task().finally(() => (running = undefined)))
}
