import { setImmediate } from 'node:timers/promises'
import type { FoldCounts } from './foldBatch.ts'
import { createProjection, type ProjectionOptions } from './projection.ts'

export interface RebuildOptions extends Omit<ProjectionOptions, 'onChange'> {
  /** Told how many of the log's batches are done. The position of the last one is `log.last()`. */
  onProgress?: (position: number) => void
}

/**
 * Throws the Sessions away and makes them anew from the log: after a change of what is made of it, or when the file of the
 * Sessions was lost or damaged. Can be broken off at any time; the next start goes on where it ended.
 *
 * @returns what became of the log's events
 */
export const rebuild = async ({ onProgress, ...options }: RebuildOptions): Promise<FoldCounts> => {
  const counts: FoldCounts = { folded: 0, duplicates: 0, foreign: 0 }
  options.sessions.clear()
  const projection = createProjection({
    ...options,
    onChange: ({ position, folded, duplicates, foreign }) => {
      counts.folded += folded
      counts.duplicates += duplicates
      counts.foreign += foreign
      onProgress?.(position)
    },
  })
  // A turn of the event loop after each chunk, for the progress bar and for signals.
  while (projection.run()) await setImmediate()
  return counts
}
