import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi, type Api } from '../harness/createApi.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { until } from '../harness/until.ts'
import { count } from './harness/count.ts'
import { createGate, type Gate } from './harness/createGate.ts'
import { launchProfile } from './harness/launchProfile.ts'
import { pages } from './harness/pages.ts'
import { keepResult } from './harness/results.ts'
import { flush, setUp, started, trackAll, visitAgain } from './harness/setUp.ts'

const { run } = setUp()

test('a tab crashes', () =>
  run({
    name: 'a tab crashes, and a later visit',
    trials: 5,
    run: async ({ context, page, gate, markers }) => {
      gate.behave('down')
      await trackAll(page, markers(10))
      await flush(page)
      await page.goto('chrome://crash').catch(() => page)
      gate.behave('pass')
      await visitAgain(context, gate)
    },
  }))

test('five tabs, one crashes', () =>
  run({
    name: 'five tabs send, one of them crashes',
    trials: 3,
    run: async ({ context, page, gate, markers }) => {
      const tabs = [page, ...(await Promise.all([1, 2, 3, 4].map(() => context.newPage())))]
      await Promise.all(tabs.slice(1).map(tab => tab.goto(gate.origin)))
      await Promise.all(tabs.map(started))
      await Promise.all(tabs.map(tab => trackAll(tab, markers(20))))
      await tabs[0]!.evaluate(() => globalThis.sojourn!('session'))
      await tabs[0]!.goto('chrome://crash').catch(() => page)
      await Promise.all(tabs.slice(1).map(tab => trackAll(tab, markers(20))))
      await Promise.all(tabs.slice(1).map(tab => tab.evaluate(() => globalThis.sojourn!('flush'))))
    },
  }))

let collector: Collector
let api: Api
let gate: Gate

beforeAll(async () => {
  collector = await startCollector()
  api = createApi(collector)
  gate = await createGate(collector.url, pages)
})

afterAll(async () => {
  await gate?.stop()
  await collector?.stop()
})

test('the whole browser is killed while the collector is down, and started again', async () => {
  const name = 'the browser is killed (-9) 1 s after the events, the collector down, and started again'
  const trials = 3
  const markers: string[] = []
  for (let trial = 0; trial < trials; trial++) {
    const own = Array.from({ length: 10 }, (_, i) => `killed ${trial}-${i}`)
    const profile = await launchProfile()
    const page = await profile.context().newPage()
    await page.goto(gate.origin)
    await started(page)
    gate.behave('down')
    const before = gate.batches()
    await trackAll(page, own)
    // The events are on their way, and refused: they were in the outbox before that.
    await until(gate.batches, batches => batches > before, 30_000)
    await profile.kill()
    gate.behave('pass')
    await profile.start()
    const next = await profile.context().newPage()
    await next.goto(gate.origin)
    await started(next)
    await count(api, own, 20_000)
    markers.push(...own)
    await profile.stop()
  }
  const counted = await count(api, markers, 20_000)
  keepResult({ scenario: name, trials, ...counted })
  expect(counted).toEqual({ sent: markers.length, once: markers.length, lost: 0, doubled: 0 })
})
