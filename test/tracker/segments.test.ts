import { expect, test } from 'vitest'
import type { PageFacts } from '../../src/model/index.ts'
import type { Tracker } from '../../src/tracker/tracker.ts'
import { createTestPlatform } from './createTestPlatform.ts'

const assignment = { segment: { id: 'vip' }, assignedDate: '2026-03-02T09:00:01.000Z' }
const achievement = { outcome: { id: 'paid' }, achievedDate: '2026-03-02T09:00:02.000Z' }

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
  await visit(tracker, { assigned: [':vip:segment'] })
  await visit(tracker, { assigned: [':vip:segment', ':vi:segment', ':vip:outcome'] })
  await visit(tracker, { assigned: [':vip:segment', ':vi:segment', ':vip:outcome'] })
  expect(told).toEqual([
    ['segment', 'vip'],
    ['segment', 'vi'],
    ['outcome', 'vip'],
  ])
})

test('the Session that the page sees has them with their dates', async () => {
  const { open, visit, run } = await setUp()
  const tracker = open().start()
  await visit(tracker, { assigned: [':vip:segment', ':paid:outcome'], segmentAssignments: [assignment], outcomeAchievements: [achievement] })
  const shown = tracker.session()
  await run(10)
  expect(await shown).toMatchObject({ segmentAssignments: [assignment], outcomeAchievements: [achievement] })
  expect(await shown).not.toHaveProperty('assigned')
})

test('the next page of the session is not told again, and is told what is new', async () => {
  const { open, listen, visit, told } = await setUp()
  const facts = { assigned: [':vip:segment'] }
  await visit(open().start(), facts)
  const tracker = listen(open({ url: 'https://shop.example.com/2' }).start())
  await visit(tracker, facts)
  expect(told).toEqual([])
  await visit(tracker, { assigned: [...facts.assigned, ':other:segment'] })
  expect(told).toEqual([['segment', 'other']])
})

test('a new session is told of what its customer has', async () => {
  const { open, listen, visit, told, run } = await setUp()
  const tracker = listen(open().start())
  const facts = { assigned: [':vip:segment'] }
  await visit(tracker)
  await visit(tracker, facts)
  await run(3 * 3_600_000)
  await visit(tracker, facts)
  expect(told).toEqual([
    ['segment', 'vip'],
    ['segment', 'vip'],
  ])
})
