import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createBatches, eventsPerBatch } from '../../bench/makeBatch.mjs'
import { createReferrerNames } from '../../src/collector/enrich/referrers/createReferrerNames.ts'
import { openReferrers } from '../../src/collector/enrich/referrers/openReferrers.ts'
import { createToArrivalFacts } from '../../src/collector/enrich/toArrivalFacts.ts'
import { createToFacts } from '../../src/collector/enrich/toFacts.ts'
import { rebuild } from '../../src/collector/projection/rebuild.ts'
import { createSqliteEventLog } from '../../src/collector/sqlite/createSqliteEventLog.ts'
import { createSqliteSessionStore } from '../../src/collector/sqlite/createSqliteSessionStore.ts'

const document = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8')

const documented = (name: string): number => Number(new RegExp(`<!-- disk:${name} -->([\\d.]+) GB<!-- /disk -->`).exec(document)?.[1])

const visits = 2000

/** Room that visits of ten pageviews take, GB for a million pageviews. */
const measure = async (batchesPerVisit: number): Promise<{ log: number; sessions: number }> => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-disk-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [logFile, sessionsFile] = [join(folder, 'log.sqlite'), join(folder, 'sessions.sqlite')]
  const sites = [{ id: 'shop', origins: ['https://shop.example.com'] }]
  const log = createSqliteEventLog({ file: logFile })
  const { batchOf } = createBatches({ count: visits, from: 1785585600000, to: 1785672000000 })
  const eventsOf = eventsPerBatch / batchesPerVisit
  for (let n = 0; n < visits; n++) {
    const visit = batchOf(n)
    const batches = Array.from({ length: batchesPerVisit }, (_, i) => ({ ...visit, batch: { ...visit.batch, events: visit.batch.events.slice(i * eventsOf, (i + 1) * eventsOf) } }))
    await Promise.all(batches.map(each => log.append(each)))
  }
  const sessions = createSqliteSessionStore({ file: sessionsFile, sites, log })
  await rebuild({ log, sessions, sites, toFacts: createToFacts(), toArrivalFacts: createToArrivalFacts(createReferrerNames(openReferrers(undefined))) })
  sessions.close()
  log.close()
  const toGigabytes = (file: string): number => (statSync(file).size / (visits * eventsPerBatch)) * 1e-3
  return { log: toGigabytes(logFile), sessions: toGigabytes(sessionsFile) }
}

test.each([
  ['together', 1],
  ['alone', eventsPerBatch],
])('a million pageviews that come %s take the room that stands in the document', async (name, batchesPerVisit) => {
  const measured = await measure(batchesPerVisit)
  for (const file of ['log', 'sessions'] as const) {
    const said = documented(`${file}-${name}`)
    expect(Math.abs(said / measured[file] - 1), `${file}, measured: ${measured[file].toFixed(2)} GB`).toBeLessThan(0.1)
  }
}, 60_000)
