import { readSnapshot } from './readSnapshot.mjs'

/** What is looked at of Sojourn alone: what it does in its first frame, how often it writes, and what it grows to in a day. */

const throttle = 4

/** Tells when events are put into IndexedDB, and how many transactions are opened for it. */
const watchWrites = () => {
  /** @type {{ first?: number, committed?: number, frames: number, transactions: number }} */
  const watched = { frames: 0, transactions: 0 }
  Object.assign(globalThis, { watched })
  const countFrame = () => {
    if (watched.first === undefined) watched.frames++
    if (watched.committed === undefined) requestAnimationFrame(countFrame)
  }
  requestAnimationFrame(countFrame)
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (/** @type {[string | string[], IDBTransactionMode?, IDBTransactionOptions?]} */ ...args) {
    const opened = transaction.apply(this, args)
    if (args[1] === 'readwrite') {
      watched.transactions++
      watched.first ??= performance.now()
      opened.addEventListener('complete', () => (watched.committed ??= performance.now()))
    }
    return opened
  }
}

/** @typedef {{ watched: { first: number, committed: number, frames: number, transactions: number }, trackBench(marker: string): void }} Watched */

/**
 * Milliseconds, at a fourth of the processor's speed, from the start of the script until the transaction that stores the first pageview is
 * open, and until it is durable; and transactions for 100 events of one task.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {import('./openSubject.mjs').OpenSubject} opened
 */
export const measureFirstEvent = async (browser, { sink }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await page.addInitScript(watchWrites)
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  await page.goto(sink.site)
  await page.waitForFunction(() => /** @type {Watched} */ (/** @type {unknown} */ (globalThis)).watched.committed !== undefined)
  await page.waitForTimeout(500)
  const told = await page.evaluate(async () => {
    const { watched, trackBench } = /** @type {Watched} */ (/** @type {unknown} */ (globalThis))
    // The script is fetched and run within the parsing of the page: its start is the end of its download.
    const [script] = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByName(new URL('/subject.js', location.href).href))
    const startedAt = script?.responseEnd ?? NaN
    const before = watched.transactions
    for (let i = 0; i < 100; i++) trackBench(`bench-burst-${i}-end`)
    await new Promise(resolve => setTimeout(resolve, 1000))
    return { queued: watched.first - startedAt, durable: watched.committed - startedAt, frames: watched.frames, writes: watched.transactions - before }
  })
  await context.close()
  return told
}

/** Seconds between two events, and hours, of the day that is gone through. */
const day = { every: 10, hours: Number(process.env.HOURS ?? 8) }

/** @typedef {{ all: number, kept: number }} DayHeap bytes: of all, and without what the engine makes of the code, which is more the longer it runs */

/**
 * The heap after an hour and after a day of use, by a clock that is moved on: an event every ten seconds, a page every minute.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {import('./openSubject.mjs').OpenSubject} opened
 * @returns {Promise<{ hour: DayHeap, day: DayHeap, events: number }>}
 */
export const measureDay = async (browser, { sink }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await page.clock.install()
  await page.goto(sink.site)
  const readHeap = async () => {
    const sizes = await readSnapshot(session)
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    return { all: usedSize, kept: usedSize - (sizes.get('code') ?? 0) }
  }
  const steps = (day.hours * 3600) / day.every
  let hour = { all: 0, kept: 0 }
  for (let step = 1; step <= steps; step++) {
    await page.clock.runFor(day.every * 1000)
    await page.evaluate(step => {
      const { trackBench } = /** @type {Watched} */ (/** @type {unknown} */ (globalThis))
      trackBench(`bench-day-${step}-end`)
      if (step % 6 === 0) history.pushState(undefined, '', `/?page=${step}`)
    }, step)
    if (step === 3600 / day.every) hour = await readHeap()
  }
  const whole = await readHeap()
  await context.close()
  return { hour, day: whole, events: steps }
}

/** Seconds that a hidden tab is watched for, once what it had to send has gone. */
const hiddenSeconds = 60

/** Seconds of the page's clock that go by at a time. */
const hiddenStep = 10

/** Counts what runs by itself in a page: timers, intervals, frames, idle time, and transactions that are opened. */
const watchWakeups = () => {
  const wakeups = { count: 0 }
  Object.assign(globalThis, { wakeups })
  const names = /** @type {const} */ (['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback'])
  const start = /** @type {Record<string, Function>} */ (/** @type {unknown} */ (globalThis))
  for (const name of names) {
    const original = /** @type {Function} */ (start[name])
    start[name] = (/** @type {Function} */ call, /** @type {unknown[]} */ ...more) =>
      original.call(globalThis, (/** @type {unknown[]} */ ...given) => {
        wakeups.count++
        call(...given)
      }, ...more)
  }
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (/** @type {[string | string[], IDBTransactionMode?, IDBTransactionOptions?]} */ ...args) {
    wakeups.count++
    return transaction.apply(this, args)
  }
}

/** What runs by itself in a minute of a hidden tab, and requests it makes; before that, since it was opened, to see that it is counted. */
export const measureHidden = async (/** @type {import('playwright-core').Browser} */ browser, /** @type {import('./openSubject.mjs').OpenSubject} */ { sink }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.clock.install()
  await page.addInitScript(watchWakeups)
  await page.goto(sink.site)
  // In steps: what IndexedDB and the network do takes its time by another clock, and leads to timers of this one.
  const run = async (/** @type {number} */ seconds) => {
    for (let passed = 0; passed < seconds; passed += hiddenStep) {
      await page.clock.runFor(hiddenStep * 1000)
      await page.waitForTimeout(50)
    }
  }
  await run(20)
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
  // Half a minute after the last tab is hidden the visitor is away, and that is told.
  await run(400)
  const count = () => page.evaluate(() => /** @type {{ wakeups: { count: number } }} */ (/** @type {unknown} */ (globalThis)).wakeups.count)
  const before = await count()
  sink.forget()
  await run(hiddenSeconds)
  const wakeups = (await count()) - before
  const { requests } = sink.traffic()
  await context.close()
  return { wakeups, requests, before }
}
