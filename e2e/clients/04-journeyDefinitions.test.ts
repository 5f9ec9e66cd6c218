import { expect, test } from 'vitest'
import { connectGenesys } from './connectGenesys.ts'
import { someText } from './expectedVisit.ts'
import { setUpCollector } from './setUpCollector.ts'

const collector = setUpCollector()

const journey = { patterns: [{ criteria: [{ key: 'page.url', values: ['cart'], shouldIgnoreCase: true, operator: 'containsAny' }], count: 2, streamType: 'Web', sessionType: 'web' }] }

/** What the collector notes of a definition that was just made. */
const toNotes = (kind: 'segments' | 'outcomes', { id, createdDate }: Record<string, unknown>) => ({
  id: someText,
  version: 1,
  createdDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
  modifiedDate: createdDate,
  selfUri: `/api/v2/journey/${kind}/${String(id)}`,
})

/** A list of one definition. */
/** @param asked what the list is restricted to: its links say that, too */
const listOf = (kind: 'segments' | 'outcomes', definition: object, asked: Record<string, string>) => {
  const uri = `/api/v2/journey/${kind}?${new URLSearchParams({ pageSize: '25', pageNumber: '1', ...asked }).toString()}`
  return { entities: [definition], pageSize: 25, pageNumber: 1, pageCount: 1, total: 1, selfUri: uri, firstUri: uri, lastUri: uri }
}

test('segments are created, read, listed, changed and removed', async () => {
  const client = connectGenesys(collector()).journey
  const given = { displayName: 'Undecided', color: '#336699', journey }
  const usual = { isActive: true, scope: 'Session', shouldDisplayToAgent: true, context: { patterns: [] } }
  const made = await client.postJourneySegments({ body: given })
  expect(made).toEqual({ ...usual, ...given, ...toNotes('segments', made) })
  const id = String(made.id)
  expect(await client.getJourneySegment(id)).toEqual(made)
  expect(await client.getJourneySegments({ segmentIds: [id], isActive: true })).toEqual(listOf('segments', made, { isActive: 'true', segmentIds: id }))
  const changed = await client.patchJourneySegment(id, { body: { displayName: 'Still undecided' } })
  expect(changed).toEqual({ ...made, displayName: 'Still undecided', version: 2, modifiedDate: changed.modifiedDate })
  expect(await client.getJourneySegment(id)).toEqual(changed)
  await client.deleteJourneySegment(id)
  await expect(client.getJourneySegment(id)).rejects.toMatchObject({ status: 404, code: 'not.found' })
})

test('outcomes too', async () => {
  const client = connectGenesys(collector()).journey
  const given = { displayName: 'Order', isPositive: false, journey }
  const made = await client.postJourneyOutcomes({ body: given })
  expect(made).toEqual({ isActive: true, context: { patterns: [] }, ...given, ...toNotes('outcomes', made) })
  const id = String(made.id)
  expect(await client.getJourneyOutcome(id)).toEqual(made)
  expect(await client.getJourneyOutcomes({ queryFields: ['displayName'], queryValue: 'ord' })).toEqual(listOf('outcomes', made, { queryFields: 'displayName', queryValue: 'ord' }))
  const changed = await client.patchJourneyOutcome(id, { body: { displayName: 'Large order' } })
  expect(changed).toEqual({ ...made, displayName: 'Large order', version: 2, modifiedDate: changed.modifiedDate })
  expect(await client.getJourneyOutcome(id)).toEqual(changed)
  await client.deleteJourneyOutcome(id)
  await expect(client.getJourneyOutcome(id)).rejects.toMatchObject({ status: 404 })
})
