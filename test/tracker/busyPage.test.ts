import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'

const setUp = async (visible = true) => {
  const platform = await createTestPlatform()
  const tab = platform.open({ visible })
  const tracker = tab.start()
  // The first visit has been told, and nothing is under way.
  await platform.run(10_000)
  return { ...platform, tab, tracker }
}

const names = ['first', 'second', 'third', 'fourth', 'fifth']

/** Events that come when the tab has died and another page of the site is opened. */
const arrivingAfterCrash = async ({ run, open, tab, collector }: Awaited<ReturnType<typeof setUp>>) => {
  tab.crash()
  open().start()
  await run(20_000)
  return collector.of('custom').map(({ eventName }) => eventName)
}

test('what happens in quick succession shares transactions', async () => {
  const { run, tracker, disk, collector } = await setUp()
  const before = disk.writes
  for (let i = 0; i < 50; i++) {
    tracker.track(`step${i}`)
    await run(20)
  }
  // Acknowledgements are among them.
  expect(disk.writes - before).toBeLessThan(10)
  await run(20_000)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(Array.from({ length: 50 }, (_, i) => `step${i}`))
})

test('what comes alone is stored at once, and survives a crash of the tab', async () => {
  const setting = await setUp()
  setting.tracker.track('alone')
  await setting.run(1)
  expect(await arrivingAfterCrash(setting)).toEqual(['alone'])
})

test('a crash costs no more than the last quarter of a second of a busy page', async () => {
  const setting = await setUp()
  for (const name of names) {
    await setting.run(100)
    setting.tracker.track(name)
  }
  await setting.run(10)
  const arrived = await arrivingAfterCrash(setting)
  expect(arrived).toEqual(names.slice(0, arrived.length))
  expect(arrived.length).toBeGreaterThanOrEqual(names.length - 3)
})

test('what waits for company when the tracker is stopped is stored', async () => {
  const { run, open, tab, tracker, collector } = await setUp()
  for (const name of names) {
    tracker.track(name)
    await run(10)
  }
  tracker.stop()
  await run(1000)
  tab.crash()
  open().start()
  await run(20_000)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(names)
})

test('in a page that nobody sees nothing waits: its timers are late', async () => {
  const setting = await setUp(false)
  for (const name of names) {
    setting.tracker.track(name)
    await setting.run(1)
  }
  expect(await arrivingAfterCrash(setting)).toEqual(names)
})

test('flush waits for nothing, and what waited is sent with it', async () => {
  const { run, tracker, collector } = await setUp()
  names.forEach(name => tracker.track(name))
  await run(1)
  tracker.track('last')
  void tracker.flush()
  await run(50)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual([...names, 'last'])
})

test('in a page that is hidden while something waits nothing waits any more', async () => {
  const setting = await setUp()
  setting.tracker.track('first')
  await setting.run(10)
  setting.tracker.track('second')
  await setting.run(10)
  await setting.tab.hide()
  await setting.run(1)
  setting.tracker.track('third')
  await setting.run(1)
  expect(await arrivingAfterCrash(setting)).toEqual(['first', 'second', 'third'])
})

test('what is told after the tracker was stopped, while something waited, is stored', async () => {
  const setting = await setUp()
  setting.tracker.track('first')
  await setting.run(10)
  setting.tracker.track('second')
  await setting.run(10)
  setting.tracker.stop()
  setting.tracker.track('third')
  await setting.run(1000)
  setting.tracker.track('fourth')
  await setting.run(10)
  expect(await arrivingAfterCrash(setting)).toEqual(['first', 'second', 'third', 'fourth'])
})
