import { existsSync } from 'node:fs'
import { toBanner } from './banner.ts'
import { createCollector } from './createCollector.ts'
import { toDataFiles } from './dataFiles.ts'
import { createReferrerNames } from './enrich/referrers/createReferrerNames.ts'
import { openReferrers } from './enrich/referrers/openReferrers.ts'
import { createToArrivalFacts } from './enrich/toArrivalFacts.ts'
import { createToFacts } from './enrich/toFacts.ts'
import { toSettings, type CollectorOptions } from './options.ts'
import { startProgressBar } from './progressBar.ts'
import { help, readOptions } from './readOptions.ts'
import { rebuild } from './rebuild.ts'
import { createDefinitionStore } from './segments/createDefinitionStore.ts'
import { openDefinitionFile } from './segments/definitionFile.ts'
import { createSqliteEventLog } from './sqlite/createSqliteEventLog.ts'
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
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string }
  if (code === 'EADDRINUSE') return `Port ${port} is in use. End what uses it, or take another: --port 0 takes any that is free.`
  if (code === 'EACCES' && port !== undefined) return `Port ${port} is not for this user. Ports from 1024 on are: --port 4800`
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${address}. --host 127.0.0.1 is this machine alone, 0.0.0.0 all of its addresses.`
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

/** Makes all Sessions anew. The collector must not run meanwhile. */
const rebuildSessions = async (options: CollectorOptions): Promise<void> => {
  const settings = toSettings(options)
  const { data, sites, referrers } = settings
  const { logFile, sessionsFile } = toDataFiles(data)
  if (!existsSync(logFile)) return fail(`There is no event log in ${data}. --data names the folder of the databases.`)
  const toArrivalFacts = createToArrivalFacts(createReferrerNames(openReferrers(referrers)))
  const unlock = lockFolder(data)
  const log = createSqliteEventLog({ file: logFile, check: true })
  const sessions = createSqliteSessionStore({ file: sessionsFile, sites })
  const definitions = createDefinitionStore({ file: openDefinitionFile(data), configured: settings, now: Date.now }).all()
  const bar = startProgressBar('Sessions', log.last())
  const { folded, duplicates } = await rebuild({ log, sessions, sites, toFacts: createToFacts(), toArrivalFacts, definitions, onProgress: bar.update }).finally(bar.stop)
  sessions.close()
  log.close()
  unlock()
  print(`Made the Sessions of ${folded} events anew; ${duplicates} had come twice.\n`)
}

const run = async (): Promise<void> => {
  const { command, options } = readOptions(process.argv.slice(2), process.env)
  if (command === 'help') return print(help)
  if (command === 'version') return print(`${version}\n`)
  await (command === 'rebuild' ? rebuildSessions(options) : serve(options))
}

run().catch((error: unknown) => fail(explain(error)))
