// Microseconds of the processor that a batch costs each thread of a server: node bench/processorTime.mjs [CHECKOUT ...]
// The collector of other checkouts, built, is measured beside this one's. All run in turn, in short slices, so that other programs on a busy
// machine disturb one as much as the other; a median tells what is usual. Linux alone tells it of threads.
// A profile beside it: node --cpu-prof --cpu-prof-dir=profiles bench/processorTime.mjs
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { median } from './median.mjs'
import { createProgress } from './progress.mjs'
import { runLoad } from './runLoad.mjs'
import { startServer } from './startServer.mjs'
import { threadTimes } from './threadTimes.mjs'

/** Batches before anything is measured: code is compiled as it turns out to be busy. */
const warmUp = 8000
const slices = Number(process.env.SLICES ?? 24)
const batches = 1500
/** Long enough for any machine. */
const seconds = 600

const open = async (/** @type {string} */ name, /** @type {string[]} */ args) => {
  const server = await startServer(args)
  await runLoad(server.port, { batches: warmUp, seconds })
  return { name, server, main: /** @type {number[]} */ ([]), others: /** @type {number[]} */ ([]) }
}

/** @param {Awaited<ReturnType<typeof open>>} opened */
const measure = async ({ name, server, main, others }) => {
  const before = threadTimes(server.pid)
  const { acknowledged } = await runLoad(server.port, { batches, seconds })
  // What is acknowledged and not folded yet is part of its cost.
  if (name !== 'parse') await server.caughtUp()
  const spent = Object.entries(threadTimes(server.pid)).map(([thread, time]) => ({ isMain: Number(thread) === server.pid, cost: (time - (before[thread] ?? 0)) / acknowledged }))
  const sum = (/** @type {boolean} */ ofMain) => spent.filter(({ isMain }) => isMain === ofMain).reduce((sum, { cost }) => sum + cost, 0)
  main.push(sum(true))
  others.push(sum(false))
}

ensureBuild()
const folder = mkdtempSync(join(tmpdir(), 'sojourn-processor-'))
const checkouts = ['.', ...process.argv.slice(2)].map(path => resolve(path))
const opened = [await open('parse', ['parse'])]
for (const [i, checkout] of checkouts.entries()) opened.push(await open(basename(checkout), ['collector', join(folder, String(i)), checkout]))
const progress = createProgress()
const bar = progress.start('slices', slices)
for (let slice = 0; slice < slices; slice++) {
  for (const each of opened) await measure(each)
  bar.update(slice + 1)
}
bar.stop()
const [parse] = opened
for (const { name, server, main, others } of opened) {
  await server.stop()
  const ratio = median((parse?.main ?? []).map((time, i) => time / (main[i] ?? NaN)))
  process.stdout.write(`${JSON.stringify({ name, main: Math.round(median(main)), others: Math.round(median(others)), ratio: Number(ratio.toFixed(2)) })}\n`)
}
rmSync(folder, { recursive: true })
