import { parentPort, workerData } from 'node:worker_threads'
import { openCheckpoints } from './sqlite/openCheckpoints.ts'
import type { CheckpointOrder } from './startCheckpoints.ts'

/** Program of the thread that copies a write-ahead log into its file, and its composition root. Started by `startCheckpoints`. */
const run = (file: string): void => {
  if (!parentPort) throw new Error('checkpointWorker is no program to be started by hand')
  const port = parentPort
  const checkpoints = openCheckpoints(file)
  port.on('message', (order: CheckpointOrder) => {
    if (order === 'copy') {
      checkpoints.copy()
      return port.postMessage(undefined)
    }
    checkpoints.close()
    port.close()
  })
}

run(workerData as string)
