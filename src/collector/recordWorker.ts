import { parentPort, workerData } from 'node:worker_threads'
import { unpackArrivals } from './ingest/createArrivalPack.ts'
import { createRecorder } from './ingest/createRecorder.ts'
import { openGeolocation } from './enrich/geolocation.ts'
import { ProblemError } from './problem.ts'
import { createSqliteEventLog } from './sqlite/createSqliteEventLog.ts'
import { startCheckpoints } from './startCheckpoints.ts'
import type { ArrivalOrder, Outcome, RecordOrder, RecordReply, RecordWorkerMessage, RecordWorkerOptions } from './startRecorder.ts'
import { toReason } from './toReason.ts'

const toOutcome = (cause: unknown): Outcome =>
  cause instanceof ProblemError ? { problem: cause.code, details: cause.details } : { failure: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) }

/**
 * Program of the thread in which batches are read, checked and written to the event log, and its composition root. Started by
 * `startRecorder`.
 */
const run = ({ logFile, geolocation, digests, ...options }: RecordWorkerOptions): void => {
  if (!parentPort) throw new Error('recordWorker is no program to be started by hand')
  const port = parentPort
  const send = (message: RecordWorkerMessage, memory: ArrayBuffer[] = []): void => port.postMessage(message, memory)
  const checkpoints = startCheckpoints(logFile)
  // While somebody else is writing, the thread goes on to listen.
  const log = createSqliteEventLog({ file: logFile, isOpen: true, lockTimeout: 0, checkpoint: checkpoints.copy })
  const recorder = createRecorder({
    ...options,
    log,
    geolocate: openGeolocation(geolocation),
    clock: { now: Date.now, monotonicNow: () => performance.now() },
    onVerdict: (site, verdict) => send({ type: 'verdict', site, verdict: 'cause' in verdict ? { ...verdict, cause: toReason(verdict.cause) } : verdict }),
    onFailure: cause => send({ type: 'failure', reason: toReason(cause) }),
  })
  recorder.forget(digests)

  let reply: RecordReply = { type: 'reply', numbers: [], outcomes: [], memory: [] }
  const sendReply = (): void => {
    send(reply, reply.memory)
    reply = { type: 'reply', numbers: [], outcomes: [], memory: [] }
  }
  const answer = (number: number, outcome: Outcome): void => {
    // A group of batches is settled at once: those that come after it in this turn go along.
    if (!reply.numbers.length) queueMicrotask(sendReply)
    reply.numbers.push(number)
    reply.outcomes.push(outcome)
  }

  const take = ({ first, arrivals }: ArrivalOrder): void => {
    let left = arrivals.ends.length
    const settle = (number: number, outcome: Outcome): void => {
      answer(number, outcome)
      if (!--left) reply.memory.push(arrivals.bytes)
    }
    unpackArrivals(arrivals).forEach((arrival, i) => {
      recorder.record(arrival).then(
        recorded => settle(first + i, { recorded }),
        (cause: unknown) => settle(first + i, toOutcome(cause)),
      )
    })
  }

  const obey = (order: RecordOrder): void => {
    if (order.type === 'arrivals') return take(order)
    if (order.type === 'forget') return recorder.forget(order.digests)
    if (order.type === 'settle') return void recorder.settled().then(() => answer(order.number, {}))
    log.close()
    void checkpoints.stop().then(() => port.close())
  }

  // One order in each turn of the event loop: what was kept is acknowledged while more comes than can be read.
  const orders: RecordOrder[] = []
  const next = (): void => {
    obey(orders.shift()!)
    if (orders.length) setImmediate(next)
  }
  port.on('message', (order: RecordOrder) => {
    if (orders.push(order) === 1) setImmediate(next)
  })
}

run(workerData as RecordWorkerOptions)
