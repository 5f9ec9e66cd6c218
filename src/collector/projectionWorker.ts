import { parentPort, workerData } from 'node:worker_threads'
import { createReferrerNames } from './enrich/referrers/createReferrerNames.ts'
import { createToArrivalFacts } from './enrich/toArrivalFacts.ts'
import { createToFacts } from './enrich/toFacts.ts'
import { createProjection, isStale } from './projection.ts'
import type { WorkerMessage, WorkerOptions, WorkerOrder } from './startProjection.ts'
import { createSqliteEventLog } from './sqlite/createSqliteEventLog.ts'
import { createSqliteSessionStore } from './sqlite/createSqliteSessionStore.ts'
import { startFollower } from './startFollower.ts'

/**
 * Program of the projection's thread, and its composition root: connections of its own to both files, so that folding takes no
 * time from ingest. Started by `startProjection`.
 */
const run = ({ logFile, sessionsFile, sites, referrers, definitions }: WorkerOptions): void => {
  if (!parentPort) throw new Error('projectionWorker is no program to be started by hand')
  const port = parentPort
  const send = (message: WorkerMessage): void => port.postMessage(message)
  const log = createSqliteEventLog({ file: logFile })
  const sessions = createSqliteSessionStore({ file: sessionsFile, sites })
  const isRebuilding = isStale(sessions)
  const projection = createProjection({
    log,
    sessions,
    sites,
    toFacts: createToFacts(),
    toArrivalFacts: createToArrivalFacts(createReferrerNames(referrers)),
    definitions,
    onChange: progress => send({ type: 'progress', progress }),
  })
  send({ type: 'started', position: projection.position(), isRebuilding })
  const follower = startFollower(projection, position => send({ type: 'idle', position }))
  port.on('message', (message: WorkerOrder) => {
    if (message === 'wake') return follower.wake()
    if (message !== 'stop') return projection.define(message.definitions)
    follower.stop()
    sessions.close()
    log.close()
    port.close()
  })
}

run(workerData as WorkerOptions)
