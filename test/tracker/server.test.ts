import { expect, test, vi } from 'vitest'
import { createAppTracker, createTracker } from '../../src/tracker/index.ts'

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

test.each([
  ['a tracker', createTracker],
  ['a tracker of an app', createAppTracker],
])('with a document that is not a browser\'s, as renderers on servers have, %s does nothing, and says so', async (_, create) => {
  const errors = vi.spyOn(console, 'error').mockReturnValue()
  vi.stubGlobal('document', {})
  const tracker = create({ site: 'shop', collector: 'https://collect.example.com' })
  tracker.track('order_completed')
  expect(await tracker.session()).toBeUndefined()
  expect(errors.mock.calls).toEqual([['Sojourn did not start.', expect.any(Error)]])
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
