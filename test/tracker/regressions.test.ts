import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'
import type { Trouble } from '../../src/tracker/emitter.ts'
import { toRefusal } from './platform/toRefusal.ts'

const minute = 60_000

test('a campaign page opened in the background makes one session, of that campaign', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open({ visible: false, url: 'https://shop.example.com/?utm_source=newsletter' })
  tab.start()
  await run(5000)
  await tab.show()
  await run(10_000)
  expect(collector.sessions().map(({ pageviewCount, mktCampaign }) => [pageviewCount, mktCampaign])).toEqual([[1, { source: 'newsletter' }]])
})

test('a campaign page restored from bfcache after the timeout makes one session', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open({ url: 'https://shop.example.com/?utm_source=newsletter' })
  tab.start()
  await run(5000)
  await tab.freeze()
  await run(60 * minute)
  await tab.restore()
  await run(10_000)
  expect(collector.sessions().map(({ pageviewCount, mktCampaign }) => [pageviewCount, mktCampaign])).toEqual([[1, { source: 'newsletter' }], [1, { source: 'newsletter' }]])
})

test('an event that happens while a request is failing does not bring Retry-After forward', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tracker = open().start()
  await run(20_000)
  collector.requests.length = 0
  collector.answer = () => ({ status: 503, retryAfter: 120 })
  tracker.track('a')
  await run(5010)
  tracker.track('b')
  await run(60_000)
  expect(collector.requests).toHaveLength(1)
})

test.each<[string, (tracker: { identify: (...args: unknown[]) => void; pageview: (...args: unknown[]) => void }) => void]>([
  ['a breadcrumb that is a ring', tracker => {
    const ring: unknown[] = []
    ring.push(ring)
    tracker.pageview({ breadcrumb: ring })
  }],
  ['a big number as token', tracker => tracker.identify('c', { token: 1n })],
  ['a function as token', tracker => tracker.identify('c', { token: () => {} })],
])('%s does not keep other events from arriving', async (_, call) => {
  const { run, open, collector } = await createTestPlatform()
  const tracker = open().start()
  const errors: Trouble[] = []
  tracker.on('error', error => errors.push(error))
  await run(1000)
  call(tracker as never)
  tracker.track('after')
  await run(minute)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['after'])
  expect(errors.map(({ code }) => code)).not.toContain('storage')
})

test('middleware that adds what no text can hold keeps no other event from arriving, now or on the next page', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start({ middleware: event => ('eventName' in event && event.eventName === 'bad' ? ({ ...event, attributes: { n: 1n } } as never) : event) })
  await run(1000)
  tracker.track('bad')
  await run(minute)
  tracker.track('after')
  await run(minute)
  tab.crash()
  open().start().track('next_page')
  await run(minute)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['after', 'next_page'])
})

test.each([['an object without a prototype', Object.create(null) as object], ['an object whose toString throws', { toString() { throw new Error('x') } }]])('middleware that throws %s does not throw into the page', async (_, thrown) => {
  const { run, open, collector } = await createTestPlatform()
  const tracker = open().start({ middleware: event => {
    if ('eventName' in event && event.eventName === 'bad') throw thrown
    return event
  } })
  expect(() => tracker.track('bad')).not.toThrow()
  tracker.track('after')
  await run(10_000)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['after'])
})

test('on with a hostile name does not throw', async () => {
  const { open } = await createTestPlatform()
  const tracker = open().start()
  expect(() => tracker.on({ toString() { throw new Error('x') } } as never, () => {})).not.toThrow()
})

test('a source that throws when it starts does not throw into the page', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  expect(() => tab.start({ autotrack: [() => { throw new Error('source') }] })).not.toThrow()
  await run(10_000)
  expect(collector.of('pageview')).toHaveLength(1)
})

test('stop with a source that throws when it stops, or gave no way to stop', async () => {
  const { open } = await createTestPlatform()
  const tracker = open().start({ autotrack: [() => (() => { throw new Error('source') }), (() => undefined) as never] })
  expect(() => tracker.stop()).not.toThrow()
})

test.each([{ channel: 'refused' }, { locks: 'refused' }, { channel: 'refused', locks: 'refused' }] as const)('in a frame where the browser refuses %o events arrive', async lacks => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open(lacks)
  let tracker: ReturnType<typeof tab.start> | undefined
  expect(() => (tracker = tab.start())).not.toThrow()
  tracker?.track('step')
  await run(minute)
  expect(collector.of('custom')).toHaveLength(1)
})

