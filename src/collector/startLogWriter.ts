import { Worker } from 'node:worker_threads'
import type { EventLog } from './eventLog.ts'
import { toLogRow, type LogRow } from './logRow.ts'

/** What the thread is given. */
export interface LogWorkerOptions {
  logFile: string
}

/** What the thread is told: rows to keep, or to end. */
export type LogOrder = readonly LogRow[] | 'stop'

/** What the thread says of each row, once all are settled: its position when it is durable, or why it could not be kept. */
export type LogReply = (number | string)[]

/** The writing side of an event log, in a thread of its own. */
export interface LogWriter extends Pick<EventLog, 'append' | 'settled'> {
  /** Ends when everything is settled that was appended before. */
  stop(): Promise<void>
}

interface Waiting {
  /** Absent of somebody who only wants to know when those before are settled. */
  row?: LogRow
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
  let waiting: Waiting[] = []
  let sent: Waiting[] | undefined
  let next: NodeJS.Immediate | undefined
  let restart: NodeJS.Timeout | undefined
  let failure: string | undefined
  let isStopped = false

  const send = (): void => {
    next = undefined
    const rows = waiting.flatMap(({ row }) => row ?? [])
    sent = waiting
    waiting = []
    if (rows.length) worker.postMessage(rows satisfies LogOrder)
    else onReply([])
  }

  const schedule = (): void => {
    if (waiting.length && !sent) next ??= setImmediate(send)
  }

  const onReply = (reply: LogReply): void => {
    const results = reply.values()
    const settled = sent ?? []
    sent = undefined
    for (const { row, settle } of settled) settle(row ? results.next().value! : 0)
    schedule()
  }

  const refuseAll = (why: string): void => {
    const refused = [...(sent ?? []), ...waiting]
    clearImmediate(next)
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

  const add = (row?: LogRow): Promise<number> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(new Error(failure))
      waiting.push({ ...(row && { row }), settle: result => (typeof result === 'number' ? resolve(result) : reject(new Error(result))) })
      schedule()
    })

  const settled = async (): Promise<void> => {
    await add().catch(() => undefined)
  }

  return {
    append: received => add(toLogRow(received)),
    settled,
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
