import type { EventLoopUtilization } from 'node:perf_hooks'

export interface SaturationOptions {
  /** Batches that wait for the log, or for the disk. */
  pending(): number
  /** How busy the threads are that take batches in: of each, since the given time or since its start. */
  threads: readonly ((since?: EventLoopUtilization) => EventLoopUtilization)[]
}

/** So many batches wait only when they come faster than they are acknowledged: at half of what a collector can take it is a few. */
const manyPending = 24

/** Below that share of their time, added up, the threads wait for the disk, and there is a processor to spare. */
const busyShare = 0.7

/**
 * Creates a look at whether batches come as fast as they can be acknowledged, or faster. Each asking weighs as much as all before it together.
 */
export const createSaturation = ({ pending, threads }: SaturationOptions) => {
  let before = threads.map(utilization => utilization())
  let [waiting, share] = [0, 0]
  return (): boolean => {
    const busy = threads.reduce((sum, utilization, i) => sum + utilization(before[i]).utilization, 0)
    before = threads.map(utilization => utilization())
    waiting = (waiting + pending()) / 2
    share = (share + busy) / 2
    return waiting >= manyPending && share >= busyShare
  }
}
