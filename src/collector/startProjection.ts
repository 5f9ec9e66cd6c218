import { Worker } from 'node:worker_threads'
import type { Definitions } from '../model/definition.ts'
import { createWaiters } from './projection/createWaiters.ts'
import { createErasing } from './identity/createErasing.ts'
import type { EraseCounts, EraseOrder, StepProgress } from './identity/eraseInSteps.ts'
import type { RetainCounts } from './identity/retainInSteps.ts'
import type { ReferrerSource } from './enrich/referrers/parseReferrerTable.ts'
import type { Progress } from './projection/projection.ts'
import type { SessionKey } from './sessionStore.ts'
import type { Site } from './site.ts'

/** What the thread of the projection is given. */
export interface WorkerOptions {
  logFile: string
  sessionsFile: string
  sites: readonly Site[]
  definitions: Definitions
  /** Sites that visitors come from, beside the known ones. */
  referrers?: readonly ReferrerSource[]
  /** Days that Sessions are kept of sites that do not say. Default: for ever. */
  retentionDays?: number
  /** Stand for sessions of which nothing is to be kept any more. */
  erased?: readonly string[]
}

/** What the thread is told. */
export type WorkerOrder = 'wake' | 'stop' | { hold: number } | { definitions: Definitions } | { erase: EraseOrder }

/** What the thread says. */
export type WorkerMessage =
  | { type: 'started'; position: number; isRebuilding: boolean }
  | { type: 'progress'; progress: Progress }
  | { type: 'erasing'; id: string; progress: StepProgress }
  | { type: 'erased'; id: string; counts: EraseCounts }
  | { type: 'retained'; counts: RetainCounts }
  /** It has caught up, and waits to be woken. */
  | { type: 'idle'; position: number }

export interface StartProjectionOptions extends WorkerOptions {
  /** Told after each chunk: how far the Sessions are in the log, and which have changed. */
  onProgress?: (position: number, changed: SessionKey[]) => void
  /** Told when the Sessions were made by another version, and are being made anew. */
  onRebuild?: () => void
  /** Told what was removed because it was too old, if anything was. */
  onRetained?: (counts: RetainCounts) => void
  /** True while folding had better wait, for what it would take from ingest. Asked some times a second while batches come. Default: never. */
  isSaturated?: () => boolean
  /** Told why the thread ended by itself. It is started again, after a while. */
  onFailure?: (cause: unknown) => void
  /** The program of the thread. Default: the one that is built beside this file. */
  entry?: URL
}

/** The projection, in a thread of its own. */
export interface RunningProjection {
  /** Tells that the log has grown. Cheap: may be called for every batch. */
  wake(): void
  /** Resolves with true when the Sessions have what the log has up to the position, with false when so many milliseconds are over before. */
  waitFor(position: number, ms: number): Promise<boolean>
  /** How far in the log the Sessions are. */
  position(): number
  /** False before the thread has opened its files, and from its failure until it has done so again. */
  isRunning(): boolean
  /** Changes the segments and outcomes that are assigned. */
  define(definitions: Definitions): void
  /** Erases, beside its other work. Resolves when it is done; begins again when the thread has to. */
  erase(order: EraseOrder, onProgress?: (progress: StepProgress) => void): Promise<EraseCounts>
  /** Ends after the chunk that is under way. The rest of the log is for the next start. */
  stop(): Promise<void>
}

/** Milliseconds before the thread is started again: after the first failure, and at most. */
const restartDelay = { first: 1000, most: 30_000 } as const

/** Milliseconds that folding is held when it is to wait, and after which that is thought over. */
const holding = { ms: 150, every: 50 } as const

/**
 * Megabytes for what has been made just now, twice what is usual: a batch lives until its chunk is written, and what is still alive when
 * the room is full is copied.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 96 } as const

/** Starts the projection. What goes wrong goes to `onFailure`; nothing is thrown. */
export const startProjection = ({ onProgress, onRebuild, onRetained, onFailure, isSaturated, entry, ...options }: StartProjectionOptions): RunningProjection => {
  const waiters = createWaiters()
  let position = 0
  let isRunning = false
  let isStopped = false
  let delay: number = restartDelay.first
  let restart: NodeJS.Timeout | undefined
  // The thread is told once; what comes until it has caught up is remembered here.
  let isAwake = true
  let hasMore = false
  let { definitions } = options
  let askedAt = -Infinity
  const erasing = createErasing(order => send({ erase: order }))

  const reach = (reached: number): void => {
    position = reached
    waiters.settle(reached)
  }

  const onStarted = (reached: number, isRebuilding: boolean): void => {
    isRunning = true
    reach(reached)
    erasing.begin()
    if (isRebuilding) onRebuild?.()
  }

  const onChunk = ({ position: reached, changed }: Progress): void => {
    delay = restartDelay.first
    reach(reached)
    onProgress?.(reached, changed)
  }

  const onIdle = (): void => {
    isAwake = false
    if (!hasMore) return
    hasMore = false
    wake()
  }

  const launch = (): Worker => {
    isAwake = true
    hasMore = false
    const workerData: WorkerOptions = { ...options, definitions, erased: [...(options.erased ?? []), ...erasing.digests()] }
    return new Worker(entry ?? new URL('./projectionWorker.js', import.meta.url), { workerData, resourceLimits, name: 'projection' })
      .on('message', (message: WorkerMessage) => {
        if (message.type === 'started') onStarted(message.position, message.isRebuilding)
        else if (message.type === 'progress') onChunk(message.progress)
        else if (message.type === 'idle') onIdle()
        else if (message.type === 'retained') onRetained?.(message.counts)
        else erasing.onMessage(message)
      })
      .on('error', cause => onFailure?.(cause))
      .on('exit', onExit)
  }

  const onExit = (): void => {
    isRunning = false
    if (isStopped) return
    restart = setTimeout(() => {
      worker = launch()
    }, delay)
    delay = Math.min(2 * delay, restartDelay.most)
  }

  const send = (message: WorkerOrder): void => worker.postMessage(message)

  /** What is in the log is safe, and can be folded when there is more time: unless somebody waits for it. */
  const holdBack = (): void => {
    const now = performance.now()
    if (!isSaturated || now - askedAt < holding.every) return
    askedAt = now
    if (isSaturated() && !waiters.count()) send({ hold: holding.ms })
  }

  const join = (wanted: number, ms: number): Promise<boolean> => {
    if (!waiters.count()) send({ hold: 0 })
    return waiters.add(wanted, ms)
  }

  const wake = (): void => {
    holdBack()
    if (isAwake) {
      hasMore = true
      return
    }
    isAwake = true
    send('wake')
  }

  let worker = launch()

  return {
    wake,
    waitFor: (wanted, ms) => (wanted <= position ? Promise.resolve(true) : join(wanted, ms)),
    position: () => position,
    isRunning: () => isRunning,
    define: next => {
      definitions = next
      send({ definitions })
    },
    erase: (order, onProgress) => erasing.add(order, { isRunning, onProgress }),
    stop: async () => {
      isStopped = true
      clearTimeout(restart)
      waiters.abandon()
      if (worker.threadId === -1) return
      const ended = new Promise(resolve => worker.once('exit', resolve))
      send('stop')
      await ended
    },
  }
}
