import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import schema from '../../../src/collector/dialects/genesysJourney/journeySession.json' with { type: 'json' }
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { reduceSession } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'
import { arbitraryOf, seed } from './arbitraryOf.ts'
import { createDialectTest, createSchemaCheck } from './createDialectTest.ts'

type Json = Record<string, unknown>

const text = fc.string({ minLength: 1, maxLength: 20 })

const dateFrom = (least: number): fc.Arbitrary<string> => fc.nat(1e9).map(after => new Date(start + least + after).toISOString())

/** What the schema cannot say: what a conversation goes by, and that it ends after it has begun. */
const named = {
  ...{ id: fc.constant('call-1'), customerId: text, customerIdType: text, shortId: fc.stringMatching(/^\d{4,6}$/), externalId: text, externalUrl: text, code: text, notes: text },
  ...{ createdDate: dateFrom(0), endedDate: dateFrom(1e9), conversationSubject: text, platform: text, selfUri: text, divisionIds: fc.array(text, { maxLength: 3 }), caseReference: text },
}

const findProblems = createSchemaCheck('genesys-journey-session.json')

describe.each([
  [1000, 'valid', false],
  [250, 'of a later version', true],
])('%i random Sessions, %s,', (numRuns, _title, isOpen) => {
  test(`of conversations come out as they went in (SEED=${seed})`, { timeout: 240_000 }, async () => {
    const { ask } = createDialectTest()
    const own = { type: 'conversation', authenticated: false, selfUri: '/api/v2/journey/sessions/call-1' }
    await fc.assert(
      fc.asyncProperty(arbitraryOf(schema, '', { isOpen, named }) as fc.Arbitrary<Json>, async payload => {
        const written = await ask('POST', '/v1/conversations', { ...payload, sessionId: 'nobody' })
        expect([200, 201]).toContain(written.status)
        const { body } = await ask('GET', '/api/v2/journey/sessions/call-1')
        expect(body).toEqual({ ...body, ...payload, ...own })
        if (!isOpen) expect(findProblems(body)).toEqual([])
      }),
      { seed, numRuns },
    )
  })
})

test.each([{ segmentAssignments: 'x' }, { lastEvent: null }, { outcomeAchievements: [7] }])('a conversation with %j is shown as it was written', async odd => {
  const { ask } = createDialectTest()
  await ask('POST', '/v1/conversations', { id: 'call-1', customerId: 'c-1', ...odd })
  expect(await ask('GET', '/api/v2/journey/sessions/call-1')).toMatchObject({ status: 200, body: odd })
})

test('a customer whose id has half a character in it is read as any other, of a visit and of a conversation', async () => {
  const sessions = createMemorySessionStore([])
  const state = reduceSession(undefined, opening(1, { start: { type: 'web', index: 1, customer: { id: 'c-\ud800', type: 'crm' } } }))
  sessions.transaction({ name: 'sessions', version: 1, position: 1 }, ({ save }) => save({ site: 'shop', state, facts: {}, duplicates: 0 }))
  const { ask } = createDialectTest({ sessions })
  await ask('POST', '/v1/conversations', { id: 'call-1', customerId: 'c-\ud800' })
  for (const id of [idOf(1), 'call-1']) {
    const { status, body } = await ask('GET', `/api/v2/journey/sessions/${id}`)
    expect([status, body.externalContact]).toEqual([200, { id: 'c-\ud800', selfUri: '/api/v2/externalcontacts/contacts/c-%EF%BF%BD' }])
    expect(findProblems(body)).toEqual([])
  }
})

test('a list of the sessions of a contact that goes on ends without an error, where what was left of it is gone', async () => {
  const { ask } = createDialectTest()
  for (const n of [1, 2]) await ask('POST', '/v1/conversations', { id: `call-${n}`, customerId: 'c-1', createdDate: new Date(start + n).toISOString() })
  const path = '/api/v2/externalcontacts/contacts/c-1/journey/sessions'
  const { body } = await ask('GET', `${path}?pageSize=1`)
  expect(body).toMatchObject({ entities: [{ id: 'call-2' }], nextUri: expect.stringContaining(path) as string })
  await ask('DELETE', '/v1/conversations/call-1')
  expect(await ask('GET', String(body.nextUri))).toMatchObject({ status: 200, body: { entities: [] } })
  await ask('DELETE', '/v1/conversations/call-2')
  expect(await ask('GET', path)).toMatchObject({ status: 404 })
})
