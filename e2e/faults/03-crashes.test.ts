import { test } from 'vitest'
import { setUp } from './harness/setUp.ts'
import { crash, flush, openTab, started, trackAll, visitAgain } from './harness/tab.ts'

const { run } = setUp()

test('a tab crashes', () =>
  run({
    name: 'a tab crashes, and a later visit',
    trials: 5,
    run: async ({ context, page, gate, markers }) => {
      gate.behave('down')
      await trackAll(page, markers(10))
      await flush(page)
      await crash(page)
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
      await crash(page)
      await Promise.all(tabs.slice(1).map(tab => trackAll(tab, markers(20))))
      await Promise.all(tabs.slice(1).map(tab => tab.evaluate(() => globalThis.sojourn!('flush'))))
    },
  }))

test('the whole browser is killed while the collector is down, and started again', () =>
  run({
    name: 'the browser is killed (-9) 1 s after the events, the collector down, and started again',
    trials: 3,
    ownBrowser: true,
    run: async ({ page, profile, gate, markers }) => {
      const second = gate.failFor(1000, 'down')
      await trackAll(page, markers(10))
      await second
      gate.behave('down')
      await profile!.kill()
      gate.behave('pass')
      await profile!.start()
      await openTab(profile!.context(), gate)
    },
  }))
