import { parentPort, workerData } from 'node:worker_threads'
import { createReferrerNames } from './enrich/referrers/createReferrerNames.ts'
import { createToArrivalFacts } from './enrich/toArrivalFacts.ts'
import { createToFacts } from './enrich/toFacts.ts'
import { createErasedSessions } from './identity/createErasedSessions.ts'
import { eraseInSteps, type EraseOrder } from './identity/eraseInSteps.ts'
import { startRetention } from './identity/startRetention.ts'
import { toDigest } from './identity/toDigest.ts'
import { lowerThreadPriority } from './lowerThreadPriority.ts'
import { createProjection, isStale } from './projection/projection.ts'
import type { WorkerMessage, WorkerOptions, WorkerOrder } from './startProjection.ts'
import { createSqliteEventLog } from './sqlite/createSqliteEventLog.ts'
import { createSqliteSessionStore } from './sqlite/createSqliteSessionStore.ts'
import { startFollower } from './projection/startFollower.ts'
import { startSteps } from './projection/startSteps.ts'

/**
 * Program of the projection's thread, and its composition root: connections of its own to both files, so that folding takes no
 * time from ingest. Started by `startProjection`.
 */
const run = ({ logFile, sessionsFile, sites, referrers, definitions, retentionDays, erased: digests }: WorkerOptions): void => {
  if (!parentPort) throw new Error('projectionWorker is no program to be started by hand')
  const port = parentPort
  // Folding can wait, acknowledgements cannot.
  lowerThreadPriority()
  const send = (message: WorkerMessage): void => port.postMessage(message)
  const log = createSqliteEventLog({ file: logFile, isOpen: true })
  const sessions = createSqliteSessionStore({ file: sessionsFile, sites, log })
  const isRebuilding = isStale(sessions)
  const erased = createErasedSessions(digests)
  const projection = createProjection({
    log,
    sessions,
    sites,
    toFacts: createToFacts(),
    toArrivalFacts: createToArrivalFacts(createReferrerNames(referrers)),
    definitions,
    erased,
    onChange: progress => send({ type: 'progress', progress }),
  })
  send({ type: 'started', position: projection.position(), isRebuilding })
  const daysBySite = new Map(sites.map(site => [site.id, site.retentionDays]))
  const retain = (): (() => void) =>
    startRetention({
      ...{ log, sessions, projection, now: Date.now },
      daysOf: site => daysBySite.get(site) ?? retentionDays,
      onEnd: counts => {
        if (counts.sessions || counts.batches) send({ type: 'retained', counts })
      },
    })
  let stopRetention: (() => void) | undefined
  const follower = startFollower(projection, {
    onIdle: position => {
      send({ type: 'idle', position })
      // Not before all Sessions are there: what is too old follows from them.
      stopRetention ??= retain()
    },
  })
  const stops = new Set<() => void>([follower.stop, () => stopRetention?.()])
  const erase = (order: EraseOrder): void => {
    erased.add(order.sessions.map(({ site, id }) => toDigest(site, id)))
    const stop = startSteps(eraseInSteps({ log, sessions, projection, order }), {
      onStep: progress => send({ type: 'erasing', id: order.id, progress }),
      onEnd: counts => {
        stops.delete(stop)
        send({ type: 'erased', id: order.id, counts })
      },
    })
    stops.add(stop)
  }
  port.on('message', (message: WorkerOrder) => {
    if (message === 'wake') return follower.wake()
    if (message !== 'stop') {
      if ('hold' in message) return follower.hold(message.hold)
      return 'erase' in message ? erase(message.erase) : projection.define(message.definitions)
    }
    stops.forEach(stop => stop())
    sessions.close()
    log.close()
    port.close()
  })
}

run(workerData as WorkerOptions)
