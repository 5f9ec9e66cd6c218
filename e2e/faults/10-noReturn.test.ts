import { test } from 'vitest'
import { setUp } from './harness/setUp.ts'
import { crash, trackAll } from './harness/tab.ts'

const { run } = setUp()

test('a tab crashes, and nobody comes back', () =>
  run({
    name: 'a tab crashes 1 s after the events, and nobody comes back',
    trials: 5,
    run: async ({ page, gate, markers }) => {
      await page.evaluate(() => globalThis.sojourn!('shortId'))
      await trackAll(page, markers(10))
      await gate.failFor(1000, 'pass')
      await crash(page)
    },
  }))

test('the whole browser is killed, and never started again', () =>
  run({
    name: 'the browser is killed (-9) 1 s after the events, and never started again',
    limit: 'nothing of the browser is left that could send, [`fetchLater`](https://fetch.spec.whatwg.org/#deferred-fetch) included; a later visit would',
    trials: 3,
    ownBrowser: true,
    patience: 3000,
    run: async ({ page, profile, gate, markers }) => {
      await page.evaluate(() => globalThis.sojourn!('shortId'))
      await trackAll(page, markers(10))
      await gate.failFor(1000, 'pass')
      await profile!.kill()
    },
  }))
