// What a batch costs from the event log to the commit of its Sessions, without HTTP: node bench/foldTime.mjs [CHECKOUT ...]
// Fills a log with batches of ten events, of visits that have five each, many at a time, as bench:ingest sends them. The projection of this
// checkout, and of others, built, makes Sessions of it: in turn, each time in a process of its own. Prints microseconds a batch, medians: of
// the processor, and until it is done.
// A profile beside it: node --cpu-prof --cpu-prof-dir=profiles bench/foldTime.mjs
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { fillLog } from './fillLog.mjs'
import { createBatches } from './makeBatch.mjs'
import { median } from './median.mjs'
import { createProgress } from './progress.mjs'

/** Batches before anything is measured: code is compiled as it turns out to be busy. */
const warmUp = 8000
const count = Number(process.env.BATCHES ?? 40_000)
const rounds = Number(process.env.ROUNDS ?? 5)
const program = fileURLToPath(new URL('foldProgram.mjs', import.meta.url))

const fold = async (/** @type {string[]} */ args) => {
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', chunk => (output += chunk))
  await once(child, 'close')
  return /** @type {{ processor: number, elapsed: number }} */ (JSON.parse(output))
}

ensureBuild()
const folder = mkdtempSync(join(tmpdir(), 'sojourn-fold-'))
const progress = createProgress()
try {
  const to = Date.now()
  await fillLog(folder, { batches: createBatches({ count, from: to - count, to, batchesPerVisit: 5, liveVisits: 128 }), count, progress })
  const checkouts = ['.', ...process.argv.slice(2)].map(path => ({ path: resolve(path), times: /** @type {Awaited<ReturnType<typeof fold>>[]} */ ([]) }))
  const bar = progress.start('rounds', rounds)
  for (let round = 0; round < rounds; round++) {
    for (const [i, { path, times }] of checkouts.entries()) times.push(await fold([path, folder, join(folder, `${round}-${i}.sqlite`), String(warmUp), String(count)]))
    bar.update(round + 1)
  }
  bar.stop()
  for (const { path, times } of checkouts) {
    const of = (/** @type {'processor' | 'elapsed'} */ what) => Math.round(median(times.map(each => each[what])))
    process.stdout.write(`${JSON.stringify({ name: basename(path), processor: of('processor'), elapsed: of('elapsed') })}\n`)
  }
} finally {
  progress.stop()
  rmSync(folder, { recursive: true })
}
