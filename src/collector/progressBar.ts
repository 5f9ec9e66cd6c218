import { SingleBar } from 'cli-progress'

/** A bar on standard error that shows how far a long piece of work is. */
export interface ProgressBar {
  update(done: number): void
  stop(): void
}

/**
 * Shows a progress bar. Where standard error is no terminal nothing is shown.
 *
 * @param title what is being done
 * @param total what `update` says in the end
 */
export const startProgressBar = (title: string, total: number): ProgressBar => {
  const bar = new SingleBar({ format: `${title} [{bar}] {percentage} % | {value} of {total} batches | {eta_formatted} left`, hideCursor: true })
  bar.start(total, 0)
  return { update: done => bar.update(done), stop: () => bar.stop() }
}
