import { percentile } from '../median.mjs'
import { readTrace, traceCategories } from './readTrace.mjs'

/** Events, and seconds over which they are spread. */
const run = { events: 500, seconds: 20 }

/** Milliseconds after the start that count as starting, and after the last event until everything is sent. */
const settle = { start: 1000, end: 7000 }

const throttle = 4

/** Opens a subject in a fresh profile, at a fourth of the processor's speed, and traces it. */
const start = async (/** @type {import('playwright-core').Browser} */ browser, /** @type {import('./openSubject.mjs').OpenSubject} */ { sink }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await page.goto(`${sink.site}/elsewhere`)
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  await browser.startTracing(page, { categories: traceCategories })
  sink.forget()
  await page.addInitScript(() => performance.mark('bench:start'))
  await page.goto(sink.site)
  await page.waitForTimeout(settle.start)
  return { context, page, session }
}

/** What the start of a subject costs the page. It scatters more than what comes after it, and takes a second: so it is looked at more often. */
export const measureStart = async (/** @type {import('playwright-core').Browser} */ browser, /** @type {import('./openSubject.mjs').OpenSubject} */ opened) => {
  const { context, page } = await start(browser, opened)
  await page.evaluate(() => void performance.mark('bench:loaded'))
  const trace = readTrace(await browser.stopTracing())
  await context.close()
  return trace
}

/**
 * Opens a subject, tracks events, and measures what that costs the page.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {import('./openSubject.mjs').OpenSubject} opened
 */
export const measureCost = async (browser, opened) => {
  const { subject, sink } = opened
  const { context, page, session } = await start(browser, opened)
  // The budgets of what comes after the start are those of a processor at full speed.
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const calls = await page.evaluate(
    async ({ events, seconds, id }) => {
      performance.mark('bench:loaded')
      const { trackBench } = /** @type {{ trackBench(marker: string): void }} */ (/** @type {unknown} */ (globalThis))
      /** @type {number[]} */
      const times = []
      await new Promise(resolve => {
        const timer = setInterval(() => {
          const startedAt = performance.now()
          trackBench(`bench-${id}-${times.length}-end`)
          times.push(performance.now() - startedAt)
          if (times.length < events) return
          clearInterval(timer)
          resolve(undefined)
        }, (seconds * 1000) / events)
      })
      return times
    },
    { ...run, id: subject.id },
  )
  await page.waitForTimeout(settle.end)
  await page.evaluate(() => void performance.mark('bench:end'))
  const trace = readTrace(await browser.stopTracing())
  await page.close({ runBeforeUnload: true })
  await context.close()
  const { bytes, requests } = sink.traffic()
  return {
    ...trace,
    callMedian: percentile(calls, 0.5),
    callP95: percentile(calls, 0.95),
    bytesPer100: (bytes / run.events) * 100,
    requestsPer100: (requests / run.events) * 100,
    taken: sink.taken().size,
  }
}

/** @typedef {Awaited<ReturnType<typeof measureCost>>} Cost */
/** @typedef {Awaited<ReturnType<typeof measureStart>>} Start */

/** Bytes of JavaScript's heap that a page with the subject keeps after its start. */
export const measureHeap = async (/** @type {import('playwright-core').Browser} */ browser, /** @type {import('./openSubject.mjs').OpenSubject} */ { sink }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await page.goto(sink.site)
  await page.waitForTimeout(2 * settle.start)
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await context.close()
  return usedSize
}
