import { parentPort, workerData } from 'node:worker_threads'
import { unpackRows } from './createRowPack.ts'
import { createSqliteEventLog } from './sqlite/createSqliteEventLog.ts'
import type { LogOrder, LogReply, LogWorkerOptions } from './startLogWriter.ts'

/** Program of the thread that writes the event log, and its composition root. Started by `startLogWriter`. */
const run = ({ logFile }: LogWorkerOptions): void => {
  if (!parentPort) throw new Error('logWorker is no program to be started by hand')
  const port = parentPort
  // While somebody else is writing, the thread goes on to listen.
  const log = createSqliteEventLog({ file: logFile, lockTimeout: 0 })

  port.on('message', (order: LogOrder) => {
    if (order === 'stop') {
      log.close()
      return port.close()
    }
    void Promise.all(unpackRows(order).map(row => log.appendRow(row).catch((cause: unknown) => (cause instanceof Error ? cause.message : String(cause))))).then(
      results => port.postMessage({ results, bytes: order.bytes } satisfies LogReply, [order.bytes]),
    )
  })
}

run(workerData as LogWorkerOptions)
