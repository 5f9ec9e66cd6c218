import { randomUUID } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { toBanner } from './settings/banner.ts'
import { createConversations } from './conversations/createConversations.ts'
import { createCollector } from './createCollector.ts'
import { toDataFiles } from './dataFiles.ts'
import { createReferrerNames } from './enrich/referrers/createReferrerNames.ts'
import { openReferrers } from './enrich/referrers/openReferrers.ts'
import { createToArrivalFacts } from './enrich/toArrivalFacts.ts'
import { createToFacts } from './enrich/toFacts.ts'
import type { EventLog } from './eventLog.ts'
import { createErasedSessions } from './identity/createErasedSessions.ts'
import { createErasures } from './identity/createErasures.ts'
import { createInlineEraser } from './identity/createInlineEraser.ts'
import { openErasureFile } from './identity/erasureFile.ts'
import { exportPerson } from './identity/exportPerson.ts'
import { toSettings, type CollectorOptions } from './settings/options.ts'
import { startProgressBar } from './progressBar.ts'
import { createProjection, isStale } from './projection/projection.ts'
import { help, readOptions } from './settings/readOptions.ts'
import type { PersonCommand } from './settings/readPerson.ts'
import { rebuild } from './projection/rebuild.ts'
import { createAssignedFacts } from './segments/createAssignedFacts.ts'
import { createDefinitionStore } from './segments/createDefinitionStore.ts'
import { openDefinitionFile } from './segments/definitionFile.ts'
import type { SessionReader } from './sessionStore.ts'
import { createServedSession } from './reading/servedSession.ts'
import { createSqliteDocumentStore } from './sqlite/createSqliteDocumentStore.ts'
import { createSqliteEventLog } from './sqlite/createSqliteEventLog.ts'
import { createSqliteSessionReader } from './sqlite/createSqliteSessionReader.ts'
import { createSqliteSessionStore } from './sqlite/createSqliteSessionStore.ts'
import { lockFolder } from './sqlite/lockFolder.ts'
import { version } from './version.ts'

/** Milliseconds for requests under way; then the process ends all the same, and what is in the log stays there. */
const drainTime = 10_000

const print = (text: string): void => void process.stdout.write(text)

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

