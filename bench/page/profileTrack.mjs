/** Milliseconds without a transaction after which everything counts as stored. */
const quiet = 400

/** Events before anything is measured: code is compiled as it turns out to be busy. */
const warmUp = 300

/** Tells how many transactions that write are under way, how many there were, and when the last one ended. */
const watchTransactions = () => {
  const watched = { open: 0, count: 0, endedAt: 0 }
  Object.assign(globalThis, { watched })
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (/** @type {[string | string[], IDBTransactionMode?, IDBTransactionOptions?]} */ ...args) {
    const opened = transaction.apply(this, args)
    if (args[1] !== 'readwrite') return opened
    watched.open++
    watched.count++
    const end = () => {
      watched.open--
      watched.endedAt = performance.now()
    }
    opened.addEventListener('complete', end)
    opened.addEventListener('abort', end)
    return opened
  }
}

/** @typedef {{ watched: { open: number, count: number, endedAt: number }, trackBench(marker: string): void }} Watched */

/** Runs in the page: tracks events in one task, and resolves when they are stored. @param {{ events: number, quiet: number }} options */
const trackAll = async ({ events, quiet }) => {
  const { watched, trackBench } = /** @type {Watched} */ (/** @type {unknown} */ (globalThis))
  const before = watched.count
  const startedAt = performance.now()
  for (let i = 0; i < events; i++) trackBench(`bench-profile-${i}-end`)
  const call = performance.now() - startedAt
  while (watched.open || watched.count === before || performance.now() - watched.endedAt < quiet) await new Promise(resolve => setTimeout(resolve, 50))
  return { call, transactions: watched.count - before }
}

/** @typedef {{ id: number, callFrame: { functionName: string, url: string, lineNumber: number, columnNumber: number } }} Node */

/**
 * What ran, by its own time, as shares of all but idleness. Functions of the script have no names of their own: their place is told.
 *
 * @param {{ nodes: Node[], samples?: number[], timeDeltas?: number[] }} profile
 * @returns {[name: string, share: number][]}
 */
const toShares = ({ nodes, samples = [], timeDeltas = [] }) => {
  const names = new Map(nodes.map(({ id, callFrame: { functionName, url, columnNumber } }) => [id, url.endsWith('/subject.js') ? `script, ${functionName || 'a function'} at ${columnNumber}` : functionName || 'a function']))
  /** @type {Map<string, number>} */
  const times = new Map()
  samples.forEach((id, i) => {
    const name = names.get(id) ?? ''
    if (name !== '(idle)') times.set(name, (times.get(name) ?? 0) + (timeDeltas[i] ?? 0))
  })
  const total = [...times.values()].reduce((sum, time) => sum + time, 0)
  return [...times].map(([name, time]) => /** @type {[string, number]} */ ([name, time / total])).sort((a, b) => b[1] - a[1])
}

/**
 * Tracks events in a page that is offline.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ url: string, events: number }} options
 * @returns microseconds an event costs the main thread, of its processor, until it is stored; of the clock, those of the call; write
 *   transactions; shares of a profile
 */
export const profileTrack = async (browser, { url, events }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await page.addInitScript(watchTransactions)
  await page.goto(url)
  await page.waitForFunction(() => /** @type {Watched} */ (/** @type {unknown} */ (globalThis)).watched.endedAt > 0)
  await context.setOffline(true)
  await page.evaluate(trackAll, { events: warmUp, quiet })
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const readTime = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN
  const before = await readTime()
  const { call, transactions } = await page.evaluate(trackAll, { events, quiet })
  const total = (await readTime()) - before
  // Once more for the profile, which costs something itself.
  await session.send('Profiler.enable')
  await session.send('Profiler.setSamplingInterval', { interval: 200 })
  await session.send('Profiler.start')
  await page.evaluate(trackAll, { events, quiet })
  const { profile } = await session.send('Profiler.stop')
  await context.close()
  return { total: (total * 1e6) / events, call: (call * 1000) / events, transactions, shares: toShares(profile) }
}
