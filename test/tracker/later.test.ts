import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'

/** A page with `fetchLater` whose session is known to the collector. */
const setUp = async () => {
  const platform = await createTestPlatform()
  const tab = platform.open({ fetchLater: true })
  const tracker = tab.start()
  await platform.run(20_000)
  platform.collector.requests.length = 0
  return { ...platform, tab, tracker, sent: () => platform.collector.requests.map(({ how }) => how) }
}

test('what is not acknowledged goes out when the tab crashes, and nobody has to come back for it', async () => {
  const { run, tab, tracker, collector, sent } = await setUp()
  tracker.track('last')
  await run(1000)
  tab.crash()
  await run(1000)
  expect([sent(), collector.of('custom').map(({ eventName }) => eventName)]).toEqual([['later'], ['last']])
  expect(collector.requests[0]!.batch.deferred).toBe(true)
})

test('it is kept up to date: what was acknowledged is in it no more', async () => {
  const { run, tab, tracker, collector, sent } = await setUp()
  tracker.track('first')
  await run(10_000)
  tracker.track('second')
  await run(1000)
  tracker.track('third')
  await run(1000)
  tab.crash()
  await run(1000)
  expect(sent().at(-1)).toBe('later')
  expect(collector.requests.at(-1)!.batch.events.map(event => 'eventName' in event && event.eventName)).toEqual(['second', 'third'])
  expect(collector.copies()).toBe(0)
})

test('a page that has nothing to say leaves nothing behind', async () => {
  const { run, tab, tracker, sent } = await setUp()
  tracker.track('first')
  await run(10_000)
  tab.crash()
  await run(1000)
  expect([sent().length, sent().includes('later')]).toEqual([1, false])
})

test('after a refusal nothing is left behind, however soon the page is gone', async () => {
  const { run, tab, tracker, sent } = await setUp()
  tracker.track('last')
  await run(1000)
  tracker.consent('denied')
  tab.crash()
  await run(1000)
  expect(sent()).toEqual([])
})

test('what hangs in a request when the page is left goes out after it', async () => {
  const { run, tab, tracker, collector, sent } = await setUp()
  collector.answer = () => 'hang'
  tracker.track('hung')
  await run(10_000)
  collector.answer = () => 'accept'
  await tab.close()
  await run(1000)
  expect([sent().at(-1), collector.of('custom').length]).toEqual(['later', 1])
})

test('a page that is left sends its events once', async () => {
  const { run, tab, tracker, collector, sent } = await setUp()
  tracker.track('last')
  await run(1000)
  await tab.close()
  await run(1000)
  expect([sent().includes('later'), collector.copies()]).toEqual([false, 0])
  expect(collector.of('custom')).toHaveLength(1)
})

/** A page whose `fetchLater` is another one. */
const openWith = async (fetchLater: (...args: unknown[]) => void) => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  Object.assign(tab.window, { fetchLater })
  return { run, collector, tracker: tab.start() }
}

test('a burst asks for it a few times, not for each event', async () => {
  let times = 0
  const { run, tracker } = await openWith(() => times++)
  for (let i = 0; i < 100; i++) {
    tracker.track('step')
    await run(10)
  }
  expect(times).toBeGreaterThan(0)
  expect(times).toBeLessThan(5)
})

test('a browser that refuses it costs nothing but that', async () => {
  const { run, collector, tracker } = await openWith(() => {
    throw new DOMException('Too much', 'QuotaExceededError')
  })
  const errors: unknown[] = []
  tracker.on('error', error => errors.push(error))
  tracker.track('step')
  await run(20_000)
  expect([errors, collector.of('custom').length]).toEqual([[], 1])
})
