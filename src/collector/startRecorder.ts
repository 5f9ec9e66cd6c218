import { Worker } from 'node:worker_threads'
import type { EventLoopUtilityFunction } from 'node:perf_hooks'
import { createArrivalPack, type PackedArrivals } from './ingest/createArrivalPack.ts'
import type { RecorderOptions } from './ingest/createRecorder.ts'
import type { GeolocationFiles } from './enrich/geolocation.ts'
import type { TokenVerdict } from './identity/createTokenVerifier.ts'
import { ProblemError, type ProblemCode, type ProblemDetails } from './problem.ts'
import type { RecordedBatch, Recorder, RecorderEvents } from './ingest/recorder.ts'
import { toUnavailable } from './ingest/recordSteps.ts'
import { toReason } from './toReason.ts'

/** What the thread is started with. */
export interface RecordWorkerOptions extends Pick<RecorderOptions, 'sites' | 'addressPolicy' | 'siteLimit' | 'maxBacklog'> {
  logFile: string
  geolocation: GeolocationFiles
  /** Stand for sessions of which nothing is to be kept any more. */
  digests: readonly string[]
}

/** Batches to be recorded. */
export interface ArrivalOrder {
  type: 'arrivals'
  /** Number of the first one; the others follow. */
  first: number
  arrivals: PackedArrivals
}

/** What the thread is told. */
export type RecordOrder = ArrivalOrder | { type: 'forget'; digests: readonly string[] } | { type: 'settle'; number: number } | { type: 'stop' }

/** What became of a batch; of the wish to know when everything is settled, nothing. */
export type Outcome = { recorded?: RecordedBatch } | { problem: ProblemCode; details: ProblemDetails } | { failure: string }

/** What has become of some orders. */
export interface RecordReply {
  type: 'reply'
  numbers: number[]
  /** For each number what became of it. */
  outcomes: Outcome[]
  /** Memory that batches were in, of which none is under way any more. */
  memory: ArrayBuffer[]
}

/** What the thread says. */
export type RecordWorkerMessage =
  | RecordReply
  | { type: 'verdict'; site: string; verdict: TokenVerdict }
  /** The log could not be written. */
  | { type: 'failure'; reason: string }

/** A recorder in a thread of its own. */
export interface RunningRecorder extends Recorder {
  /** Batches that are under way. */
  pending(): number
  /** How busy the thread is, like `performance.eventLoopUtilization` of this one. */
  utilization: EventLoopUtilityFunction
  /** Ends when everything is settled that came before. */
  stop(): Promise<void>
}

interface Waiting {
  resolve(recorded: RecordedBatch | undefined): void
  reject(cause: unknown): void
}

/** Milliseconds before a thread that has ended by itself is started again. */
const restartDelay = 1000

/** So many batches go at once, before the turn of the event loop is over: while one thread reads requests the other one works. */
const mostPacked = 16

/**
 * Starts the thread that takes batches in: neither reading and checking them nor the disk takes time from the thread that speaks HTTP. Nothing is
 * thrown; a batch is refused while there is no thread.
 *
 * @param entry the program of the thread. Default: the one that is built beside this file
 */
export const startRecorder = (
  options: Omit<RecordWorkerOptions, 'digests'>,
  { onVerdict, onFailure }: RecorderEvents,
  entry = new URL('./recordWorker.js', import.meta.url),
): RunningRecorder => {
  const pack = createArrivalPack()
  const waiting = new Map<number, Waiting>()
  const digests: string[] = []
  let count = 0
  let next: NodeJS.Immediate | undefined
  let restart: NodeJS.Timeout | undefined
  let failure: string | undefined
  let isStopped = false

  const order = (message: RecordOrder, memory: ArrayBuffer[] = []): void => worker.postMessage(message, memory)

  const send = (): void => {
    clearImmediate(next)
    next = undefined
    const size = pack.count()
    if (!size) return
    const arrivals = pack.take()
    order({ type: 'arrivals', first: count - size, arrivals }, [arrivals.bytes])
  }

  const settle = (number: number, outcome: Outcome): void => {
    const { resolve, reject } = waiting.get(number)!
    waiting.delete(number)
    if ('problem' in outcome) reject(new ProblemError(outcome.problem, outcome.details))
    else if ('failure' in outcome) reject(new Error(outcome.failure))
    else resolve(outcome.recorded)
  }

  const onReply = ({ numbers, outcomes, memory }: RecordReply): void => {
    memory.forEach(pack.giveBack)
    numbers.forEach((number, i) => settle(number, outcomes[i]!))
  }

  const refuse = (): ProblemError => {
    onFailure(new Error(failure))
    return toUnavailable()
  }

  const launch = (): Worker => {
    failure = undefined
    return new Worker(entry, { workerData: { ...options, digests } satisfies RecordWorkerOptions, name: 'recorder' })
      .on('message', (message: RecordWorkerMessage) => {
        if (message.type === 'reply') onReply(message)
        else if (message.type === 'verdict') onVerdict(message.site, message.verdict)
        else onFailure(new Error(message.reason))
      })
      .on('error', cause => (failure = toReason(cause)))
      .on('exit', onExit)
  }

  const onExit = (): void => {
    failure ??= 'the thread that writes the event log has ended'
    clearImmediate(next)
    next = undefined
    pack.take()
    for (const { reject } of waiting.values()) reject(refuse())
    waiting.clear()
    if (isStopped) return
    restart = setTimeout(() => {
      worker = launch()
    }, restartDelay)
  }

  let worker = launch()

  /** Waits for what becomes of the next number. */
  const wait = (): Promise<RecordedBatch | undefined> => new Promise((resolve, reject) => waiting.set(count++, { resolve, reject }))

  const settled = async (): Promise<void> => {
    if (failure !== undefined) return
    send()
    const waited = wait()
    order({ type: 'settle', number: count - 1 })
    await waited.catch(() => undefined)
  }

  return {
    record: arrival => {
      if (failure !== undefined) return Promise.reject(refuse())
      pack.add(arrival)
      const recorded = wait() as Promise<RecordedBatch>
      if (pack.count() >= mostPacked) send()
      else next ??= setImmediate(send)
      return recorded
    },
    forget: more => {
      for (const digest of more) digests.push(digest)
      order({ type: 'forget', digests: more })
    },
    settled,
    pending: () => waiting.size,
    utilization: (...since) => worker.performance.eventLoopUtilization(...since),
    stop: async () => {
      await settled()
      isStopped = true
      clearTimeout(restart)
      if (worker.threadId === -1) return
      const ended = new Promise(resolve => worker.once('exit', resolve))
      order({ type: 'stop' })
      await ended
    },
  }
}
