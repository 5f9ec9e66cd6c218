import { expect, test } from 'vitest'
import type { Event } from '../../src/model/index.ts'
import type { TrackerOptions } from '../../src/tracker/options.ts'
import { createTestPlatform } from './createTestPlatform.ts'

const setUp = async (middleware: NonNullable<TrackerOptions['middleware']>) => {
  const platform = await createTestPlatform()
  return { ...platform, tracker: platform.open().start({ middleware, autotrack: false }) }
}

const nameOf = (event: Partial<Event>): string => ('eventName' in event && event.eventName) || ''

test('an event that the middleware drops leaves no trace and no gap in the numbers', async () => {
  const { run, tracker, collector } = await setUp(event => (nameOf(event) === 'secret' ? null : event))
  for (const name of ['a', 'secret', 'b', 'secret', 'c']) tracker.track(name)
  await run(10_000)
  expect(collector.of('custom').map(({ eventName, seq }) => [eventName, seq])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ])
})

test('a dropped event opens no session and stores nothing', async () => {
  const { run, tracker, collector, disk } = await setUp(() => null)
  tracker.track('a')
  tracker.pageview()
  await run(10_000)
  expect([collector.requests, disk.openings]).toEqual([[], 0])
})

test('the middleware may change what an event says', async () => {
  const { run, tracker, collector } = await setUp(event => ({ ...event, attributes: { plan: 'pro' } }))
  tracker.track('upgraded', { plan: 'basic' })
  await run(10_000)
  expect(collector.of('custom')).toMatchObject([{ eventName: 'upgraded', attributes: { plan: 'pro' } }])
})

test('the middleware may change the page of a pageview', async () => {
  const { run, tracker, collector } = await setUp(event => ({ ...event, ...(event.page && { page: { ...event.page, title: 'Hidden' } }) }))
  tracker.pageview()
  await run(10_000)
  expect(collector.sessions()[0]!.lastPage).toMatchObject({ title: 'Hidden' })
})

test('what the middleware takes out by null is not sent', async () => {
  const { run, tracker, collector } = await setUp(event => Object.assign(event, { attributes: null }))
  tracker.track('paid', { total: 49.9 })
  await run(10_000)
  expect(collector.of('custom').map(event => Object.keys(event))).toEqual([expect.not.arrayContaining(['attributes'])])
  expect(collector.of('custom')).toHaveLength(1)
})

test('the middleware cannot change which event it is', async () => {
  const seen: Partial<Event>[] = []
  const { clock, run, tracker, collector } = await setUp(event => {
    seen.push({ ...event })
    return { ...event, id: 'mine', at: 5, type: 'end', session: 'mine', seq: 99, tab: 'mine' } as Partial<Event>
  })
  const at = clock.now()
  tracker.track('a')
  await run(10_000)
  const [event] = collector.of('custom')
  expect(event).toMatchObject({ id: seen[0]!.id, at, type: 'custom', seq: 0, session: seen[0]!.id })
  expect(event!.tab).not.toBe('mine')
})

test('the middleware sees what the site tracks, with its instant and id', async () => {
  const seen: Partial<Event>[] = []
  const { clock, run, tracker } = await setUp(event => {
    seen.push(event)
    return event
  })
  tracker.identify('c-1', { type: 'crm' })
  tracker.screenview('Cart')
  await run(200_000)
  expect(seen).toEqual([
    { id: expect.any(String) as string, at: clock.now() - 200_000, type: 'identify', customer: { id: 'c-1', type: 'crm' } },
    { id: expect.any(String) as string, at: clock.now() - 200_000, type: 'screenview', screen: 'Cart' },
  ])
})
