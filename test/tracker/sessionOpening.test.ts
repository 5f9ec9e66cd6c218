import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'

test('the first pageview opens a session whose id is its own, and says what led to it', async () => {
  const { run, open, collector } = await createTestPlatform()
  open({ url: 'https://shop.example.com/shoes', referrer: 'https://www.google.com/' }).start()
  await run(10_000)
  const [pageview] = collector.events()
  expect(collector.events()).toEqual([
    {
      id: pageview!.id,
      type: 'pageview',
      at: Date.UTC(2026, 2, 2, 9),
      session: pageview!.id,
      seq: 0,
      tab: pageview!.tab,
      page: { url: 'https://shop.example.com/shoes', title: 'Shop', lang: 'en' },
      start: expect.objectContaining({ type: 'web', index: 1, referrer: 'https://www.google.com/' }),
    },
  ])
})

test('an id is a UUID of version 7 that holds its instant', async () => {
  const { run, open, collector } = await createTestPlatform()
  open().start()
  await run(10_000)
  const { id, at } = collector.of('pageview')[0]!
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at)
})

test('a direct visit has no referrer', async () => {
  const { run, open, collector } = await createTestPlatform()
  open().start()
  await run(10_000)
  expect(collector.events()[0]!.start).not.toHaveProperty('referrer')
})

test('a custom event opens a session too, with the page it happened on', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tracker = open({ referrer: 'https://news.example.org/' }).start({ autotrack: false })
  tracker.track('newsletter_ordered')
  await run(10_000)
  expect(collector.events()).toMatchObject([{ type: 'custom', page: { url: 'https://shop.example.com/' }, start: { referrer: 'https://news.example.org/' } }])
})

test('a tracker without any event stores nothing and sends nothing', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  open().start({ autotrack: false })
  await run(60_000)
  expect([collector.requests, disk.openings, disk.local.size]).toEqual([[], 0, 0])
})

test('the page that was open before a session is no referrer of the next one', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tracker = open({ referrer: 'https://www.google.com/' }).start()
  await run(2 * 3_600_000)
  tracker.track('again')
  await run(10_000)
  const starts = collector.events().flatMap(event => event.start ?? [])
  expect(starts.map(({ index, referrer }) => [index, referrer])).toEqual([
    [1, 'https://www.google.com/'],
    [2, undefined],
  ])
})

test('the type of the session and the waiting times that differ from the defaults travel with the opening event', async () => {
  const { run, open, collector } = await createTestPlatform()
  open().start({ type: 'app', idleAfterSeconds: 10, awayAfterSeconds: 300 })
  await run(5000)
  expect(collector.events()[0]!.start).toMatchObject({ type: 'app', rules: { idleAfterSeconds: 10 } })
})

test('the Session in the page is the one the collector folds', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open({ url: 'https://shop.example.com/?utm_source=newsletter&utm_campaign=spring' })
  const tracker = tab.start()
  await run(10_000)
  tracker.track('cart_changed', { total: 49.9, skus: ['a', 'b'] })
  await run(10_000)
  const shown = tracker.session()
  await run(0)
  const { sdkLibrary, userAgentString, visitorId, shortId, ...folded } = (await shown)!
  expect(folded).toEqual({ ...collector.sessions()[0], customerId: visitorId, customerIdType: 'cookie' })
  expect({ sdkLibrary, userAgentString, visitorId, shortId }).toEqual({
    sdkLibrary: { name: 'sojourn', version: '0.0.0-test' },
    userAgentString: 'TestBrowser/1.0',
    visitorId: collector.requests[0]!.batch.visitor.id,
    shortId: '1000',
  })
})

test('a tab that was discarded and is loaded after the timeout opens a session without the referrer of the first', async () => {
  const { run, open, collector } = await createTestPlatform()
  const first = open({ referrer: 'https://www.google.com/' })
  first.start()
  await run(10_000)
  await first.hide()
  await run(3_600_000)
  first.crash()
  const again = open({ referrer: 'https://www.google.com/' })
  Object.assign(again.window.document as object, { wasDiscarded: true })
  again.start()
  await run(10_000)
  expect(collector.sessions().map(({ sessionIndex, pageviewCount, referrer }) => [sessionIndex, pageviewCount, referrer?.url])).toEqual([
    [1, 1, 'https://www.google.com/'],
    [2, 1, undefined],
  ])
})
