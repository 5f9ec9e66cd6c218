import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'

const minute = 60_000

/** Two pages where the browser has no Web Locks, of which the first sends and gets no answer. */
const setUp = async () => {
  const platform = await createTestPlatform()
  const [first, second] = [platform.open({ name: 'first', locks: false }), platform.open({ name: 'second', locks: false })]
  const trackers = [first.start(), second.start()]
  await platform.run(20_000)
  platform.collector.requests.length = 0
  platform.collector.answer = () => 'hang'
  trackers[0]!.track('step')
  await platform.run(6000)
  return { ...platform, first, trackers, senders: () => platform.collector.requests.map(({ from }) => from) }
}

test('without locks a lease keeps other tabs from sending while one does', async () => {
  const { run, trackers, senders } = await setUp()
  trackers[1]!.track('other')
  await run(15_000)
  expect(senders()).toEqual(['first'])
})

test('a lease ends with its task', async () => {
  const { run, trackers, collector, senders } = await setUp()
  trackers[1]!.track('other')
  collector.answer = () => 'accept'
  // The request that hangs is given up after 30 seconds.
  await run(minute)
  expect(new Set(senders()).size).toBe(2)
  expect(collector.of('custom')).toHaveLength(2)
})

test('a lease of a tab that was killed ends by itself', async () => {
  const { run, first, trackers, collector, senders } = await setUp()
  first.crash()
  collector.answer = () => 'accept'
  trackers[1]!.track('other')
  await run(minute)
  expect(senders()).toEqual(['first'])
  await run(2 * minute)
  expect(collector.of('custom')).toHaveLength(2)
})

test('where the lease cannot be kept either, events are sent', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  disk.faults = { local: 'throws' }
  open({ locks: false }).start().track('step')
  await run(20_000)
  expect(collector.of('custom')).toHaveLength(1)
})

test('a lock that the browser keeps for a page that is gone is taken from it', async () => {
  const { run, open, collector, origin } = await createTestPlatform()
  const tracker = open().start()
  await run(20_000)
  origin.leakLock('sojourn.shop')
  for (const step of ['one', 'two']) {
    tracker.track(step)
    await run(40_000)
  }
  expect(collector.of('custom')).toHaveLength(2)
  expect(origin.isLocked()).toBe(false)
})

test('a tab that sends for minutes loses its lock to another one, and goes on', async () => {
  const { run, open, collector } = await createTestPlatform()
  const [first, second] = [open({ name: 'first' }).start(), open({ name: 'second' }).start()]
  await run(20_000)
  collector.requests.length = 0
  collector.latency = 20_000
  for (let i = 0; i < 1000; i++) first.track('many')
  await run(6000)
  second.track('one')
  await run(5 * minute)
  const senders = collector.requests.filter(({ batch }) => batch.events.some(({ type }) => type === 'custom')).map(({ from }) => from)
  expect(senders).toContain('second')
  expect(senders.slice(senders.indexOf('second'))).toContain('first')
  expect(collector.of('custom')).toHaveLength(1001)
})

test('what a page leaves behind in its last moment is taken up by a tab that is open', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  const living = open({ name: 'living' })
  living.start()
  await run(20_000)
  collector.answer = () => 'unreachable'
  const dying = open({ name: 'dying' })
  const tracker = dying.start()
  await run(10_000)
  disk.latency = 100
  tracker.track('last')
  await dying.close()
  disk.latency = 0
  collector.answer = () => 'accept'
  await run(5 * minute)
  expect(collector.requests.filter(({ from, batch }) => from === 'living' && batch.events.some(event => 'eventName' in event))).not.toEqual([])
  expect(collector.of('custom')).toHaveLength(1)
})

test('a page that is gone before a slow disk answers belongs to the visitor and the session of the page before', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  const first = open()
  first.start()
  await run(10_000)
  await first.hide()
  await run(1000)
  await first.close()
  disk.latency = 100
  const quick = open({ name: 'quick' })
  quick.start().track('quick')
  await quick.close()
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(1)
  await run(1000)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 2, eventCount: 3 }])
})

test('a database that never opens is asked twice, ten seconds each, and told', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  disk.faults = { open: 'hangs' }
  const tracker = open().start()
  const errors: string[] = []
  tracker.on('error', ({ code }) => errors.push(code))
  tracker.track('step')
  await run(19_000)
  expect(collector.requests).toEqual([])
  await run(minute)
  expect([errors, collector.of('custom').length]).toEqual([['storage'], 1])
})
