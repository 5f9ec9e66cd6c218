import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contextKeys } from '../../../src/model/contextKeys.ts'
import { criteriaOperators } from '../../../src/model/criteria.ts'
import { start } from '../batches.ts'
import { seed } from './arbitraryOf.ts'
import { createDialectTest, createSchemaCheck } from './createDialectTest.ts'

type Json = Record<string, unknown>

const paths = { segments: '/api/v2/journey/segments', outcomes: '/api/v2/journey/outcomes' } as const

const findProblems = {
  segments: createSchemaCheck('genesys-journey-segments.json', '#/$defs/JourneySegment'),
  outcomes: createSchemaCheck('genesys-journey-segments.json', '#/$defs/Outcome'),
}

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter(value => value.length > 0)

const criteriaOf = (key: fc.Arbitrary<string>, more: Json = {}) =>
  fc
    .tuple(key, fc.array(text, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.constantFrom(...criteriaOperators))
    .map(([name, values, shouldIgnoreCase, operator]) => ({ key: name, values: /Than/.test(operator) ? values.slice(0, 1) : values, shouldIgnoreCase, operator, ...more }))

const context = fc.array(fc.array(criteriaOf(fc.constantFrom(...contextKeys), { entityType: 'visit' }), { minLength: 1, maxLength: 2 }).map(criteria => ({ criteria })), { maxLength: 2 })

const journey = fc.array(
  fc.record(
    {
      criteria: fc.array(criteriaOf(fc.constantFrom('eventName', 'page.url', 'searchQuery', 'attributes.price.value')), { maxLength: 2 }),
      count: fc.integer({ min: 1, max: 5 }),
      streamType: fc.constantFrom('Web', 'Custom', 'Conversation', 'App'),
      sessionType: fc.constantFrom('web', 'app'),
      eventName: text,
    },
    { requiredKeys: ['criteria', 'count', 'streamType', 'sessionType'] },
  ),
  { maxLength: 2 },
)

const shared = {
  displayName: text,
  isActive: fc.boolean(),
  description: text,
  context: fc.record({ patterns: context }),
  journey: fc.record({ patterns: journey }),
}

const requests = {
  segments: fc.record(
    {
      ...shared,
      color: fc.constantFrom('#336699', '#ABCDEF'),
      shouldDisplayToAgent: fc.boolean(),
      externalSegment: fc.record({ id: text, name: text, source: fc.constantFrom('AdobeExperiencePlatform', 'Custom') }),
      assignmentExpirationDays: fc.integer({ min: 0, max: 100 }),
    },
    { requiredKeys: ['displayName'] },
  ),
  outcomes: fc.record(
    { ...shared, isPositive: fc.boolean(), associatedValueField: fc.record({ dataType: fc.constantFrom('Number', 'Integer'), name: fc.constant('attributes.total.value') }) },
    { requiredKeys: ['displayName'] },
  ),
}

describe.each(['segments', 'outcomes'] as const)('%s', kind => {
  const path = paths[kind]

  test(`of 1000 random requests come out as they went in (SEED=${seed})`, { timeout: 240_000 }, async () => {
    const { ask } = createDialectTest()
    await fc.assert(
      fc.asyncProperty(requests[kind] as fc.Arbitrary<Json>, async request => {
        const made = await ask('POST', path, request)
        expect(made.status).toBe(200)
        const id = String(made.body.id)
        const { body } = await ask('GET', `${path}/${id}`)
        expect(body).toEqual({ ...made.body, ...request })
        expect(findProblems[kind](body)).toEqual([])
        expect((await ask('DELETE', `${path}/${id}`)).status).toBe(204)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('are created, changed and removed one by one', async () => {
    const { ask, clock } = createDialectTest()
    const { body: other } = await ask('POST', path, { displayName: 'Other' })
    const { body: made } = await ask('POST', path, { displayName: 'Buyers', journey: { patterns: [{ criteria: [], eventName: 'order', count: 1, streamType: 'Web', sessionType: 'web' }] } })
    const date = new Date(start).toISOString()
    expect(made).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, displayName: 'Buyers', version: 1, createdDate: date, selfUri: `${path}/${String(made.id)}` })
    clock.at += 1000
    const { body: changed } = await ask('PATCH', `${path}/${String(made.id)}`, { displayName: 'Good buyers', version: 99, id: 'mine', isActive: false })
    expect(changed).toMatchObject({ ...made, displayName: 'Good buyers', isActive: false, version: 2, modifiedDate: expect.any(String) as string })
    expect((await ask('GET', `${path}/${String(made.id)}`)).body).toEqual(changed)
    expect((await ask('GET', `${path}/${String(other.id)}`)).body).toEqual(other)
    expect((await ask('DELETE', `${path}/${String(made.id)}`)).status).toBe(204)
    for (const method of ['GET', 'PATCH', 'DELETE'] as const) expect(await ask(method, `${path}/${String(made.id)}`, method === 'PATCH' ? { displayName: 'x' } : undefined)).toMatchObject({ status: 404, body: { code: 'not.found' } })
    expect((await ask<{ entities: Json[] }>('GET', `/v1/${kind}`)).body.entities.map(({ id }) => id)).toEqual([other.id])
  })

  test('are listed by pages, in order, and by what is asked', async () => {
    const { ask } = createDialectTest()
    const ids: string[] = []
    for (const displayName of ['Bees', 'Ants', 'Cows']) ids.push(String((await ask('POST', path, { displayName, isActive: displayName !== 'Cows', description: 'An animal' })).body.id))
    const list = async (query: string) => (await ask<{ entities: Json[]; total: number; pageCount: number; nextUri?: string }>('GET', `${path}?${query}`)).body
    const names = async (query: string): Promise<string> => (await list(query)).entities.map(({ displayName }) => displayName).join(' ')
    expect([await names(''), await names('sortBy=displayName'), await names('sortBy=-displayName')]).toEqual(['Bees Ants Cows', 'Ants Bees Cows', 'Cows Bees Ants'])
    expect([await names('isActive=true'), await names(`${kind === 'segments' ? 'segmentIds' : 'outcomeIds'}=${ids[2]}`)]).toEqual(['Bees Ants', 'Cows'])
    expect([await names('queryFields=displayName&queryValue=NT'), await names('queryFields=displayName,description&queryValue=animal')]).toEqual(['Ants', 'Bees Ants Cows'])
    const first = await list('pageSize=2')
    expect(first).toMatchObject({ pageSize: 2, pageNumber: 1, pageCount: 2, total: 3, firstUri: `${path}?pageSize=2&pageNumber=1`, lastUri: `${path}?pageSize=2&pageNumber=2` })
    const second = await ask<{ entities: Json[]; nextUri?: string; previousUri?: string }>('GET', first.nextUri!)
    expect([second.body.entities.map(({ displayName }) => displayName), second.body.nextUri, second.body.previousUri]).toEqual([['Cows'], undefined, `${path}?pageSize=2&pageNumber=1`])
  })

  test('are in snake case on request', async () => {
    const { ask } = createDialectTest()
    const { body } = await ask('POST', `${path}?case=snake`, { display_name: 'Buyers', is_active: false })
    expect(body).toMatchObject({ display_name: 'Buyers', is_active: false, created_date: new Date(start).toISOString() })
  })

  test.each([
    [{}, 'displayName: is missing'],
    [{ displayName: 'x', isActive: 'yes' }, 'isActive: expected true or false'],
    [{ displayName: 'x', context: { patterns: [{ criteria: [{ key: 'mood', values: ['good'], entityType: 'visit' }] }] } }, 'context.patterns[0].criteria[0].key: expected one of'],
    [7, 'must be an object'],
  ])('are refused where they are wrong: %j', async (given, message) => {
    const { ask } = createDialectTest()
    const body = { code: 'bad.request', message: expect.stringContaining(message) as string }
    expect(await ask('POST', path, given)).toMatchObject({ status: 400, body })
  })
})
