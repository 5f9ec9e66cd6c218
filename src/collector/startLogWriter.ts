import { Worker } from 'node:worker_threads'
import type { EventLog } from './eventLog.ts'
import { createRowPack, type PackedRows } from './createRowPack.ts'

/** What the thread is given. */
export interface LogWorkerOptions {
  logFile: string
}

/** What the thread is told: rows to keep, or to end. */
export type LogOrder = PackedRows | 'stop'

/** What the thread says once all rows are settled. */
export interface LogReply {
  /** Of each row its position when it is durable, or why it could not be kept. */
  results: (number | string)[]
  /** The memory that the rows were in. */
  bytes?: ArrayBuffer
}

/** The writing side of an event log, in a thread of its own. */
export interface LogWriter extends Pick<EventLog, 'append' | 'settled'> {
  /** Batches that were appended, and are not settled. */
  pending(): number
  /** Ends when everything is settled that was appended before. */
  stop(): Promise<void>
}

interface Waiting {
  /** False for somebody who only wants to know when those before are settled. */
  isRow: boolean
  settle(result: number | string): void
}

/** Errors of packages come out of a thread as other objects. */
const toReason = (cause: unknown): string => String(typeof cause === 'object' && cause !== null && 'message' in cause ? cause.message : cause)

/** Milliseconds before a thread that has ended by itself is started again. */
const restartDelay = 1000

/**
 * Starts the thread that writes the event log: neither writing nor copying the write-ahead log into the file takes time from the thread that
 * speaks HTTP. What comes while it is busy goes to it together. Nothing is thrown; an append is refused while there is no thread.
 *
 * @param entry the program of the thread. Default: the one that is built beside this file
 */
export const startLogWriter = (options: LogWorkerOptions, entry = new URL('./logWorker.js', import.meta.url)): LogWriter => {
  const pack = createRowPack()
  let waiting: Waiting[] = []
  let sent: Waiting[] | undefined
  let next: NodeJS.Immediate | undefined
  let restart: NodeJS.Timeout | undefined
  let failure: string | undefined
  let isStopped = false

  const send = (): void => {
    next = undefined
    const rows = pack.take()
    sent = waiting
    waiting = []
    if (rows.ends.length) worker.postMessage(rows satisfies LogOrder, [rows.bytes])
    else onReply({ results: [] })
  }

  const schedule = (): void => {
    if (waiting.length && !sent) next ??= setImmediate(send)
  }

  const onReply = ({ results, bytes }: LogReply): void => {
    const settled = sent ?? []
    sent = undefined
    if (bytes) pack.giveBack(bytes)
    // First what has come meanwhile: the one thread keeps it while this one answers.
    if (waiting.length) send()
    let row = 0
    for (const { isRow, settle } of settled) settle(isRow ? results[row++]! : 0)
  }

  const refuseAll = (why: string): void => {
    const refused = [...(sent ?? []), ...waiting]
    clearImmediate(next)
    pack.take()
    waiting = []
    sent = next = undefined
    for (const { settle } of refused) settle(why)
  }

  const launch = (): Worker => {
    failure = undefined
    return new Worker(entry, { workerData: options, name: 'log' })
      .on('message', onReply)
      .on('error', cause => (failure = toReason(cause)))
      .on('exit', onExit)
  }

  const onExit = (): void => {
    failure ??= 'the thread that writes the event log has ended'
    refuseAll(failure)
    if (isStopped) return
    restart = setTimeout(() => {
      worker = launch()
    }, restartDelay)
  }

  let worker = launch()

  const add = (isRow: boolean): Promise<number> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(new Error(failure))
      waiting.push({ isRow, settle: result => (typeof result === 'number' ? resolve(result) : reject(new Error(result))) })
      schedule()
    })

  const settled = async (): Promise<void> => {
    await add(false).catch(() => undefined)
  }

  return {
    // Nothing that waits for the answer holds what was received: it would live just long enough to be moved in memory.
    append: received => {
      if (failure === undefined) pack.add(received)
      return add(true)
    },
    settled,
    pending: () => waiting.length + (sent?.length ?? 0),
    stop: async () => {
      await settled()
      isStopped = true
      clearTimeout(restart)
      if (worker.threadId === -1) return
      const ended = new Promise(resolve => worker.once('exit', resolve))
      worker.postMessage('stop' satisfies LogOrder)
      await ended
    },
  }
}
