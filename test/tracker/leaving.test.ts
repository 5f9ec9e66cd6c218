import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'

const ten = Array.from({ length: 10 }, (_, i) => i)

test.each([
  [0, true],
  [0, false],
  [20, true],
  [20, false],
])('ten events and a tab closed at once all arrive (disk latency %i ms, keepalive: %s)', async (latency, keepalive) => {
  const { run, open, collector, disk } = await createTestPlatform()
  disk.latency = latency
  const tab = open({ keepalive })
  const tracker = tab.start()
  for (const i of ten) tracker.track('step', { i })
  await tab.close()
  await run(1000)
  expect(collector.of('custom').map(({ attributes }) => attributes!.i)).toEqual(ten)
  expect(collector.requests.map(({ how }) => how)).toEqual([keepalive ? 'keepalive' : 'beacon'])
  expect(collector.sessions()).toHaveLength(1)
})

test('what left with the page is adopted by the next one, and the copies change nothing', async () => {
  const { run, open, collector } = await createTestPlatform()
  const first = open()
  first.start().track('step')
  await first.close()
  open().start()
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ eventCount: 3, pageviewCount: 2, sessionIndex: 1 }])
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(1)
})

test.each([0, 20])('events of a page that closed while the collector was gone arrive with the next visit (disk latency %i ms)', async latency => {
  const { run, open, collector, disk } = await createTestPlatform()
  disk.latency = latency
  collector.answer = () => 'unreachable'
  const first = open()
  const tracker = first.start()
  for (const i of ten) tracker.track('step', { i })
  await first.close()
  await run(3_600_000 * 24)
  collector.answer = () => 'accept'
  open().start()
  await run(20_000)
  expect(collector.of('custom').map(({ attributes }) => attributes!.i).sort()).toEqual(ten)
  expect(collector.sessions().map(({ eventCount }) => eventCount).sort()).toEqual([1, 11])
  expect([...disk.local.keys()].filter(key => key.includes(':'))).toEqual([])
})

test('a visitor who clicks through pages faster than the disk answers stays one visitor in one session', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  const first = open()
  first.start()
  await run(10_000)
  await first.close()
  disk.latency = 100
  for (let i = 0; i < 5; i++) {
    const tab = open({ name: `page${i}` })
    tab.start()
    await run(50)
    await tab.close()
  }
  disk.latency = 0
  open().start()
  await run(10_000)
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(1)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 7 }])
})

test.each([1, 5, 20, 100])('a first page that is hidden or left while its first transaction is under way, and what follows, are of one visitor (disk latency %i ms)', async latency => {
  for (let wait = 0; wait < 12; wait++) {
    const { run, open, collector, disk } = await createTestPlatform()
    disk.latency = latency
    const first = open()
    const tracker = first.start()
    await run(wait * latency)
    await first.hide()
    await run(20 * latency)
    await first.show()
    tracker.track('looked')
    await run(wait * latency)
    await first.freeze()
    const next = open({ name: 'next' })
    next.start().track('bought')
    await run(20_000)
    expect(collector.foreign(), `left after ${wait} steps of the disk`).toBe(0)
    expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['looked', 'bought'])
    expect(collector.sessions(), `left after ${wait} steps of the disk`).toMatchObject([{ pageviewCount: 2 }])
  }
})

test.each([1, 5, 20, 100])('a page that leaves before its first transaction, while one that nobody sees has stored who the visitor is, loses nothing (disk latency %i ms)', async latency => {
  for (let wait = 0; wait < 12; wait++) {
    const { run, open, collector, disk } = await createTestPlatform()
    disk.latency = latency
    const unseen = open({ name: 'unseen', visible: false })
    void unseen.start().session()
    await run(wait * latency)
    const first = open()
    first.start().track('seen')
    await first.close()
    await run(20 * latency)
    await unseen.close()
    const next = open({ name: 'next' })
    next.start().track('bought')
    await run(20_000)
    expect(collector.foreign(), `left after ${wait} steps of the disk`).toBe(0)
    expect(collector.sessions(), `left after ${wait} steps of the disk`).toMatchObject([{ pageviewCount: 2, eventCount: 4 }])
  }
})

test('hiding a page tells the collector at once, and what was told is not told again', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start()
  await run(10_000)
  tracker.track('last')
  await tab.hide()
  await run(100)
  expect(collector.events().map(({ type }) => type)).toEqual(['pageview', 'custom', 'activity'])
  await run(20_000)
  await tab.show()
  await run(100)
  await tab.hide()
  await run(20_000)
  expect(collector.copies()).toBe(0)
})

