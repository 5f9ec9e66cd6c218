import { expect, test, vi } from 'vitest'
import { createTracker } from '../../src/tracker/index.ts'

test('on a server the import is safe, and a tracker does nothing', async () => {
  const fetch = vi.spyOn(globalThis, 'fetch')
  const timer = vi.spyOn(globalThis, 'setTimeout')
  const listen = vi.spyOn(process, 'on')
  const tracker = createTracker({ site: 'shop', collector: 'https://collect.example.com' })
  tracker.pageview()
  tracker.screenview('Cart')
  tracker.track('order_completed', { total: 49.9 })
  tracker.identify('c-1017')
  tracker.reset()
  tracker.consent('granted')
  tracker.on('idle', () => {})()
  expect([await tracker.session(), await tracker.flush()]).toEqual([undefined, undefined])
  tracker.stop()
  expect([fetch.mock.calls, timer.mock.calls, listen.mock.calls]).toEqual([[], [], []])
  vi.restoreAllMocks()
})
