// What reading a page of Sessions costs a collector: node bench/readTime.mjs [CHECKOUT ...]
// The collector of this checkout, and of others, built, makes Sessions of the same log, and is asked for the same pages, in turn, some at a
// time, and all have to answer alike. Prints milliseconds until the answer is there, microseconds of the processor of the thread that
// answers (the mean: one request in some pays for the collection of garbage), and bytes. Linux alone tells processor time of threads.
// A profile beside it: node --cpu-prof --cpu-prof-dir=profiles bench/readTime.mjs
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { createGet } from './createGet.mjs'
import { fillLog } from './fillLog.mjs'
import { createBatches } from './makeBatch.mjs'
import { median, percentile } from './median.mjs'
import { createProgress } from './progress.mjs'
import { startServer } from './startServer.mjs'
import { threadTimes } from './threadTimes.mjs'

/** What a page costs hardly depends on how many Sessions there are. */
const count = Number(process.env.SESSIONS ?? 20_000)
/** Requests of each kind; before they count, as many as it takes until code is compiled. */
const trials = Number(process.env.TRIALS ?? 500)
const warmUp = 200
/** Requests that one collector is asked in a row: what another does after its answers would be in the way of each. */
const slice = 50
const day = 86_400_000

ensureBuild()
const folder = mkdtempSync(join(tmpdir(), 'sojourn-read-'))
const progress = createProgress()
// All of them are over: what is shown of them does not depend on the moment.
const to = Date.now() - day
const batches = createBatches({ count, from: to - 365 * day, to })
const place = () => Math.floor(Math.random() * count)
/** @type {Record<string, () => string>} */
const kinds = {
  'a Session by its id': () => `/v1/sessions/${batches.sessionOf(place())}`,
  'a page of 50, the newest': () => '/v1/sessions?limit=50',
  'a page of 50, before any instant': () => `/v1/sessions?site=shop&limit=50&to=${batches.batchOf(place()).receivedAt}`,
  'a page of 50 that are ended': () => `/v1/sessions?status=ended&limit=50&to=${batches.batchOf(place()).receivedAt}`,
}

/** @typedef {{ ms: number[], processor: number[], bytes: number[] }} Taken of one kind */

const open = async (/** @type {string} */ checkout, /** @type {number} */ i) => {
  const data = join(folder, String(i))
  cpSync(join(folder, 'log'), data, { recursive: true })
  const server = await startServer(['collector', data, checkout])
  await server.caughtUp()
  const taken = Object.fromEntries(Object.keys(kinds).map(kind => [kind, /** @type {Taken} */ ({ ms: [], processor: [], bytes: [] })]))
  return { name: basename(checkout), server, http: createGet(server.port), taken }
}

/** @param {Awaited<ReturnType<typeof open>>} opened */
const ask = async ({ server, http, taken }, /** @type {string} */ kind, /** @type {string} */ path) => {
  const main = () => threadTimes(server.pid)[server.pid] ?? NaN
  const before = main()
  const { ms, text } = await http.get(path)
  taken[kind]?.processor.push(main() - before)
  taken[kind]?.ms.push(ms)
  taken[kind]?.bytes.push(text.length)
  return text
}

try {
  await fillLog(join(folder, 'log'), { batches, count, progress })
  const opened = []
  for (const [i, checkout] of ['.', ...process.argv.slice(2)].entries()) opened.push(await open(resolve(checkout), i))
  const bar = progress.start('requests', Object.keys(kinds).length * (warmUp + trials))
  let done = 0
  for (const [kind, toPath] of Object.entries(kinds)) {
    for (let asked = 0; asked < warmUp + trials; asked += slice) {
      const paths = Array.from({ length: slice }, toPath)
      /** @type {string[]} */
      let expected = []
      for (const each of opened) {
        const texts = []
        for (const path of paths) texts.push(await ask(each, kind, path))
        if (expected.length && texts.join() !== expected.join()) throw new Error(`${kind}: not all answer alike`)
        expected = texts
      }
      bar.update((done += slice))
    }
  }
  bar.stop()
  for (const { name, server, http, taken } of opened) {
    http.close()
    await server.stop()
    for (const [kind, { ms, processor, bytes }] of Object.entries(taken)) {
      const times = ms.slice(warmUp)
      const figures = { median: Number(median(times).toFixed(2)), p99: Number(percentile(times, 0.99).toFixed(2)), processor: Math.round(processor.slice(warmUp).reduce((sum, time) => sum + time, 0) / trials), bytes: median(bytes) }
      process.stdout.write(`${JSON.stringify({ name, kind, ...figures })}\n`)
    }
  }
} finally {
  progress.stop()
  rmSync(folder, { recursive: true, force: true })
}