test('a page that leaves with more than the browser takes loses nothing', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start()
  for (let i = 0; i < 200; i++) tracker.track('step', { i, text: 'x'.repeat(1000) })
  await tab.close()
  await run(1000)
  expect(collector.requests.length).toBeGreaterThan(1)
  expect(collector.requests.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(65_536)
  open().start()
  await run(60_000)
  expect(collector.of('custom')).toHaveLength(200)
})

test('closing a tab ends its visibility, so that the visitor is away half a minute later', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  tab.start()
  await run(10_000)
  await tab.close()
  await run(31_000)
  expect(collector.sessions()).toMatchObject([{ status: 'away' }])
})

test('a page that goes into the back/forward cache holds no lock and no channel', async () => {
  const { run, open, collector, origin } = await createTestPlatform()
  collector.answer = () => 'hang'
  const tab = open()
  const tracker = tab.start()
  await run(1000)
  tracker.track('step')
  expect(origin.isLocked()).toBe(true)
  await tab.freeze()
  expect([origin.isLocked(), origin.openChannels()]).toEqual([false, 0])
})

test('a page that is to send as it goes into the back/forward cache takes no lock into it', async () => {
  const { run, open, origin, collector } = await createTestPlatform()
  const tab = open()
  collector.answer = () => 'hang'
  tab.start()
  await run(100)
  tab.listen('pagehide', () => tab.online())
  await tab.freeze()
  expect(origin.isLocked()).toBe(false)
})

test('a page whose database is being opened as it goes into the back/forward cache begins no transaction there', async () => {
  const { run, open, disk, collector } = await createTestPlatform()
  disk.latency = 50
  const tab = open()
  tab.start()
  await run(60)
  expect([disk.openings, disk.writes]).toEqual([1, 0])
  await tab.freeze()
  await run(10_000)
  expect(disk.writes).toBe(0)
  await tab.restore()
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ eventCount: 2, pageviewCount: 2 }])
})

test('a page that comes back from the back/forward cache goes on', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start()
  await run(1000)
  await tab.freeze()
  await run(120_000)
  await tab.restore()
  tracker.track('after')
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ eventCount: 3, pageviewCount: 2 }])
})

test('where localStorage throws the page leaves all the same', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  disk.faults = { local: 'throws' }
  const tab = open()
  tab.start().track('step')
  await tab.close()
  await run(1000)
  expect([collector.of('custom').length, tab.uncaught]).toEqual([1, []])
})

test('tabs without a channel do not send again and again what another tab has delivered', async () => {
  const { run, open, collector } = await createTestPlatform()
  const [a, b] = [open({ name: 'a', channel: false }), open({ name: 'b', channel: false })]
  a.start()
  const tracker = b.start()
  await run(1000)
  tracker.track('x')
  await run(20_000)
  for (let i = 0; i < 3; i++) {
    await b.hide()
    await run(10_000)
    await b.show()
    await run(10_000)
    await a.hide()
    await run(10_000)
    await a.show()
    await run(10_000)
  }
  expect(collector.copies()).toBeLessThan(4)
})

test('a closing page that the browser ends before it is done leaves what it had written until then, and the next visit sends it', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start()
  await run(10_000)
  collector.answer = () => 'unreachable'
  const markers = Array.from({ length: 2000 }, (_, i) => i)
  for (const i of markers) tracker.track('step', { i })
  // Its time is up when half of its events are settled.
  const isSettled = (): boolean => [...disk.local.values()].join().includes('"i":999}')
  const set = disk.local.set.bind(disk.local)
  disk.local.set = (key, text) => {
    set(key, text)
    if (isSettled()) tab.crash()
    return disk.local
  }
  await tab.close()
  collector.answer = () => 'accept'
  open().start()
  await run(60_000)
  const arrived = collector.of('custom').map(({ attributes }) => attributes!.i as number)
  expect(arrived.sort((a, b) => a - b)).toEqual(markers.slice(0, arrived.length))
  expect(arrived.length).toBeGreaterThanOrEqual(1000)
  expect(arrived.length).toBeLessThan(2000)
})

test('what a page has left once it does not write again', async () => {
  const { run, open, collector, disk } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start()
  collector.answer = () => 'unreachable'
  disk.latency = 1000
  await run(10)
  const left = (): string[] => [...disk.local].filter(([key]) => key.includes(':')).map(([, text]) => text)
  tracker.track('first')
  await tab.hide()
  tracker.track('second')
  await tab.close()
  expect(left().filter(text => text.includes('"first"'))).toHaveLength(1)
  expect(left().filter(text => text.includes('"second"'))).toHaveLength(1)
})
