// What a tracker costs a page, and what becomes of its events when things go wrong, beside what users would pick instead, all in one
// run: npm run bench:page [-- IDS]
// With ids of `page/subjects.mjs` only those are looked at, once, and nothing is written. PARTS=costs,own,faults (any of them) looks at some
// things alone, TRIALS=1 at each fault once, HOURS=1 at an hour of the day of use.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ensureBuild } from '../scripts/ensureBuild.mjs'
import { ensureBrowsers } from '../scripts/ensureBrowsers.mjs'
import { ensurePackages } from '../scripts/ensurePackages.mjs'
import { median } from './median.mjs'
import { measureDay, measureFirstEvent, measureHidden } from './page/checkSojourn.mjs'
import { launchBrowser } from './page/launchBrowser.mjs'
import { measureCost, measureHeap, measureStart } from './page/measureCost.mjs'
import { openSubject } from './page/openSubject.mjs'
import { runScenario } from './page/runScenario.mjs'
import { scenarios } from './page/scenarios.mjs'
import { subjects } from './page/subjects.mjs'
import { toPageReport } from './page/toPageReport.mjs'
import { createProgress } from './progress.mjs'
import { createReporter, isShortened } from './writeReport.mjs'

const wanted = process.argv.slice(2)
/** What is looked at: what each costs, what only Sojourn is asked for, and what becomes of events when things go wrong. */
const parts = (process.env.PARTS ?? 'costs,own,faults').split(',')
const isWhole = !wanted.length && !isShortened(['PARTS', 'TRIALS', 'HOURS', 'ROUNDS'])
const rounds = Number(process.env.ROUNDS ?? (isWhole ? 2 : 1))
const heapRounds = 3
/** Starts that are looked at in a round, beside the one before the events. */
const startRounds = 4

ensureBuild()
await ensureBrowsers(['chromium'])
const packages = ensurePackages({ source: 'bench', name: 'bench', what: 'what Sojourn is measured against' })

const measured = subjects.filter(({ id }) => isWhole || ['empty', 'control', 'sojourn', ...wanted].includes(id))
const opened = await Promise.all(measured.map(subject => openSubject(subject, packages)))
const progress = createProgress()

const versionOf = (/** @type {string} */ name) => /** @type {string} */ (createRequire(join(packages, 'package.json'))(join(packages, 'node_modules', name, 'package.json')).version)

/** @returns {Promise<import('./page/toPageReport.mjs').Measured['costs']>} */
const measureCosts = async (/** @type {import('playwright-core').Browser} */ browser) => {
  const costs = Object.fromEntries(opened.map(({ subject }) => [subject.id, { costs: /** @type {import('./page/measureCost.mjs').Cost[]} */ ([]), starts: /** @type {import('./page/measureCost.mjs').Start[]} */ ([]), heaps: /** @type {number[]} */ ([]) }]))
  const bar = progress.start('costs', rounds * opened.length)
  let done = 0
  for (let round = 0; round < rounds; round++) {
    for (const each of opened) {
      costs[each.subject.id]?.costs.push(await measureCost(browser, each))
      bar.update(++done)
    }
    for (let i = 0; i < startRounds; i++) for (const each of opened) costs[each.subject.id]?.starts.push(await measureStart(browser, each))
    for (let i = 0; i < heapRounds; i++) for (const each of opened) costs[each.subject.id]?.heaps.push(await measureHeap(browser, each))
  }
  bar.stop()
  return costs
}

const runScenarios = async () => {
  /** @type {Record<string, Record<string, import('./page/runScenario.mjs').Outcome>>} */
  const outcomes = {}
  const bar = progress.start('faults', scenarios.length)
  for (const scenario of scenarios) {
    const trials = Math.min(scenario.trials, Number(process.env.TRIALS ?? Infinity))
    outcomes[scenario.name] = await runScenario({ ...scenario, trials }, opened.filter(({ subject }) => subject.id !== 'empty'))
    bar.update(Object.keys(outcomes).length)
  }
  bar.stop()
  return outcomes
}

const measureOwn = async (/** @type {import('playwright-core').Browser} */ browser) => {
  const [sojourn, empty] = ['sojourn', 'empty'].map(id => opened.find(({ subject }) => subject.id === id))
  if (!sojourn || !empty) throw new Error('Sojourn or the empty page is not among the subjects')
  /** @type {Awaited<ReturnType<typeof measureFirstEvent>>[]} */
  const first = []
  for (let round = 0; round < rounds; round++) first.push(await measureFirstEvent(browser, sojourn))
  const of = (/** @type {keyof typeof first[number]} */ name) => median(first.map(each => each[name]))
  const hidden = await measureHidden(browser, sojourn)
  const day = await measureDay(browser, sojourn)
  // The clock that is moved on notes each move in the page: an empty page grows, too.
  const bare = await measureDay(browser, empty)
  const growthOf = (/** @type {keyof import('./page/checkSojourn.mjs').DayHeap} */ part) => (day.day[part] - (bare.day[part] - bare.hour[part])) / day.hour[part]
  return {
    first: { queued: of('queued'), durable: of('durable'), writes: of('writes') },
    hidden,
    day: { events: day.events, all: growthOf('all'), kept: growthOf('kept') },
  }
}

const browser = await launchBrowser()
try {
  const has = (/** @type {string} */ part) => parts.includes(part)
  const costs = has('costs') ? await measureCosts(browser) : undefined
  const day = has('own') ? await measureOwn(browser) : undefined
  const faults = has('faults') ? await runScenarios() : undefined
  if (!costs || !day || !faults) process.stdout.write(`${JSON.stringify({ costs, own: day, faults }, undefined, 2)}\n`)
  else {
    const { report, isKept } = toPageReport({ subjects: measured, costs, faults, own: day })
    const versions = Object.fromEntries(measured.flatMap(({ package: name }) => (name ? [[name, versionOf(name)]] : [])))
    createReporter('page', { isWhole })({ ...report, versions: { Chromium: browser.version(), ...versions } })
    if (!isKept) process.exitCode = 1
  }
} finally {
  progress.stop()
  await browser.close()
  for (const { sink } of opened) sink.stop()
}