test('a 200 with JSON that is no result acknowledges nothing', async () => {
  const { run, open, collector } = await createTestPlatform()
  collector.answer = () => ({ status: 200, body: '{}' })
  open().start().track('kept')
  await run(10_000)
  collector.answer = () => 'accept'
  await run(minute)
  expect(collector.of('custom')).toHaveLength(1)
})

test('storage that breaks between storing and sending', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  const tracker = open().start()
  await run(10_000)
  tracker.track('stored')
  await run(1000)
  disk.faults = { transaction: 'throws' }
  await run(minute)
  expect(collector.of('custom')).toHaveLength(1)
})

test('after stop nothing is told', async () => {
  const { run, open } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start()
  const told: string[] = []
  tracker.on('idle', () => told.push('idle'))
  tracker.track('step')
  tracker.stop()
  await run(10 * minute)
  expect(told).toEqual([])
})

test('after stop no listener is left', async () => {
  const { open } = await createTestPlatform()
  const tab = open()
  tab.start().stop()
  expect(tab.listeners()).toBe(0)
})

test('a site whose name begins with another one keeps its spill', async () => {
  const { run, open, collector } = await createTestPlatform()
  collector.answer = () => 'unreachable'
  const first = open()
  first.start({ site: 'shop.eu' }).track('eu')
  await first.close()
  collector.answer = () => 'accept'
  open().start({ site: 'shop' })
  await run(minute)
  expect(collector.requests.filter(({ batch }) => batch.site === 'shop').flatMap(({ batch }) => batch.events).map(({ type }) => type)).toEqual(['pageview'])
})

test('a list of names for autotrack is a wrong option and does not throw', async () => {
  const { open, run } = await createTestPlatform()
  const tab = open()
  expect(() => tab.start({ autotrack: ['clicks'] as never })).not.toThrow()
  await run(10)
  expect(tab.errors()).toHaveLength(1)
})

test('a page that hides in the middle of a write and is killed after it loses nothing', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  collector.answer = () => 'unreachable'
  disk.latency = 30
  const tab = open()
  const tracker = tab.start()
  await run(1000)
  tracker.track('a')
  await run(40)
  tracker.track('b')
  await tab.hide()
  for (let i = 0; i < 100 && disk.local.size > 1; i++) await run(5)
  tab.crash()
  disk.latency = 0
  collector.answer = () => 'accept'
  open().start()
  await run(10_000)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['a', 'b'])
})

test.each(['pagehide', 'visibilitychange', 'beforeunload'])('what the page tracks in its own %s handler as it is closed arrives', async type => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start()
  tab.listen(type, () => tracker.track('left'))
  await run(10_000)
  await tab.close()
  open().start()
  await run(10_000)
  expect(collector.of('custom')).toHaveLength(1)
})

test('what is tracked on a hidden page that is closed at once arrives', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start()
  await run(10_000)
  await tab.hide()
  await run(1000)
  tracker.track('hidden')
  await tab.close()
  open().start()
  await run(10_000)
  expect(collector.of('custom')).toHaveLength(1)
})

test('lost counts what was refused', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tracker = open().start()
  await run(10_000)
  collector.answer = () => toRefusal('no-valid-event')
  tracker.track('a')
  await run(10_000)
  collector.answer = () => 'accept'
  tracker.track('b')
  await run(10_000)
  const last = collector.requests.at(-1)!.batch
  expect(last.lost).toEqual({ [last.events[0]!.session]: { refused: 1 } })
})

test('a page that has taken up what another left, and has to go before it is in the outbox, leaves the newer spill of that page alone', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  const tabs = [open(), open(), open(), open()]
  const trackers = tabs.map(tab => tab.start())
  const tracker = trackers[2]!
  tracker.track('zero')
  tracker.track('first')
  await tabs[2]!.hide()
  tracker.track('second')
  disk.latency = 1
  collector.answer = () => ({ status: 429, retryAfter: 20 })
  await run(40)
  for (const tab of tabs) await tab.close()
  disk.latency = 0
  collector.answer = () => 'accept'
  open().start()
  await run(100_000)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['zero', 'first', 'second'])
})
