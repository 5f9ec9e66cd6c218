import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { createCounter } from '../faults/harness/createCounter.ts'
import { createGate, type Behaviour, type Gate } from '../faults/harness/createGate.ts'
import type { Killable, Tab } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { settableClock } from '../harness/engines/settableClock.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

interface Trial {
  tab: Tab
  gate: Gate
  /** Tracks so many events within one task. */
  track(count: number): Promise<void>
}

const collectorFaults: [name: string, behaviour: Behaviour][] = [
  ['answers 500', { status: 500 }],
  ['answers 503 with Retry-After', { status: 503, headers: { 'retry-after': '1' } }],
  ['is down', 'down'],
  ['is somebody else (a hotel network answers)', 'garbage'],
  ['is not there (a proxy answers 404)', { status: 404, body: '<html>404 Not Found' }],
  ['takes the events, and its reply is lost', 'loseReply'],
]

/** What a page finds of its storage, from its start. */
const missingStorage: [name: string, script: string][] = [
  ['IndexedDB is absent', "Object.defineProperty(globalThis, 'indexedDB', { value: undefined })"],
  ['IndexedDB throws when it is opened', "IDBFactory.prototype.open = () => { throw new DOMException('The user denied permission.', 'UnknownError') }"],
  [
    'every access to storage throws',
    `for (const name of ['indexedDB', 'localStorage', 'sessionStorage'])
      Object.defineProperty(globalThis, name, { get: () => { throw new DOMException('Access is denied.', 'SecurityError') } })`,
  ],
]

/** What happens to the storage of a page that is open. */
const brokenStorage: [name: string, happens: () => void | Promise<void>][] = [
  [
    'the storage is full',
    () => {
      const refuse = (): never => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      }
      IDBObjectStore.prototype.put = refuse
      Storage.prototype.setItem = refuse
    },
  ],
  [
    'every transaction is aborted',
    () => {
      const { transaction } = IDBDatabase.prototype
      IDBDatabase.prototype.transaction = function (...args) {
        const made = transaction.apply(this, args)
        queueMicrotask(() => made.abort())
        return made
      }
    },
  ],
  [
    'the database is deleted',
    async () => {
      const databases = await indexedDB.databases()
      await Promise.all(databases.map(({ name }) => new Promise(resolve => (indexedDB.deleteDatabase(name!).onsuccess = resolve))))
    },
  ],
]

const day = 86_400_000

inEachEngine(({ newProfile, newKillable, collector, api }) => {
  const tag = scriptTag('', 'demo', { 'data-options': '{&quot;batch&quot;:{&quot;maxDelayMs&quot;:300}}' })
  const page = (title: string, script = ''): string => trackedPage(title, { tag, script, body: '<a id="next" href="/next">Next</a>' })

  /** Runs a trial on an origin of its own, and expects each event at the collector once. */
  const expectOnce = async (script: string, run: (trial: Trial) => Promise<unknown>, browser?: Pick<Killable, 'newTab'>): Promise<void> => {
    const gate = await createGate([collector().url], { '/': page('First', script), '/next': page('Next', script), '/elsewhere': trackedPage('Elsewhere') })
    onTestFinished(() => gate.stop())
    const tab = await (browser ?? (await newProfile())).newTab()
    await tab.goto(gate.origin)
    await sojourn.shortId(tab)
    /** Tells its events from those of others: a gate may get the port that one before it had. */
    const trial = randomUUID()
    const markers: string[] = []
    const track = (count: number): Promise<void> => {
      const own = Array.from({ length: count }, (_, i) => `${trial} ${markers.length + i}`)
      markers.push(...own)
      return tab.evaluate(list => list.forEach(marker => globalThis.sojourn!('track', 'marked', { marker })), own)
    }
    await run({ tab, gate, track })
    gate.behave('pass')
    const counted = await createCounter(api()).count(markers, 60_000)
    expect(counted).toEqual({ sent: markers.length, once: markers.length, lost: 0, doubled: 0 })
  }
  const untilBatch = (gate: Gate, before: number): Promise<unknown> => until(gate.batches, batches => batches > before)

  test('normal use: every event of two pages arrives once', () =>
    expectOnce('', async ({ tab, track }) => {
      await track(5)
      await tab.click('#next')
      await tab.waitForFunction(() => document.title === 'Next')
      await sojourn.flush(tab)
      await track(5)
      await sojourn.flush(tab)
    }))

  test.each(collectorFaults)('the collector %s: every event arrives once', (_, behaviour) =>
    expectOnce('', async ({ tab, gate, track }) => {
      gate.behave(behaviour)
      const before = gate.batches()
      await track(10)
      await untilBatch(gate, before)
      gate.behave('pass')
      await track(1)
      await sojourn.flush(tab)
    }))

  test('the collector hangs, and the visitor goes on to the next page: every event arrives once', () =>
    expectOnce('', async ({ tab, gate, track }) => {
      gate.behave('hang')
      const before = gate.batches()
      await track(10)
      await untilBatch(gate, before)
      gate.behave('pass')
      await tab.click('#next')
      await tab.waitForFunction(() => document.title === 'Next')
      await track(1)
    }))

  test('the reply is lost as the page is left: every event arrives once', () =>
    expectOnce('', async ({ tab, gate, track }) => {
      gate.behave('loseReply')
      const before = gate.batches()
      await track(10)
      await tab.goto(`${gate.origin}/elsewhere`)
      await untilBatch(gate, before)
      gate.behave('pass')
      await tab.goto(gate.origin)
      await sojourn.flush(tab)
    }))

  test.each([
    ['back', -day],
    ['ahead', day],
  ])('the clock is set %s one day while the page is open: every event arrives once', (_, by) =>
    expectOnce(settableClock, async ({ tab, track }) => {
      await track(5)
      await tab.evaluate(milliseconds => globalThis.shiftClock(milliseconds), by)
      await track(5)
      await sojourn.flush(tab)
    }))

  test('a thousand events in one task, and the visitor goes on to the next page at once: every event arrives once', () =>
    expectOnce('', async ({ tab, track }) => {
      await track(1000)
      await tab.click('#next')
      await tab.waitForFunction(() => document.title === 'Next')
      await sojourn.flush(tab)
    }))

  test('the browser is killed while the collector is down, and started again: every event arrives once', async ({ skip }) => {
    const browser = await newKillable()
    if (!browser) return skip('the driver of this engine keeps nothing on the disk that a killed browser could come back to')
    await expectOnce(
      '',
      async ({ gate, track }) => {
        gate.behave('down')
        const before = gate.batches()
        await track(10)
        await untilBatch(gate, before)
        await browser.kill()
        gate.behave('pass')
        await browser.start()
        await (await browser.newTab()).goto(gate.origin)
      },
      browser,
    )
  })

  test('a lock is held for nobody, as a browser may do for a page that is gone: every event arrives once', () =>
    expectOnce('', async ({ tab, track }) => {
      await tab.evaluate(() => void navigator.locks.request('sojourn.demo', { steal: true }, () => new Promise(() => {})))
      await track(5)
      await tab.waitForFunction(async () => !(await navigator.locks.query()).held?.length)
    }))

  test.each(missingStorage)('%s: every event arrives once', (_, script) =>
    expectOnce(script, async ({ tab, track }) => {
      await track(5)
      await sojourn.flush(tab)
      await track(5)
      await sojourn.flush(tab)
    }))

  test.each(brokenStorage)('%s while the page is open: every event arrives once', (_, happens) =>
    expectOnce('', async ({ tab, track }) => {
      await track(5)
      await tab.evaluate(happens)
      await track(5)
      await sojourn.flush(tab)
    }))
})
