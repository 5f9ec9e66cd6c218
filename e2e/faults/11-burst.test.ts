import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { setUp } from './harness/setUp.ts'
import { flush } from './harness/tab.ts'
import { traceTasks } from './harness/traceTasks.ts'

const { run } = setUp()

/** Calls the tracker for each marker, a hundred calls a task, as a page does that has much to tell and does not want to stand still. */
const burst = (page: Page, markers: readonly string[]): Promise<void> =>
  page.evaluate(async list => {
    const { port1, port2 } = new MessageChannel()
    for (let start = 0; start < list.length; start += 100) {
      await new Promise(resolve => {
        port1.onmessage = resolve
        port2.postMessage(0)
      })
      list.slice(start, start + 100).forEach(marker => globalThis.sojourn!('track', 'marked', { marker }))
    }
  }, markers)

test('5,000 events in a burst leave no task over 50 ms', () =>
  run({
    name: '5,000 events in one burst, without a task over 50 ms',
    trials: 2,
    patience: 60_000,
    run: async ({ browser, page, markers }) => {
      await page.evaluate(() => globalThis.sojourn!('shortId'))
      const own = markers(5000)
      const endTrace = await traceTasks(browser, page)
      await burst(page, own)
      await flush(page)
      const longest = await endTrace()
      expect(longest).toBeLessThanOrEqual(50)
      // A task that is too long would have been seen.
      const endControl = await traceTasks(browser, page)
      await page.evaluate(list => list.flatMap(marker => list.slice(0, 1000).map(other => JSON.stringify({ marker, other }))).length, own)
      expect(await endControl()).toBeGreaterThan(50)
    },
  }))