/** Words for the person who started the collector: what is wrong, and what to do. */
const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { code, syscall, path, port, address, hostname } = error as NodeJS.ErrnoException & { port?: number; address?: string; hostname?: string }
  if (code === 'EADDRINUSE') return `Port ${port} is in use. End what uses it, or take another: --port 0 takes any that is free.`
  if (code === 'EACCES' && port !== undefined) return `Port ${port} is not for this user. Ports from 1024 on are: --port 4800`
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${address}. --host 127.0.0.1 is this machine alone, 0.0.0.0 all of its addresses.`
  if (syscall === 'getaddrinfo') return `There is no address of the name ${hostname}. --host takes an address of this machine, 127.0.0.1 or 0.0.0.0 say.`
  if (syscall === 'mkdir') return `The folder ${path} cannot be made (${code}). --data names the folder of the databases.`
  return error.message
}

const serve = async (options: CollectorOptions): Promise<void> => {
  const collector = createCollector(options)
  let isClosing = false
  const stop = (): void => {
    if (isClosing) process.exit(1)
    isClosing = true
    setTimeout(() => process.exit(1), drainTime).unref()
    collector.close().then(
      () => process.exit(0),
      error => fail(explain(error)),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  await collector.listen()
  print(toBanner({ settings: toSettings(options), url: collector.url(), created: collector.apiKey }))
}

/** Opens a data folder on which no collector runs. */
const openOffline = (options: CollectorOptions) => {
  const settings = toSettings(options)
  const { data, sites, referrers } = settings
  const { logFile, sessionsFile, conversationsFile } = toDataFiles(data)
  if (!existsSync(logFile)) return fail(`There is no event log in ${data}. --data names the folder of the databases.`)
  const unlock = lockFolder(data)
  const log = createSqliteEventLog({ file: logFile, check: true })
  const sessions = createSqliteSessionStore({ file: sessionsFile, sites, log, check: true })
  const documents = createSqliteDocumentStore(conversationsFile)
  const file = openErasureFile(data)
  const erased = createErasedSessions(file.read().flatMap(({ digests }) => digests))
  const toArrivalFacts = createToArrivalFacts(createReferrerNames(openReferrers(referrers)))
  const definitions = createDefinitionStore({ file: openDefinitionFile(data), configured: settings, now: Date.now }).all()
  const close = (): void => [documents, sessions, log].forEach(each => each.close())
  return {
    ...{ log, sessions, documents, file, erased, definitions, sites },
    projecting: { log, sessions, sites, toFacts: createToFacts(), toArrivalFacts, definitions, erased },
    close: () => {
      close()
      unlock()
    },
  }
}

/** Makes all Sessions anew. The collector must not run meanwhile. */
const rebuildSessions = async (options: CollectorOptions): Promise<void> => {
  const { log, projecting, close } = openOffline(options)
  const bar = startProgressBar('Sessions', log.last())
  const { folded, duplicates } = await rebuild({ ...projecting, onProgress: bar.update }).finally(bar.stop)
  close()
  print(`Made the Sessions of ${folded} events anew; ${duplicates} had come twice.\n`)
}

/** Erases everything of a person. The collector must not run meanwhile: it does the same over the API. */
const erase = async (options: CollectorOptions, { person }: PersonCommand): Promise<void> => {
  const { log, sessions, projecting, close, ...others } = openOffline(options)
  const projection = createProjection(projecting)
  const bar = startProgressBar('Erasing', log.last())
  const onProgress = (done: number): void => bar.update(Math.min(done, log.last()))
  const eraser = createInlineEraser({ log, sessions, projection, onProgress })
  const onFailure = (cause: unknown): void => fail(explain(cause))
  const { siteOf } = createConversations({ documents: others.documents, sessions, models: [], now: Date.now })
  const erasures = createErasures({ ...others, siteOf, log, sessions, eraser, createId: randomUUID, now: Date.now, onFailure })
  const { id, ended } = erasures.erase(person)
  await ended.finally(bar.stop)
  close()
  const { sessions: removed = 0, batches = 0 } = erasures.show(id)?.erased ?? {}
  print(`Erased ${removed} sessions, and what was theirs in ${batches} batches of the event log.\n`)
}

/** Ends where the Sessions may lack events that were folded, and says so where they lack those that were not. */
const warnOfGaps = (data: string, { log, sessions }: { log: EventLog; sessions: SessionReader }): void => {
  if (isStale(sessions)) return fail(`The Sessions in ${data} were made by another version. Start the collector, or run \`sojourn rebuild\`, to make them anew.`)
  const [position, last] = [sessions.mark()?.position ?? 0, log.last()]
  if (position >= last) return
  process.stderr.write(`The Sessions have what stands up to batch ${position} of the event log, which ends with batch ${last}. The rest is not in the export.\n`)
}

/** Writes everything of a person. A collector may run meanwhile; what its Sessions do not have yet is not in the export. */
const exportTo = async (options: CollectorOptions, { person, output }: PersonCommand): Promise<void> => {
  const settings = toSettings(options)
  const { data, sites } = settings
  const { logFile, sessionsFile, conversationsFile } = toDataFiles(data)
  if (!existsSync(logFile) || !existsSync(sessionsFile)) return fail(`There are no Sessions in ${data}. --data names the folder of the databases.`)
  const log = createSqliteEventLog({ file: logFile })
  const sessions = createSqliteSessionReader(sessionsFile, log)
  warnOfGaps(data, { log, sessions })
  const documents = createSqliteDocumentStore(conversationsFile)
  const { segments, outcomes } = openDefinitionFile(data).read()
  const definitions = { segments: segments.entities, outcomes: outcomes.entities }
  const serve = createServedSession(sites, createAssignedFacts({ sessions, sites, definitions: () => definitions }))
  const bar = startProgressBar('Sessions', 1, 'sessions')
  const { siteOf } = createConversations({ documents, sessions, models: [], now: Date.now })
  const pieces = exportPerson(person, { sessions, documents, siteOf, serve, now: Date.now, onProgress: bar.update })
  const target = output === undefined ? process.stdout : createWriteStream(output, { mode: 0o600 })
  await pipeline(Readable.from(pieces), target, { end: output !== undefined }).finally(bar.stop)
  documents.close()
  sessions.close()
  log.close()
}

const run = async (): Promise<void> => {
  const invocation = readOptions(process.argv.slice(2), process.env)
  const { command, options } = invocation
  if (command === 'help') return print(help)
  if (command === 'version') return print(`${version}\n`)
  if (command === 'erase') return erase(options, invocation)
  if (command === 'export') return exportTo(options, invocation)
  await (command === 'rebuild' ? rebuildSessions(options) : serve(options))
}

run().catch((error: unknown) => fail(explain(error)))
