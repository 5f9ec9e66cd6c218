import { mkdirSync, readFileSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import type { Definitions } from '../model/definition.ts'
import { readApiKey } from './settings/apiKey.ts'
import { createEndpoint } from './createEndpoint.ts'
import { startConversationRetention } from './conversations/startConversationRetention.ts'
import { createSaturation } from './ingest/createSaturation.ts'
import { createScriptVariants } from './http/createScriptVariants.ts'
import { toDataFiles } from './dataFiles.ts'
import { openGeolocation } from './enrich/geolocation.ts'
import { createReferrerNames } from './enrich/referrers/createReferrerNames.ts'
import { openReferrers } from './enrich/referrers/openReferrers.ts'
import type { Files } from './http/fileRoutes.ts'
import { openErasureFile } from './identity/erasureFile.ts'
import { toSettings, type CollectorOptions, type Settings } from './settings/options.ts'
import { createDefinitionStore } from './segments/createDefinitionStore.ts'
import { openDefinitionFile } from './segments/definitionFile.ts'
import { readPosition } from './projection/projection.ts'
import { createSqliteDocumentStore } from './sqlite/createSqliteDocumentStore.ts'
import { createSqliteEventLog } from './sqlite/createSqliteEventLog.ts'
import { createSqliteSessionReader } from './sqlite/createSqliteSessionReader.ts'
import { lockFolder } from './sqlite/lockFolder.ts'
import { startProjection } from './startProjection.ts'
import { startRecorder } from './startRecorder.ts'
import { readStaticFiles, toStaticFile } from './http/staticFiles.ts'

/** A collector: one server with its event log and its Sessions. */
export interface Collector {
  /** Starts to listen. @throws when the port is taken */
  listen(): Promise<void>
  /** Where it is found, e.g. `http://localhost:4800`; known once it listens. */
  url(): string
  /** Present in the run that made the API key, and never again. */
  apiKey?: string
  /** Ends: no new requests, those under way are answered, what is in the log stays for the next start. */
  close(): Promise<void>
}

/** Milliseconds that an erasure waits for the Sessions before it looks again whether the collector ends. */
const catchUpTime = 10_000

/** Milliseconds between two looks for connections that have fallen idle, while the collector ends. */
const sweepEvery = 50

/** Folder of the package: two above this file, in the sources as in what is built of them. */
const packageUrl = new URL('../..', import.meta.url)

/** Parts of the tracker that it fetches when a page needs them. */
const parts = ['sojourn-session.js', 'sojourn-check.js', 'sojourn-links.js', 'sojourn-message.js', 'sojourn-history.js', 'sojourn-lease.js', 'sojourn-sources.js']

/** Bytes of options from which on a site's pages are better off with theirs alone. */
const manyOptions = 2048

const readFiles = ({ demo, sites }: Settings): Files => {
  const pathOf = (name: string): string => fileURLToPath(new URL(name, packageUrl))
  const read = (name: string): Buffer | undefined => (statSync(pathOf(`dist/${name}`), { throwIfNoEntry: false }) ? readFileSync(pathOf(`dist/${name}`)) : undefined)
  const script = read('sojourn.js')
  return {
    ...(script && { script: createScriptVariants(script, sites) }),
    parts: new Map(parts.flatMap(name => {
      const content = read(name)
      return content ? [[name, toStaticFile(name, content)] as const] : []
    })),
    livePage: readStaticFiles(pathOf('dist/live')),
    ...(demo && { demo: readStaticFiles(pathOf('examples/shop')) }),
  }
}

/** A browser that is told to go to `0.0.0.0` does not get anywhere. */
const toUrl = ({ port, address, family }: AddressInfo): string => {
  const isLocal = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(address)
  return `http://${isLocal ? 'localhost' : family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** Takes the data folder, and opens what is in it. Nothing stays open when one of its files is of no use. */
const openFolder = (settings: Settings, define: (definitions: Definitions) => void) => {
  const folder = settings.data
  mkdirSync(folder, { recursive: true })
  const { logFile, sessionsFile, conversationsFile } = toDataFiles(folder)
  const closing = [lockFolder(folder)]
  const close = (): void => closing.reverse().forEach(release => release())
  try {
    const log = createSqliteEventLog({ file: logFile, check: true })
    closing.push(log.close)
    const sessions = createSqliteSessionReader(sessionsFile, log)
    closing.push(sessions.close)
    readPosition(log, sessions)
    const documents = createSqliteDocumentStore(conversationsFile)
    closing.push(documents.close)
    const definitions = createDefinitionStore({ file: openDefinitionFile(folder), configured: settings, now: Date.now, onChange: define })
    const erasureFile = openErasureFile(folder)
    return { logFile, sessionsFile, log, sessions, documents, definitions, erasureFile, close }
  } catch (cause) {
    close()
    throw cause
  }
}

/**
 * Puts a collector together. Its data folder is made when it is not there.
 *
 * @throws OptionError for the first option that is wrong; Error for a file that cannot be read, or a folder that another collector has
 */
export const createCollector = (options: CollectorOptions = {}): Collector => {
  const settings = toSettings(options)
  // The thread that looks addresses up opens the files again; what is wrong with them is to be said here.
  openGeolocation(settings.geolocation)
  const referrers = openReferrers(settings.referrers)
  const files = readFiles(settings)
  const apiKey = readApiKey(settings.data, settings.apiKey)
  const { logFile, sessionsFile, log, sessions, documents, definitions, erasureFile, close } = openFolder(settings, next => projection.define(next))
  const { sites, addressPolicy, geolocation, rateLimits } = settings
  const recorder = startRecorder(
    { logFile, sites, addressPolicy, geolocation, siteLimit: rateLimits.site || undefined },
    { onVerdict: (...told) => recorderEvents.onVerdict(...told), onFailure: cause => recorderEvents.onFailure(cause) },
  )
  const projection = startProjection({
    logFile,
    sessionsFile,
    sites,
    referrers,
    definitions: definitions.all(),
    ...(settings.retentionDays !== undefined && { retentionDays: settings.retentionDays }),
    erased: erasureFile.read().flatMap(({ digests }) => digests),
    isSaturated: createSaturation({ pending: recorder.pending, threads: [since => performance.eventLoopUtilization(since), since => recorder.utilization(since)] }),
    onProgress: (_position, changes) => live.publish(changes),
    onRebuild: () => app.log.info({ batches: log.last() }, 'the Sessions were made by another version, and are made anew from the event log'),
    onRetained: counts => app.log.info(counts, 'what was too old is removed'),
    onFailure: error => app.log.error({ err: error }, 'the projection ended and is started again'),
  })
  const eraser = { catchUp: () => projection.waitFor(log.last(), catchUpTime), erase: projection.erase }
  const { app, live, erasures, conversations, recorderEvents } = createEndpoint({
    settings,
    log,
    recorder,
    sessions,
    documents,
    erasing: { file: erasureFile, eraser },
    definitions,
    projection,
    isReady: projection.isRunning,
    nameReferrer: createReferrerNames(referrers),
    apiKey,
    files,
    logger: { level: settings.logLevel, stream: process.stderr },
    clock: { now: Date.now, monotonicNow: () => performance.now() },
  })
  const stopRetention = startConversationRetention({
    ...{ documents, show: conversations.show, siteOf: conversations.siteOf, onRemoved: conversations.tellRemoved, sites, now: Date.now },
    retentionDays: settings.retentionDays,
    onEnd: removed => removed && app.log.info({ conversations: removed }, 'what was too old is removed'),
    onFailure: error => app.log.error({ err: error }, 'conversations that are too old could not be removed: it is tried again in an hour'),
  })
  for (const kind of ['segments', 'outcomes'] as const) {
    const isUnused = settings[kind].length && definitions.list(kind).source === 'api'
    if (isUnused) app.log.warn(`${kind} of the configuration are not used: others were put over the API; DELETE /v1/${kind} brings them back`)
  }
  const { added = 0 } = files.script ?? {}
  if (added > manyOptions && sites.length > 1) app.log.warn(`the options of all sites add ${added} bytes to /sojourn.js; with /sojourn.js?site=<id> in its tag a page gets those of its site alone`)

  return {
    listen: async () => {
      await app.listen({ port: settings.port, host: settings.host })
      apiKey.keep()
    },
    url: () => toUrl(app.server.address() as AddressInfo),
    ...(apiKey.created !== undefined && { apiKey: apiKey.created }),
    close: async () => {
      live.close()
      erasures.stop()
      stopRetention()
      // A connection that is answered now falls idle later, and nobody else would close it.
      const sweep = setInterval(() => app.server.closeIdleConnections(), sweepEvery)
      await app.close().finally(() => clearInterval(sweep))
      await Promise.all([projection.stop(), recorder.stop()])
      close()
    },
  }
}
