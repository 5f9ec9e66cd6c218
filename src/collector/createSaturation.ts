import type { EventLoopUtilization } from 'node:perf_hooks'

export interface SaturationOptions {
  /** Batches that wait for the log, or for the disk. */
  pending(): number
  /** Of this thread, since the given time or since its start. */
  utilization(since?: EventLoopUtilization): EventLoopUtilization
}

/** So many batches wait only when they come faster than they are acknowledged: at half of what a collector can take it is a few. */
const manyPending = 24

/** Below that share of its time the thread waits for the disk, and there is a processor to spare. */
const busyShare = 0.5

/**
 * Creates a look at whether batches come as fast as they can be acknowledged, or faster. Each asking weighs as much as all before it together.
 */
export const createSaturation = ({ pending, utilization }: SaturationOptions) => {
  let before = utilization()
  let [waiting, share] = [0, 0]
  return (): boolean => {
    const now = utilization()
    const since = utilization(before)
    before = now
    waiting = (waiting + pending()) / 2
    share = (share + since.utilization) / 2
    return waiting >= manyPending && share >= busyShare
  }
}
