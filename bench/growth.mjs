// Whether a collector stays as quick as it grows: npm run bench:growth [-- EVENTS]
// Fills a log (ten million events if nothing is said: about 12 GB in the folder for temporary files, and half an hour), lets the collector
// make its Sessions, and compares it with an empty one in turn. With fewer than a million events, or ROUNDS, SECONDS or TRIALS, nothing is
// written: `ROUNDS=1 SECONDS=1 TRIALS=20 npm run bench:growth -- 20000` takes half a minute.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { fillLog } from './fillLog.mjs'
import { createBatches, eventsPerBatch } from './makeBatch.mjs'
import { measureReads } from './measureReads.mjs'
import { measureSustained } from './measureSustained.mjs'
import { median } from './median.mjs'
import { createProgress } from './progress.mjs'
import { startServer } from './startServer.mjs'
import { createReporter, isShortened } from './writeReport.mjs'

const events = Number(process.argv[2] ?? 10_000_000)
const rounds = Number(process.env.ROUNDS ?? 5)
const seconds = Number(process.env.SECONDS ?? 5)
const budgets = { rate: 0.9, startMs: 2000, readMs: 10 }
/** How much slower, or larger, it may be than at the beginning. */
const bounds = { start: 2, memory: 1.5 }
const day = 86_400_000
/** Milliseconds between two looks at how far the Sessions are. */
const askEvery = 500

const report = createReporter('growth', { isWhole: events >= 1_000_000 && !isShortened(['ROUNDS', 'SECONDS', 'TRIALS', 'WARM_UP']) })
if (!(events >= 10_000)) throw new Error('EVENTS: expected a number of 10000 or more')
ensureBuild()

const folder = mkdtempSync(join(tmpdir(), 'sojourn-growth-'))
const full = join(folder, 'full')
const count = Math.floor(events / eventsPerBatch)
const to = Date.now() - day
const batches = createBatches({ count, from: to - 365 * day, to })
const progress = createProgress()

/** Makes Sessions of the whole log. @returns batches a second and bytes of memory, of each tenth of it */
const fold = async () => {
  const server = await startServer(['collector', full])
  const bar = progress.start('Sessions', count)
  /** @type {{ rate: number, memory: number }[]} */
  const tenths = []
  let [from, since] = [0, performance.now()]
  for (let position = 0; position < count; ) {
    const [{ projection }, memory] = [await server.positions(), await server.memory()]
    position = projection
    bar.update(position)
    await delay(askEvery)
    if (position - from < count / 10) continue
    tenths.push({ rate: Math.round(((position - from) / (performance.now() - since)) * 1000), memory })
    ;[from, since] = [position, performance.now()]
  }
  bar.stop()
  await server.caughtUp()
  await server.stop()
  return tenths
}

/** Milliseconds until a collector listens, and is ready. */
const measureStart = async (/** @type {string} */ data) => {
  const startedAt = performance.now()
  const server = await startServer(['collector', data])
  const listens = performance.now() - startedAt
  await server.caughtUp()
  const ready = performance.now() - startedAt
  await server.stop()
  return { listens, ready }
}

/** What an empty collector and the full one do in turn, in one and the same run. */
const compare = async () => {
  /** @type {{ empty: Awaited<ReturnType<typeof measureSustained>>, full: Awaited<ReturnType<typeof measureSustained>>, emptyStart: Awaited<ReturnType<typeof measureStart>>, fullStart: Awaited<ReturnType<typeof measureStart>> }[]} */
  const all = []
  const bar = progress.start('compared', rounds)
  for (let round = 0; round < rounds; round++) {
    const empty = join(folder, `empty-${round}`)
    all.push({
      empty: await measureSustained(empty, { seconds }),
      full: await measureSustained(full, { seconds }),
      emptyStart: await measureStart(empty),
      fullStart: await measureStart(full),
    })
    rmSync(empty, { recursive: true })
    bar.update(round + 1)
  }
  bar.stop()
  return all
}

const toMegabytes = (/** @type {number} */ bytes) => Math.round(bytes / 1e6)

try {
  const filled = await fillLog(full, { batches, count, progress })
  const tenths = await fold()
  const compared = await compare()
  const rate = median(compared.map(each => each.full.sustained))
  const reads = await measureReads(full, { batches, count, rate: rate / 2 })

  const of = (/** @type {(each: typeof compared[number]) => number} */ read) => median(compared.map(read))
  const figures = {
    events,
    sessions: count,
    filledPerSecond: filled,
    bytes: { log: statSync(join(full, 'log.sqlite')).size, sessions: statSync(join(full, 'sessions.sqlite')).size },
    acknowledged: { empty: of(each => each.empty.acknowledged), full: of(each => each.full.acknowledged), ratio: of(each => each.full.acknowledged / each.empty.acknowledged) },
    sustained: { empty: of(each => each.empty.sustained), full: rate, ratio: of(each => each.full.sustained / each.empty.sustained) },
    start: { empty: of(each => each.emptyStart.ready), full: of(each => each.fullStart.ready), listens: of(each => each.fullStart.listens) },
    memory: { empty: of(each => each.empty.memory), full: of(each => each.full.memory) },
    tenths,
    reads,
  }
  const { acknowledged, sustained, start, memory } = figures
  const compareRow = (/** @type {string} */ name, /** @type {{ empty: number, full: number }} */ { empty, full }, budget = '') => [name, Math.round(empty), Math.round(full), (full / empty).toFixed(2), budget]
  report({
    title: 'Growth',
    command: 'npm run bench:growth',
    about: `A store of ${events.toLocaleString('en')} events in ${count.toLocaleString('en')} Sessions of one year (at the end, with what the rounds have sent: log ${toMegabytes(figures.bytes.log)} MB, Sessions ${toMegabytes(figures.bytes.sessions)} MB), and an empty one, in turn.`,
    versions: {},
    figures,
    tables: [
      {
        caption: 'Empty and full, medians',
        head: ['', 'empty', 'full', 'ratio', 'budget'],
        rows: [
          compareRow('batches of 10 acknowledged, per second', acknowledged, `ratio ${budgets.rate}`),
          compareRow('batches of 10 folded into Sessions, per second', sustained, `ratio ${budgets.rate}`),
          compareRow('start until all is ready, ms', start, `${budgets.startMs} ms`),
          compareRow('memory under load, MB', { empty: memory.empty / 1e6, full: memory.full / 1e6 }, `ratio ${bounds.memory}`),
        ],
      },
      {
        caption: 'While the Sessions were made, by tenths of the log',
        head: ['', ...tenths.map((_, i) => `${i + 1}.`)],
        rows: [
          ['batches per second', ...tenths.map(each => each.rate)],
          ['memory, MB', ...tenths.map(each => toMegabytes(each.memory))],
        ],
      },
      {
        caption: `Reads with everything stored, ms; busy: at half of the rate that it sustains`,
        head: ['', 'median', 'p99', 'read from the disk, KB', 'busy: median', 'busy: p99', 'budget (p99)'],
        rows: Object.entries(reads).map(([name, { idle, busy }]) => [name, idle.median.toFixed(2), idle.p99.toFixed(2), (idle.disk / 1000).toFixed(0), busy.median.toFixed(2), busy.p99.toFixed(2), budgets.readMs]),
      },
    ],
  })
  const isFlat = Math.min(acknowledged.ratio, sustained.ratio) >= budgets.rate
  if (!isFlat || start.full / start.empty > bounds.start || memory.full / memory.empty > bounds.memory) process.exitCode = 1
} finally {
  progress.stop()
  rmSync(folder, { recursive: true, force: true })
}
