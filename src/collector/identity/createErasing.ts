import type { WorkerMessage } from '../startProjection.ts'
import type { EraseCounts, EraseOrder, StepProgress } from './eraseInSteps.ts'
import { toDigest } from './toDigest.ts'

interface Entry {
  order: EraseOrder
  onProgress: ((progress: StepProgress) => void) | undefined
  resolve(counts: EraseCounts): void
}

type ErasingMessage = Extract<WorkerMessage, { id: string }>

/** Creates the memory of what a thread is to erase: one that was started again is told again. */
export const createErasing = (send: (order: EraseOrder) => void) => {
  const entries = new Map<string, Entry>()
  const digests = new Set<string>()

  return {
    /** Tells the thread of everything, when it has started. */
    begin: (): void => {
      for (const { order } of entries.values()) send(order)
    },

    add: (order: EraseOrder, { isRunning, onProgress }: { isRunning: boolean; onProgress: Entry['onProgress'] }): Promise<EraseCounts> =>
      new Promise(resolve => {
        entries.set(order.id, { order, onProgress, resolve })
        for (const { site, id } of order.sessions) digests.add(toDigest(site, id))
        if (isRunning) send(order)
      }),

    onMessage: (message: ErasingMessage): void => {
      const entry = entries.get(message.id)
      if (message.type === 'erasing') entry?.onProgress?.(message.progress)
      else {
        entries.delete(message.id)
        entry?.resolve(message.counts)
      }
    },

    /** What was to be erased since the thread was started first. */
    digests: (): string[] => [...digests],
  }
}
