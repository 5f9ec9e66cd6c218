import { SingleBar } from 'cli-progress'

/** A bar on standard error that shows how far a long piece of work is. */
export interface ProgressBar {
  /** @param total where it is known only now, or has changed */
  update(done: number, total?: number): void
  stop(): void
}

/**
 * Shows a progress bar. Where standard error is no terminal nothing is shown.
 *
 * @param title what is being done
 * @param total what `update` says in the end
 * @param unit of what it counts. Default `batches`
 */
export const startProgressBar = (title: string, total: number, unit = 'batches'): ProgressBar => {
  const bar = new SingleBar({ format: `${title} [{bar}] {percentage} % | {value} of {total} ${unit} | {eta_formatted} left`, hideCursor: true })
  bar.start(total, 0)
  return {
    update: (done, newTotal) => {
      if (newTotal !== undefined) bar.setTotal(newTotal)
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
