import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'

const names = Array.from({ length: 10 }, (_, i) => `tab${i}`)

test.each([0, 1, 7])('ten tabs opened at once on a cold profile share one session, one visitor and one short id (disk latency %i ms)', async latency => {
  const { run, open, collector, disk } = await createTestPlatform()
  disk.latency = latency
  const trackers = names.map(name => open({ name }).start())
  await run(10_000)
  const shown = Promise.all(trackers.map(tracker => tracker.session()))
  const shortIds = Promise.all(trackers.map(tracker => tracker.shortId()))
  await run(1000)
  expect(new Set((await shown).map(session => `${session!.id} ${session!.visitorId} ${session!.pageviewCount}`)).size).toBe(1)
  expect(new Set(await shortIds)).toEqual(new Set(['1000']))
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 10, sessionIndex: 1 }])
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(1)
})

test.each([{ channel: false }, { locks: false }, { channel: false, locks: false }])('ten tabs agree where the browser lacks %o', async lacks => {
  const { run, open, collector } = await createTestPlatform()
  const trackers = names.map(name => open({ name, ...lacks }).start())
  await run(20_000)
  const shown = Promise.all(trackers.map(tracker => tracker.session()))
  await run(1000)
  expect(new Set((await shown).map(session => session!.id)).size).toBe(1)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 10 }])
})

test('a page that loads in the background waits for the database to tell whose it is', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  open().start()
  await run(10_000)
  disk.latency = 20
  const tab = open({ visible: false })
  const tracker = tab.start()
  tracker.track('landed')
  tab.load()
  await run(20_000)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 1, eventCount: 2 }])
})

test('tabs that time out together agree on the next session', async () => {
  const { run, open, collector } = await createTestPlatform()
  const trackers = names.map(name => open({ name }).start())
  await run(2 * 3_600_000)
  trackers.forEach(tracker => tracker.track('back'))
  await run(10_000)
  expect(collector.sessions().map(({ sessionIndex, eventCount }) => [sessionIndex, eventCount])).toEqual([
    [1, 10],
    [2, 10],
  ])
})

test('each tab numbers its events without gaps, under a name of its own', async () => {
  const { run, open, collector } = await createTestPlatform()
  const trackers = names.slice(0, 3).map(name => open({ name }).start())
  for (let i = 0; i < 4; i++) {
    trackers.forEach(tracker => tracker.track('step'))
    await run(3000)
  }
  await run(10_000)
  const numbers: Record<string, number[]> = {}
  for (const { tab, seq } of collector.events()) numbers[tab] = [...(numbers[tab] ?? []), seq].sort((a, b) => a - b)
  expect(Object.values(numbers)).toEqual(Array.from({ length: 3 }, () => [0, 1, 2, 3, 4]))
})

test('events of several tabs are sent once, whoever sends them', async () => {
  const { run, open, collector } = await createTestPlatform()
  const trackers = names.map(name => open({ name }).start())
  for (let i = 0; i < 5; i++) {
    trackers.forEach(tracker => tracker.track('step'))
    await run(2000)
  }
  await run(20_000)
  expect([collector.of('custom').length, collector.copies()]).toEqual([50, 0])
})

test('activity in one tab keeps the visitor active in the others', async () => {
  const { run, open } = await createTestPlatform()
  const [quiet, busy] = [open({ name: 'quiet' }), open({ name: 'busy' })]
  const states: string[] = []
  const tracker = quiet.start()
  for (const state of ['idle', 'away', 'active'] as const) tracker.on(state, () => states.push(state))
  busy.start()
  for (let i = 0; i < 30; i++) {
    await run(10_000)
    busy.input()
  }
  expect(states).toEqual([])
})

test('a customer who was named in one tab is known in the others', async () => {
  const { run, open, collector } = await createTestPlatform()
  const [one, two] = [open({ name: 'one' }).start(), open({ name: 'two' }).start()]
  await run(1000)
  one.identify('c-1', { type: 'crm' })
  await run(2 * 3_600_000)
  two.track('later')
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ customerId: 'c-1' }, { customerId: 'c-1' }])
})

test('sites on one origin keep apart', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  tab.start({ site: 'shop' })
  tab.start({ site: 'blog' })
  await run(10_000)
  expect(collector.sessions()).toHaveLength(2)
  expect(new Set(collector.requests.map(({ batch }) => batch.site))).toEqual(new Set(['shop', 'blog']))
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(2)
})

test('anonymous tabs keep their visitors apart', async () => {
  const { run, open, collector } = await createTestPlatform()
  const one = open({ name: 'one' }).start({ anonymous: true })
  await run(1000)
  open({ name: 'two' }).start({ anonymous: true })
  await run(1000)
  one.track('step')
  await run(10_000)
  const owners = new Map<string, Set<string>>()
  for (const { batch } of collector.requests) for (const { session } of batch.events) owners.set(session, (owners.get(session) ?? new Set()).add(batch.visitor.id))
  expect([...owners.values()].map(set => set.size)).toEqual([1, 1])
})

test('a tab that was suspended learns of input in another one before it counts the time since', async () => {
  const { run, open, collector, clock } = await createTestPlatform()
  const [suspended, used] = [open({ name: 'suspended' }), open({ name: 'used' })]
  suspended.start()
  used.start()
  await run(10_000)
  await suspended.hide()
  suspended.suspend()
  await run(20_000)
  used.input()
  await run(1000)
  // The machine sleeps, and the suspended tab is the first to be seen: 59 s after the input.
  clock.jump(58_000)
  suspended.resume()
  await suspended.show()
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ engagement: { idleSeconds: 0, awaySeconds: 0 } }])
})

test('input that another tab has not told when the session was ended opens no new one', async () => {
  const { run, open, collector, clock } = await createTestPlatform()
  const [own, other] = [open({ name: 'own' }), open({ name: 'other' })]
  const tracker = own.start()
  other.start()
  await run(10_000)
  own.input()
  await run(1000)
  // As the machine wakes up the other tab has something to tell, and the visitor signs out in this one.
  clock.jump(50_000)
  tracker.reset()
  await run(10_000)
  expect(collector.sessions()).toHaveLength(1)
})

test('input after the timeout, of which a tab that was suspended hears late, keeps no session going', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  const [seen, hidden] = [open({ name: 'seen' }), open({ name: 'hidden', visible: false })]
  seen.start()
  const tracker = hidden.start()
  await run(1000)
  hidden.suspend()
  await run(3_600_000)
  disk.latency = 20
  // It tells the others, and is gone before its transaction has ended.
  seen.input()
  seen.crash()
  await run(1000)
  hidden.resume()
  tracker.track('back')
  await run(20_000)
  expect(collector.sessions()).toMatchObject([{ sessionIndex: 1, eventCount: 1 }, { sessionIndex: 2, eventCount: 1 }])
})
