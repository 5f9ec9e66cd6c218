// What taking in events costs, beside a server that only parses the same bodies: npm run bench:ingest
// Both run in turn, some rounds in one go, each in a process of its own, as does what sends. What counts are the ratios.
// With ROUNDS, SECONDS or WARM_UP nothing is written: `ROUNDS=1 SECONDS=1 WARM_UP=1 npm run bench:ingest` takes some twenty seconds.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { measureLag } from './measureLag.mjs'
import { measureSustained, warmUp } from './measureSustained.mjs'
import { median, percentile } from './median.mjs'
import { runLoad } from './runLoad.mjs'
import { startServer } from './startServer.mjs'
import { createReporter, isShortened } from './writeReport.mjs'

const rounds = Number(process.env.ROUNDS ?? 7)
const seconds = Number(process.env.SECONDS ?? 4)
const budgets = { acknowledged: 0.6, sustained: 0.2, lagMs: 250 }

ensureBuild()

/** @template T @param {(folder: string) => Promise<T>} work with a data folder of its own */
const inFolder = async work => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-ingest-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const measureParse = async () => {
  const server = await startServer(['parse'])
  await runLoad(server.port, { seconds: warmUp })
  const { acknowledged, seconds: took } = await runLoad(server.port, { seconds })
  await server.stop()
  return acknowledged / took
}

/** @type {number[]} */
const parsed = []
/** @type {Awaited<ReturnType<typeof measureSustained>>[]} */
const collected = []
for (let round = 0; round < rounds; round++) {
  parsed.push(await measureParse())
  collected.push(await inFolder(folder => measureSustained(folder, { seconds })))
}
const sustained = median(collected.map(each => each.sustained))
const lags = await inFolder(folder => measureLag(folder, { rate: sustained / 2, seconds: 4 * seconds }))

const ratioOf = (/** @type {'acknowledged' | 'sustained'} */ what) => Number(median(collected.map((each, i) => each[what] / (parsed[i] ?? NaN))).toFixed(2))
const figures = {
  parsedPerSecond: Math.round(median(parsed)),
  acknowledgedPerSecond: Math.round(median(collected.map(each => each.acknowledged))),
  acknowledgedRatio: ratioOf('acknowledged'),
  sustainedPerSecond: Math.round(sustained),
  sustainedRatio: ratioOf('sustained'),
  acknowledgementP99: Number(median(collected.map(each => each.p99)).toFixed(1)),
  lagMedian: Number(median(lags).toFixed(1)),
  lagP99: Number(percentile(lags, 0.99).toFixed(1)),
  refused: collected.reduce((sum, { refused }) => sum + refused, 0),
}
createReporter('ingest', { isWhole: !isShortened(['ROUNDS', 'SECONDS', 'WARM_UP']) })({
  title: 'Ingest',
  command: 'npm run bench:ingest',
  about: `Batches of ten events over 128 connections, each answered before the next is sent; a collector, and a server that only parses the same bodies, in turn, ${rounds} rounds, each after ${warmUp} seconds of the same load. Medians.`,
  versions: {},
  figures,
  tables: [
    {
      caption: 'Batches of 10 events',
      head: ['', 'per second', 'of parsing alone', 'budget'],
      rows: [
        ['parsed, and answered', figures.parsedPerSecond, 1, ''],
        ['acknowledged: durable in the log', figures.acknowledgedPerSecond, figures.acknowledgedRatio, budgets.acknowledged],
        ['sustained: folded, and readable as Sessions', figures.sustainedPerSecond, figures.sustainedRatio, budgets.sustained],
      ],
    },
    {
      caption: 'Times, ms',
      head: ['', 'median', 'p99', 'budget (p99)'],
      rows: [
        ['until the acknowledgement, with 128 batches under way at any time', '', figures.acknowledgementP99, ''],
        ['from acknowledgement to readable Session, at half of the sustained load', figures.lagMedian, figures.lagP99, budgets.lagMs],
      ],
    },
  ],
})
if (figures.acknowledgedRatio < budgets.acknowledged || figures.sustainedRatio < budgets.sustained || figures.refused) process.exitCode = 1
