import { expect, test } from 'vitest'
import { createTestPlatform } from '../createTestPlatform.ts'

const named = (events: readonly object[]): string[] => events.flatMap(event => ('eventName' in event ? [String(event.eventName)] : []))

test('an event leaves the outbox only after the collector has acknowledged it', async () => {
  const { run, open, collector } = await createTestPlatform()
  collector.answer = () => 'unreachable'
  const first = open({ name: 'first' })
  first.start().track('kept')
  await run(60_000)
  expect([collector.requests.length > 0, collector.events()]).toEqual([true, []])
  first.crash()
  collector.answer = () => 'accept'
  open({ name: 'second' }).start()
  await run(10_000)
  expect([named(collector.events()), collector.copies()]).toEqual([['kept'], 0])
})

test('an acknowledged event is never sent again', async () => {
  const { run, open, collector } = await createTestPlatform()
  const first = open()
  first.start().track('once')
  await run(10_000)
  await first.close()
  open().start()
  await run(60_000)
  expect(named(collector.requests.flatMap(({ batch }) => batch.events))).toEqual(['once'])
})

test('events of a tab that was killed are adopted by one that is open', async () => {
  const { run, open, collector } = await createTestPlatform()
  const [dying, living] = [open({ name: 'dying' }), open({ name: 'living' })]
  const tracker = living.start()
  dying.start().track('adopted')
  await run(100)
  dying.crash()
  tracker.track('own')
  await run(10_000)
  expect(named(collector.events()).sort()).toEqual(['adopted', 'own'])
  expect(new Set(collector.requests.map(({ from }) => from))).toEqual(new Set(['living']))
})

test('a tab that died while it was sending does not keep the others from sending', async () => {
  const { run, open, collector } = await createTestPlatform()
  collector.answer = () => 'hang'
  const dying = open({ name: 'dying' })
  dying.start()
  await run(1000)
  open({ name: 'living' }).start()
  await run(1000)
  dying.crash()
  collector.answer = () => 'accept'
  await run(10_000)
  expect([collector.of('pageview').length, new Set(collector.requests.map(({ from }) => from))]).toEqual([2, new Set(['dying', 'living'])])
})

test('a reply that was lost costs a copy, and no event is counted twice', async () => {
  const { run, open, collector } = await createTestPlatform()
  collector.answer = () => 'lost'
  const tracker = open().start()
  tracker.track('paid', { total: 1 })
  await run(1000)
  collector.answer = () => 'accept'
  await run(60_000)
  expect(collector.copies()).toBeGreaterThan(0)
  expect(collector.sessions()).toMatchObject([{ eventCount: 2 }])
})

test('events that were stored while the page was offline are sent when the browser is online again', async () => {
  const { run, open, collector } = await createTestPlatform()
  collector.answer = () => 'unreachable'
  const tab = open()
  const tracker = tab.start()
  for (let i = 0; i < 10; i++) {
    tracker.track(`step_${i}`)
    await run(60_000)
  }
  collector.answer = () => 'accept'
  tab.online()
  await run(1000)
  expect(named(collector.events())).toHaveLength(10)
})

test('what the outbox holds goes out in the order in which it happened', async () => {
  const { run, open, collector } = await createTestPlatform()
  collector.answer = () => 'unreachable'
  const tracker = open().start()
  for (let i = 0; i < 30; i++) {
    tracker.track(`step_${String(i).padStart(2, '0')}`)
    await run(100)
  }
  collector.answer = () => 'accept'
  await run(60_000)
  const arrived = named(collector.events())
  expect(arrived).toEqual([...arrived].sort())
})

test('every event is in storage before it is sent', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  disk.latency = 500
  open().start().track('slow_disk')
  await run(1000)
  expect(collector.requests).toEqual([])
  await run(20_000)
  expect(named(collector.events())).toEqual(['slow_disk'])
})

test('a burst of 2000 events arrives whole, in order and without copies', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tracker = open().start()
  for (let i = 0; i < 2000; i++) tracker.track('step', { i })
  await run(30_000)
  const numbers = collector.of('custom').map(({ attributes }) => attributes!.i)
  expect([numbers, collector.copies()]).toEqual([Array.from({ length: 2000 }, (_, i) => i), 0])
})
