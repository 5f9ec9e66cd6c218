import { test } from 'vitest'
import { until } from '../harness/until.ts'
import type { Behaviour } from './harness/createGate.ts'
import type { Trial } from './harness/runTrial.ts'
import { setUp } from './harness/setUp.ts'
import { close, flush, started, trackAll, visitAgain } from './harness/tab.ts'

declare global {
  /** Resolves with the next delivery of a page. */
  var delivered: Promise<unknown> | undefined
}

const { run } = setUp()

/** Events while the collector fails; it is well again after it has failed some times. */
const recover =
  (behaviour: Behaviour, failures = 1) =>
  async ({ page, gate, markers }: Trial): Promise<void> => {
    gate.behave(behaviour)
    const before = gate.batches()
    await trackAll(page, markers(10))
    await until(gate.batches, batches => batches >= before + failures, 30_000)
    gate.behave('pass')
    await trackAll(page, markers(1))
    await flush(page)
  }

test.each<[name: string, behaviour: Behaviour]>([
  ['the collector answers 500', { status: 500 }],
  ['the collector answers 429 with Retry-After', { status: 429, headers: { 'retry-after': '1' } }],
  ['the collector answers 503', { status: 503 }],
  ['the collector is somebody else (a hotel network answers)', 'garbage'],
  ['the collector is not there (a proxy answers 404)', { status: 404, body: '<html>404 Not Found' }],
  ['the collector answers nothing (an empty reply)', 'emptyReply'],
  ['the reply is lost after the collector took the events', 'loseReply'],
])('%s', (name, behaviour) => run({ name, trials: 5, patience: 60_000, run: recover(behaviour) }))

test('the collector answers 413', () =>
  run({
    name: 'the collector answers 413 to large batches',
    trials: 5,
    run: async ({ page, gate, markers }) => {
      gate.behave({ tooLarge: 2000 })
      await trackAll(page, markers(30))
      await flush(page)
    },
  }))

test('the collector hangs', () =>
  run({ name: 'the collector hangs, and the visitor goes on to the next page', trials: 3, patience: 60_000, run: async ({ page, gate, markers }) => {
    gate.behave('hang')
    const before = gate.batches()
    await trackAll(page, markers(10))
    await until(gate.batches, batches => batches > before, 30_000)
    gate.behave('pass')
    await page.click('#next')
    await started(page)
    await trackAll(page, markers(1))
  } }))

test('the collector is down for 20 seconds', () =>
  run({
    name: 'the collector is down for 20 seconds',
    trials: 2,
    patience: 90_000,
    run: async ({ page, gate, markers }) => {
      const outage = gate.failFor(20_000, 'down')
      await trackAll(page, markers(10))
      await outage
      await trackAll(page, markers(1))
      await flush(page)
    },
  }))

test('a blocker in the browser', () =>
  run({
    name: 'a blocker in the browser refuses the collector for a while',
    trials: 3,
    run: async ({ page, markers }) => {
      const refused: string[] = []
      await page.route('**/v1/events', route => {
        refused.push(route.request().url())
        return route.abort('blockedbyclient')
      })
      await trackAll(page, markers(10))
      await until(
        () => refused.length,
        times => times > 0,
      )
      await page.unroute('**/v1/events')
      await trackAll(page, markers(1))
      await flush(page)
    },
  }))

test('offline, closed, online later', () =>
  run({
    name: 'offline, the tab is closed, online at a later visit',
    trials: 5,
    run: async ({ context, page, gate, markers }) => {
      await context.setOffline(true)
      await trackAll(page, markers(10))
      await close(page)
      await context.setOffline(false)
      await visitAgain(context, gate)
    },
  }))

test('offline and online again', () =>
  run({
    name: 'offline, and online again on the same page',
    trials: 3,
    run: async ({ context, page, markers }) => {
      await context.setOffline(true)
      await trackAll(page, markers(10))
      await flush(page)
      await page.evaluate(() => {
        globalThis.delivered = new Promise(resolve => globalThis.sojourn!('on', 'delivered', resolve))
      })
      await context.setOffline(false)
      // Nobody asks the tracker to send: the browser's word that it is online has to be enough.
      await page.evaluate(() => globalThis.delivered)
      await trackAll(page, markers(1))
      await flush(page)
    },
  }))

test('20 KB events around the 64 KiB limit', () =>
  run({
    name: '20 KB events around the 64 KiB limit, then a navigation and a later visit',
    trials: 5,
    run: async ({ page, gate, markers }) => {
      await page.evaluate(list => {
        const filling = Object.fromEntries([1, 2, 3].map(i => [`filling${i}`, 'x'.repeat(6500)]))
        list.forEach(marker => globalThis.sojourn!('track', 'marked', { marker, ...filling }))
        location.href = '/elsewhere'
      }, markers(6))
      await page.waitForURL('**/elsewhere')
      await page.goto(gate.origin)
      await started(page)
      await flush(page)
    },
  }))
