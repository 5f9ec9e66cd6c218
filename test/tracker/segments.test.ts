import { expect, test } from 'vitest'
import type { PageFacts } from '../../src/model/index.ts'
import type { Tracker } from '../../src/tracker/tracker.ts'
import { createTestPlatform } from './createTestPlatform.ts'

const assigned = (id: string, second = 1) => ({ segment: { id }, assignedDate: `2026-03-02T09:00:0${second}.000Z` })
const achieved = (id: string) => ({ outcome: { id }, achievedDate: '2026-03-02T09:00:01.000Z' })

/** A collector that tells what the test says, of the session that a batch is about. */
const setUp = async () => {
  const platform = await createTestPlatform()
  const told: [string, unknown][] = []
  let facts: Partial<PageFacts> = {}
  platform.collector.answer = ({ events }) => ({
    status: 200,
    body: JSON.stringify({ accepted: events.length, duplicates: 0, rejected: [], session: { id: events.at(-1)!.session, shortId: '4711', ...facts } }),
  })
  const listen = (tracker: Tracker): Tracker => {
    tracker.on('segment', detail => told.push(['segment', detail]))
    tracker.on('outcome', detail => told.push(['outcome', detail]))
    return tracker
  }
  const visit = async (tracker: Tracker, next: Partial<PageFacts> = {}): Promise<void> => {
    facts = next
    tracker.track('something')
    await platform.run(10_000)
  }
  return { ...platform, told, listen, visit }
}

test('a segment and an outcome that the collector tells of are told to the page, each once', async () => {
  const { open, listen, visit, told } = await setUp()
  const tracker = listen(open().start())
  await visit(tracker)
  await visit(tracker, { segmentAssignments: [assigned('vip')] })
  await visit(tracker, { segmentAssignments: [assigned('vip', 2), assigned('vip2')], outcomeAchievements: [achieved('vip')] })
  await visit(tracker, { segmentAssignments: [assigned('vip', 2), assigned('vip2')], outcomeAchievements: [achieved('vip')] })
  expect(told).toEqual([
    ['segment', { id: 'vip' }],
    ['segment', { id: 'vip2' }],
    ['outcome', { id: 'vip' }],
  ])
})

test('the Session that the page sees has them with their dates', async () => {
  const { open, visit, run } = await setUp()
  const tracker = open().start()
  await visit(tracker, { segmentAssignments: [assigned('vip')], outcomeAchievements: [achieved('paid')] })
  const shown = tracker.session()
  await run(10)
  expect(await shown).toMatchObject({ segmentAssignments: [assigned('vip')], outcomeAchievements: [achieved('paid')] })
})

test('the next page of the session is not told again, and is told what is new', async () => {
  const { open, listen, visit, told } = await setUp()
  const facts = { segmentAssignments: [assigned('vip')] }
  await visit(open().start(), facts)
  const tracker = listen(open({ url: 'https://shop.example.com/2' }).start())
  await visit(tracker, facts)
  expect(told).toEqual([])
  await visit(tracker, { segmentAssignments: [...facts.segmentAssignments, assigned('other')] })
  expect(told).toEqual([['segment', { id: 'other' }]])
})

test('a new session is told of what its customer has', async () => {
  const { open, listen, visit, told, run } = await setUp()
  const tracker = listen(open().start())
  const facts = { segmentAssignments: [assigned('vip')] }
  await visit(tracker)
  await visit(tracker, facts)
  await run(3 * 3_600_000)
  await visit(tracker, facts)
  expect(told).toEqual([
    ['segment', { id: 'vip' }],
    ['segment', { id: 'vip' }],
  ])
})

test('words in an address are no segment', async () => {
  const { open, listen, visit, told } = await setUp()
  const tracker = listen(open().start())
  const url = 'https://example.org/{"segment":{"id":"vip"}}'
  await visit(tracker)
  await visit(tracker, { referrer: { url, domain: 'example.org', hostname: 'example.org', pathname: '/"segment":{"id":"vip"', medium: 'unknown' } })
  expect(told).toEqual([])
})
