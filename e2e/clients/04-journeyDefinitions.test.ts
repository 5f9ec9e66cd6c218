import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { connectGenesys, type GenesysClient } from './connectGenesys.ts'

let collector: Collector
let client: GenesysClient
beforeAll(async () => {
  collector = await startCollector()
  client = connectGenesys(collector)
})
afterAll(() => collector.stop())

const journey = { patterns: [{ criteria: [{ key: 'page.url', values: ['cart'], shouldIgnoreCase: true, operator: 'containsAny' }], count: 2, streamType: 'Web', sessionType: 'web' }] }

test('segments are created, read, listed, changed and removed', async () => {
  const made = await client.journey.postJourneySegments({ body: { displayName: 'Undecided', color: '#336699', journey } })
  expect(made).toMatchObject({ displayName: 'Undecided', version: 1, scope: 'Session', journey })
  const id = String(made.id)
  expect(await client.journey.getJourneySegment(id)).toEqual(made)
  expect((await client.journey.getJourneySegments({ segmentIds: [id], isActive: true })).entities).toEqual([made])
  const changed = await client.journey.patchJourneySegment(id, { body: { displayName: 'Still undecided' } })
  expect(changed).toEqual({ ...made, displayName: 'Still undecided', version: 2, modifiedDate: changed.modifiedDate })
  await client.journey.deleteJourneySegment(id)
  await expect(client.journey.getJourneySegment(id)).rejects.toMatchObject({ status: 404, code: 'not.found' })
})

test('outcomes too', async () => {
  const made = await client.journey.postJourneyOutcomes({ body: { displayName: 'Order', isPositive: true, journey } })
  const id = String(made.id)
  expect(await client.journey.getJourneyOutcome(id)).toEqual(made)
  expect((await client.journey.getJourneyOutcomes({ queryFields: ['displayName'], queryValue: 'ord' })).entities).toEqual([made])
  expect(await client.journey.patchJourneyOutcome(id, { body: { displayName: 'Large order' } })).toMatchObject({ displayName: 'Large order', version: 2 })
  await client.journey.deleteJourneyOutcome(id)
  await expect(client.journey.getJourneyOutcome(id)).rejects.toMatchObject({ status: 404 })
})
