import { expect, test } from 'vitest'
import { setUp } from './harness/setUp.ts'
import { flush, trackAll } from './harness/tab.ts'
import { traceTasks } from './harness/traceTasks.ts'

const { run } = setUp()

test('5,000 events in a burst in one loop leave no task over 50 ms', () =>
  run({
    name: '5,000 events in one loop, without a task over 50 ms',
    trials: 4,
    patience: 60_000,
    run: async ({ browser, page, markers }) => {
      await page.evaluate(() => globalThis.sojourn!('shortId'))
      const own = markers(5000)
      const endTrace = await traceTasks(browser, page)
      await trackAll(page, own)
      await flush(page)
      const longest = await endTrace()
      expect(longest).toBeLessThanOrEqual(50)
      // A task that is too long would have been seen.
      const endControl = await traceTasks(browser, page)
      await page.evaluate(list => list.flatMap(marker => list.slice(0, 1000).map(other => JSON.stringify({ marker, other }))).length, own)
      expect(await endControl()).toBeGreaterThan(50)
    },
  }))
