import { expect, test } from 'vitest'
import type { Event } from '../../src/model/index.ts'
import { toSurplus } from '../../src/tracker/store/surplus.ts'
import { createTestPlatform } from './createTestPlatform.ts'

const minute = 60_000

const make = (type: Event['type'], n: number, more: object = {}): Event[] =>
  Array.from({ length: n }, (_, seq) => ({ id: `${type}${String(seq).padStart(6, '0')}`, type, at: seq, session: 's', tab: 't', seq, ...more }) as Event)

test('an outbox within its bounds has no surplus', () => expect(toSurplus(make('custom', 10_000))).toEqual([]))

test('the oldest of the least telling kind go first', () => {
  const start = make('pageview', 1, { id: 'opening', start: { type: 'web', index: 1 } })
  const [activities, views, customs] = [make('activity', 100), make('pageview', 4000), make('custom', 6000)]
  const identify = make('identify', 1)
  const gone = toSurplus([...start, ...activities, ...views, ...customs, ...identify]).map(({ id }) => id)
  // 102 too many: all activities, and then the two oldest pageviews but not the one that opened the session.
  expect(gone.toSorted()).toEqual([...activities, ...views.slice(0, 2)].map(({ id }) => id).toSorted())
})

test('large events count by their length', () => {
  const events = make('custom', 100, { attributes: { text: 'x'.repeat(100_000) } })
  const kept = 100 - toSurplus(events).length
  expect(kept * 100_000).toBeLessThanOrEqual(4_000_000)
  expect(kept).toBeGreaterThan(30)
})

test.each([{ indexedDB: true }, { indexedDB: false }])('what waits while the collector is gone has a cap, and what it costs is counted and told (%o)', async lacks => {
  const { run, open, collector } = await createTestPlatform()
  const tracker = open(lacks).start()
  const errors: string[] = []
  tracker.on('error', ({ code, message }) => errors.push(`${code} ${message}`))
  await run(minute)
  collector.answer = () => 'unreachable'
  const text = 'x'.repeat(8000)
  for (let i = 0; i < 600; i++) tracker.track('large', { i, text })
  await run(10 * minute)
  expect(errors.filter(error => error.startsWith('cap '))).toEqual([expect.stringMatching(/^cap \d+ events dropped/)])
  collector.answer = () => 'accept'
  await run(10 * minute)
  const arrived = collector.of('custom').map(({ attributes }) => attributes!.i as number)
  const dropped = 600 - arrived.length
  expect(dropped).toBeGreaterThan(90)
  expect(arrived).toEqual(Array.from({ length: arrived.length }, (_, i) => dropped + i))
  const { lost, events } = collector.requests.at(-1)!.batch
  expect(lost![events[0]!.session]).toMatchObject({ cap: expect.closeTo(dropped, -1) as number })
  expect(errors.find(error => error.startsWith('cap '))).toContain(`cap ${lost![events[0]!.session]!.cap} `)
})
