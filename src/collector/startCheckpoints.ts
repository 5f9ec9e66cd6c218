import { Worker } from 'node:worker_threads'

/** What the thread is told. */
export type CheckpointOrder = 'copy' | 'stop'

/**
 * Starts a thread that copies the write-ahead log of a database into its file, for another one that has no time to wait for that.
 *
 * @param file a database that is there
 */
export const startCheckpoints = (file: string, entry = new URL('./checkpointWorker.js', import.meta.url)) => {
  const worker = new Worker(entry, { workerData: file, name: 'checkpoints' })
  let settle: ((failure?: Error) => void) | undefined
  let failure: Error | undefined
  const end = (cause?: Error): void => {
    settle?.(cause)
    settle = undefined
  }
  worker
    .on('message', () => end())
    .on('error', cause => (failure = cause instanceof Error ? cause : new Error(String(cause))))
    .on('exit', () => {
      failure ??= new Error('the thread that copies write-ahead logs has ended')
      end(failure)
    })
  const order = (message: CheckpointOrder): void => worker.postMessage(message)

  return {
    /** Resolves when nearly all is copied; one call at a time. Rejects where there is no thread any more. */
    copy: (): Promise<void> =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure)
        settle = cause => (cause ? reject(cause) : resolve())
        order('copy')
      }),
    stop: async (): Promise<void> => {
      if (failure) return
      const ended = new Promise(resolve => worker.once('exit', resolve))
      order('stop')
      await ended
    },
  }
}
