import { expect, test } from 'vitest'
import type { Trouble } from '../../src/tracker/emitter.ts'
import type { TrackerOptions } from '../../src/tracker/options.ts'
import { createTestPlatform } from './createTestPlatform.ts'
import type { DiskFaults } from './platform/disk.ts'
import type { TabOptions } from './platform/tab.ts'

const setUp = async () => {
  const platform = await createTestPlatform()
  const errors: Trouble[] = []
  const start = (tab: TabOptions = {}, options: Partial<TrackerOptions> = {}) => {
    const page = platform.open(tab)
    const tracker = page.start(options)
    tracker.on('error', error => errors.push(error))
    return { page, tracker }
  }
  const names = (): string[] => platform.collector.of('custom').map(({ eventName }) => eventName)
  return { ...platform, errors, start, names }
}

test.each<[string, DiskFaults]>([
  ['throws when it is opened', { open: 'throws' }],
  ['fails to open', { open: 'fails' }],
  ['throws in every transaction', { transaction: 'throws' }],
  ['is full', { transaction: 'full' }],
])('where IndexedDB %s the tracker goes on in memory, and says so once', async (_, faults) => {
  const { run, start, names, errors, disk, collector } = await setUp()
  disk.faults = faults
  const { tracker, page } = start()
  tracker.track('one')
  await run(10_000)
  tracker.track('two')
  await run(10_000)
  expect(names()).toEqual(['one', 'two'])
  expect(collector.sessions()).toMatchObject([{ eventCount: 3 }])
  expect(errors.map(({ code }) => code)).toEqual(['storage'])
  expect([page.uncaught, page.errors()]).toEqual([[], []])
})

test('where there is no IndexedDB at all the tracker goes on in memory', async () => {
  const { run, start, names, errors } = await setUp()
  const { tracker } = start({ indexedDB: false })
  tracker.track('one')
  await run(10_000)
  expect([names(), errors.map(({ code }) => code)]).toEqual([['one'], ['storage']])
})

test.each<DiskFaults>([{ transaction: 'throws' }, { transaction: 'full' }])('storage that breaks later (%o) changes neither visitor nor session, and loses nothing', async faults => {
  const { run, start, names, disk, collector } = await setUp()
  const { tracker } = start()
  tracker.track('before')
  await run(10_000)
  disk.faults = faults
  tracker.track('after')
  await run(10_000)
  expect(names()).toEqual(['before', 'after'])
  expect(collector.sessions()).toMatchObject([{ eventCount: 3 }])
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(1)
})

test('events that were stored but not yet sent when storage breaks are sent from memory', async () => {
  const { run, start, names, disk } = await setUp()
  const { tracker } = start()
  await run(10_000)
  tracker.track('stored')
  await run(1000)
  disk.faults = { transaction: 'throws' }
  tracker.track('not_stored')
  await run(20_000)
  expect(names()).toEqual(['stored', 'not_stored'])
})

// Safari closes those of pages in the background; while site data is deleted, Chromium may close the new one, too.
test.each<DiskFaults>([{ transaction: 'throws' }, { transaction: 'full' }])('what a page has left is sent by the next one, although its storage is broken (%o)', async faults => {
  const { run, start, names, disk, collector } = await setUp()
  start()
  await run(10_000)
  disk.latency = 20
  collector.answer = () => 'unreachable'
  const { page, tracker } = start()
  tracker.track('left')
  await page.close()
  await run(1000)
  disk.faults = faults
  collector.answer = () => 'accept'
  const next = start()
  await run(60_000)
  await next.page.close()
  disk.faults = {}
  start()
  await run(60_000)
  expect(names()).toEqual(['left'])
})

test.each<DiskFaults>([{ transaction: 'throws' }, { transaction: 'full' }])('pages that each go on in memory (%o) lose nothing to each other', async faults => {
  const { run, start, names, disk, collector } = await setUp()
  disk.faults = faults
  const { tracker } = start({ name: 'one' })
  await run(10_000)
  tracker.track('step')
  await run(1000)
  start({ name: 'two' })
  await run(20_000)
  expect([names(), collector.foreign()]).toEqual([['step'], 0])
})

test.each([1, 2])('a connection that the browser closes is opened again, and nobody is told: %i times', async times => {
  const { run, start, names, errors, disk } = await setUp()
  const { tracker } = start()
  await run(10_000)
  disk.faults = { transaction: 'throws', times }
  tracker.track('reopened')
  await run(10_000)
  expect([names(), errors]).toEqual([['reopened'], []])
})

test('a browser that evicts the storage of an open page keeps its session', async () => {
  const { run, start, disk, collector } = await setUp()
  const { tracker } = start()
  await run(10_000)
  await Promise.all([disk.evict(), run(1000)])
  tracker.track('after')
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ eventCount: 2 }])
})

test.each<[string, string[]]>([
  ['while the page stays quiet', []],
  ['with the events that follow', ['after']],
])('events whose database is deleted before they are sent are sent from memory, %s', async (_, more) => {
  const { run, start, names, disk } = await setUp()
  const { tracker } = start()
  await run(10_000)
  tracker.track('stored')
  await run(1000)
  await Promise.all([disk.evict(), run(1000)])
  for (const name of more) tracker.track(name)
  await run(20_000)
  expect(names().sort()).toEqual([...more, 'stored'])
})

test('after an eviction a new visit is that of a new visitor', async () => {
  const { run, start, disk, collector } = await setUp()
  const { page } = start()
  await run(10_000)
  page.crash()
  await Promise.all([disk.evict(), run(1000)])
  start()
  await run(10_000)
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(2)
  expect(collector.sessions()).toMatchObject([{ sessionIndex: 1 }, { sessionIndex: 1 }])
})

test('a slow disk delays events and loses none', async () => {
  const { run, start, names, disk } = await setUp()
  disk.latency = 300
  const { tracker } = start()
  for (let i = 0; i < 5; i++) {
    tracker.track(`step_${i}`)
    await run(100)
  }
  await run(60_000)
  expect(names()).toEqual(['step_0', 'step_1', 'step_2', 'step_3', 'step_4'])
})

test.each([true, false])('an anonymous tracker stores nothing, not even for a moment, and still tracks (Web Locks: %s)', async locks => {
  const { run, start, names, disk, collector } = await setUp()
  const written: unknown[] = []
  disk.hearers.add({ isAlive: () => true, hear: key => void written.push(key) })
  const { tracker, page } = start({ locks }, { anonymous: true })
  tracker.track('one')
  await run(10_000)
  await page.close()
  await run(1000)
  expect([names(), disk.openings, disk.local.size, written]).toEqual([['one'], 0, 0, []])
  start({}, { anonymous: true })
  await run(10_000)
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(2)
})

test('a spill of somebody else is left alone', async () => {
  const { run, start, names, disk, errors } = await setUp()
  disk.local.set('sojourn.shop.other', 'not json')
  disk.local.set('sojourn.shop.null', 'null')
  disk.local.set('theirs', '{}')
  const { tracker } = start()
  tracker.track('one')
  await run(10_000)
  expect([names(), errors, disk.local.get('theirs')]).toEqual([['one'], [], '{}'])
})

test('where localStorage is full the page leaves all the same', async () => {
  const { run, start, names, disk } = await setUp()
  disk.faults = { local: 'full' }
  const { tracker, page } = start()
  tracker.track('one')
  await page.close()
  await run(1000)
  expect([names(), page.uncaught]).toEqual([['one'], []])
})
