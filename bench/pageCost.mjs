// What the start and 500 events cost a page, with the scripts of several checkouts, built, in turn, in one Chromium, above an empty page:
// node bench/pageCost.mjs [CHECKOUT ...]
// Medians of ROUNDS rounds (5), each of them half a minute for each checkout and for the empty page.
import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { ensureBrowsers } from '../scripts/ensureBrowsers.mjs'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { root } from '../scripts/run.mjs'
import { median } from './median.mjs'
import { launchBrowser } from './page/launchBrowser.mjs'
import { measureCost, measureHeap } from './page/measureCost.mjs'
import { openSubject } from './page/openSubject.mjs'
import { subjects } from './page/subjects.mjs'
import { createProgress } from './progress.mjs'

const rounds = Number(process.env.ROUNDS ?? 5)

ensureBuild()
await ensureBrowsers(['chromium'])
const subjectOf = (/** @type {string} */ wanted) => {
  const subject = subjects.find(({ id }) => id === wanted)
  if (!subject) throw new Error(`${wanted} is no subject`)
  return subject
}
const opened = [
  { name: 'empty', ...(await openSubject(subjectOf('empty'), root)) },
  { name: 'control', ...(await openSubject(subjectOf('control'), root)) },
  ...(await Promise.all(
    ['.', ...process.argv.slice(2)].map(async path => {
      const checkout = resolve(path)
      return { name: basename(checkout), ...(await openSubject(subjectOf('sojourn'), '', readFileSync(join(checkout, 'dist/sojourn.js')))) }
    }),
  )),
]
const found = opened.map(({ name }) => ({ name, all: /** @type {Record<string, number>[]} */ ([]) }))
const bar = createProgress().start('rounds', rounds * opened.length)
const browser = await launchBrowser()
let done = 0
try {
  for (let round = 0; round < rounds; round++) {
    for (const [i, each] of opened.entries()) {
      found[i]?.all.push({ ...(await measureCost(browser, each)), heap: await measureHeap(browser, each) })
      bar.update(++done)
    }
  }
} finally {
  bar.stop()
  await browser.close()
  for (const { sink } of opened) sink.stop()
}

const [empty, ...others] = found
for (const { name, all } of others) {
  const of = (/** @type {string} */ what) => median(all.map(each => each[what] ?? NaN))
  const above = (/** @type {string} */ what) => median(all.map((each, i) => (each[what] ?? NaN) - (empty?.all[i]?.[what] ?? NaN)))
  const told = {
    'script evaluated, ms': of('evaluation'),
    'first second, ms': above('start'),
    'longest task, ms': of('longestAtStart'),
    'track() median, ms': of('callMedian'),
    'p95, ms': of('callP95'),
    '500 events, ms': above('events'),
    'bytes per 100': of('bytesPer100'),
    'requests per 100': of('requestsPer100'),
    'heap, KB': above('heap') / 1000,
  }
  process.stdout.write(`${name.padEnd(16)} ${Object.entries(told).map(([what, value]) => `${what} ${Number(value.toFixed(3))}`).join('; ')}\n`)
}
