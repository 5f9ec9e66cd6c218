import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { until } from '../harness/until.ts'
import type { Trial } from './harness/runTrial.ts'
import { setUp } from './harness/setUp.ts'
import { close, flush, openTab, trackAll, visitAgain } from './harness/tab.ts'

const { run } = setUp()

const hour = 3_600_000

/** Sets the clock that the page reads, as a system's clock is set; timers go on as they were. */
const shiftClock = (page: Page, milliseconds: number): Promise<void> =>
  page.evaluate(by => {
    const { now } = Date
    Date.now = () => now() + by
  }, milliseconds)

test.each([
  ['goes on where it was', ({ page }: Trial) => flush(page)],
  [
    'loses its tab, and sees a later visit',
    async ({ page, profile, gate }: Trial) => {
      await close(page)
      await visitAgain(profile!.context(), gate)
    },
  ],
])('a laptop sleeps for hours in the middle of sending, wakes up and %s', (ends, end) =>
  run({
    name: `a laptop sleeps for 8 hours with events unsent, wakes up and ${ends}`,
    trials: 3,
    ownBrowser: true,
    run: async trial => {
      const { page, profile, gate, markers } = trial
      gate.behave('hang')
      await trackAll(page, markers(10))
      await until(gate.batches, batches => batches > 0)
      // All processes stop at once and the requests under way get no answer, as when the lid is shut.
      profile!.pause()
      gate.cut()
      await gate.failFor(1000, 'down')
      profile!.resume()
      await shiftClock(page, 8 * hour)
      await trackAll(page, markers(10))
      await end(trial)
    },
  }))

test.each([
  ['back one day', -24 * hour],
  ['ahead one day', 24 * hour],
])('the clock is set %s while the page is open', (how, by) =>
  run({
    name: `the clock of the visitor is set ${how} while the page is open`,
    trials: 5,
    run: async ({ context, page, gate, markers }) => {
      await trackAll(page, markers(5))
      await shiftClock(page, by)
      await trackAll(page, markers(5))
      await flush(page)
      const next = await openTab(context, gate)
      await shiftClock(next, by)
      await trackAll(next, markers(5))
      await flush(next)
    },
  }))
