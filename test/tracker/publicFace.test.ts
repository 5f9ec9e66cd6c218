import { expect, test } from 'vitest'
import type { Session } from '../../src/model/index.ts'
import { createTestPlatform } from './createTestPlatform.ts'

const minute = 60_000

const setUp = async () => {
  const platform = await createTestPlatform()
  const tab = platform.open()
  return { ...platform, tab, tracker: tab.start() }
}

test('identify names the customer, its traits travel to the collector and nowhere else', async () => {
  const { run, tracker, collector, disk } = await setUp()
  tracker.identify('c-1017', { type: 'crm', traits: { email: 'x@example.com' }, token: 'a.b.c' })
  await run(10_000)
  expect(collector.of('identify')).toMatchObject([{ customer: { id: 'c-1017', type: 'crm' }, traits: { email: 'x@example.com' }, token: 'a.b.c' }])
  const shown = tracker.session()
  await run(10)
  expect(await shown).toMatchObject({ customerId: 'c-1017', customerIdType: 'crm' })
  expect(JSON.stringify([await shown, [...disk.local]])).not.toContain('x@example.com')
})

test('identify without a type says customer, and the newest id counts', async () => {
  const { run, tracker, collector } = await setUp()
  tracker.identify('first')
  await run(10)
  tracker.identify('second')
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ customerId: 'second', customerIdType: 'customer', eventCount: 1 }])
})

test('before anyone is named the customer is the visitor', async () => {
  const { run, tracker, collector } = await setUp()
  await run(10_000)
  const shown = tracker.session()
  await run(10)
  expect(await shown).toMatchObject({ customerId: collector.requests[0]!.batch.visitor.id, customerIdType: 'cookie' })
})

test('a screenview counts as such, and its name is the last screen', async () => {
  const { run, tracker, collector } = await setUp()
  tracker.screenview('Home')
  await run(10)
  tracker.screenview('Cart', { items: 2 })
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ screenviewCount: 2, lastScreen: 'Cart', attributes: { items: { dataType: 'number', value: '2' } } }])
})

test('session is undefined before the first event', async () => {
  const { run, open } = await createTestPlatform()
  const shown = open().start({ autotrack: false }).session()
  await run(1000)
  expect(await shown).toBeUndefined()
})

test('session counts what was tracked just before', async () => {
  const { run, tracker } = await setUp()
  tracker.track('one')
  tracker.track('two')
  const shown = tracker.session()
  await run(10)
  expect(await shown).toMatchObject({ eventCount: 3, lastEvent: { eventName: 'two' } })
})

test('the short id comes when the collector has told it, and is known to the next page at once', async () => {
  const { run, open, tracker, tab, collector } = await setUp()
  const answers: string[] = []
  void tracker.shortId().then(id => answers.push(id))
  await run(100)
  expect(answers).toEqual([])
  await run(1000)
  expect(answers).toEqual(['1000'])
  await tab.close()
  collector.answer = () => 'unreachable'
  const next = open().start().shortId()
  await run(100)
  expect(await next).toBe('1000')
})

test('a short id that comes late is told to those who wait', async () => {
  const { run, tracker, collector } = await setUp()
  collector.shortIds = false
  const answers: string[] = []
  void tracker.shortId().then(id => answers.push(id))
  await run(60_000)
  collector.shortIds = true
  tracker.track('step')
  await run(10_000)
  expect(answers).toEqual(['1000'])
})

test('a new session has a short id of its own', async () => {
  const { run, tracker } = await setUp()
  await run(10_000)
  tracker.reset()
  await run(1000)
  tracker.track('next')
  await run(10)
  const next = tracker.shortId()
  await run(10_000)
  expect(await next).toBe('1001')
})

test('the short id asked for after a tracked event is that of the session the event is in, also where the one before has one', async () => {
  const { run, tracker } = await setUp()
  await run(31 * minute)
  tracker.track('back')
  const next = tracker.shortId()
  await run(10_000)
  expect(await next).toBe('1001')
})

test('on session tells each new session, and what becomes known of it', async () => {
  const { run, tracker } = await setUp()
  const told: [number | undefined, string | undefined][] = []
  tracker.on('session', ({ sessionIndex, shortId }: Session) => told.push([sessionIndex, shortId]))
  await run(10_000)
  tracker.reset()
  tracker.track('next')
  await run(10_000)
  expect(told).toEqual([
    [1, undefined],
    [1, '1000'],
    [2, undefined],
    [2, '1001'],
  ])
})

test('a handler hears until it is taken off, once for each time it was put on', async () => {
  const { run, tracker } = await setUp()
  let calls = 0
  const handler = (): void => void calls++
  const off = tracker.on('delivered', handler)
  await run(10_000)
  off()
  off()
  tracker.track('unheard')
  await run(10_000)
  expect(calls).toBe(1)
})

test('a handler that takes itself off keeps no other from hearing', async () => {
  const { run, tracker } = await setUp()
  const heard: string[] = []
  const off = tracker.on('delivered', () => {
    heard.push('first')
    off()
  })
  tracker.on('delivered', () => heard.push('second'))
  await run(10_000)
  tracker.track('again')
  await run(10_000)
  expect(heard).toEqual(['first', 'second', 'second'])
})

test('after stop nothing is sent, nothing is told, and what waits goes out with the next page', async () => {
  const { run, open, tracker, tab, collector } = await setUp()
  await run(10_000)
  tracker.track('waits')
  await run(100)
  tracker.stop()
  tracker.stop()
  const before = collector.requests.length
  tab.push('/unseen')
  tab.input()
  await tab.hide()
  await run(600_000)
  expect(collector.requests.length).toBe(before)
  open().start()
  await run(10_000)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['waits'])
})

test('what is tracked right before stop is not lost when the page goes at once', async () => {
  const { run, open, tracker, tab, collector, disk } = await setUp()
  await run(10_000)
  disk.latency = 5
  tracker.track('last')
  tracker.stop()
  await tab.close()
  open().start()
  await run(10_000)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['last'])
})

test('methods work without their tracker', async () => {
  const { run, tracker, collector } = await setUp()
  const { track, identify } = tracker
  track('loose')
  identify('c-1')
  await run(10_000)
  expect(collector.events().map(({ type }) => type).sort()).toEqual(['custom', 'identify', 'pageview'])
})

test('the batch says which site, visitor, library and surroundings it comes from', async () => {
  const { clock, run, tracker, collector } = await setUp()
  tracker.track('step')
  await run(10_000)
  const { batch } = collector.requests[0]!
  expect(batch).toEqual({
    v: 1,
    site: 'shop',
    sentAt: expect.any(Number) as number,
    visitor: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
    library: { name: 'sojourn', version: '0.0.0-test' },
    context: {
      userAgent: 'TestBrowser/1.0',
      language: 'en-GB',
      timezone: expect.any(String) as string,
      screen: { width: 1920, height: 1080, density: 2 },
      viewport: { width: 1200, height: 800 },
    },
    wait: expect.any(Number) as number,
    events: [expect.objectContaining({ type: 'pageview' }), expect.objectContaining({ type: 'custom' })],
  })
  expect(clock.now() - batch.sentAt).toBeGreaterThan(9000)
})
