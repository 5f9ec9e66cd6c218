import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import schema from '../../../src/collector/dialects/genesysJourney/journeySegments.json' with { type: 'json' }
import { start } from '../batches.ts'
import { arbitraryOf, seed } from './arbitraryOf.ts'
import { createDialectTest, createSchemaCheck } from './createDialectTest.ts'

type Json = Record<string, unknown>

const paths = { segments: '/api/v2/journey/segments', outcomes: '/api/v2/journey/outcomes' } as const

const findProblems = {
  segments: createSchemaCheck('genesys-journey-segments.json', '#/$defs/JourneySegment'),
  outcomes: createSchemaCheck('genesys-journey-segments.json', '#/$defs/Outcome'),
}

const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter(value => value.length > 0)

/** What a schema cannot say: a name that is one. */
const named = { displayName: name }

const requestOf = { segments: '#/$defs/JourneySegmentRequest', outcomes: '#/$defs/OutcomeRequest' } as const

/** The collector's own, whatever a request says. */
const withoutVersion = ({ version: _version, ...request }: Json): Json => request

describe.each(['segments', 'outcomes'] as const)('%s', kind => {
  const path = paths[kind]

  test.each([
    ['valid', false],
    ['of a later version', true],
  ])(`of 1000 random requests, %s, come out as they went in (SEED=${seed})`, { timeout: 240_000 }, async (_title, isOpen) => {
    const { ask } = createDialectTest()
    const requests = arbitraryOf(schema, requestOf[kind], { isOpen, named }) as fc.Arbitrary<Json>
    await fc.assert(
      fc.asyncProperty(requests, async request => {
        const made = await ask('POST', path, request)
        expect([made.status, made.body]).toEqual([200, expect.objectContaining({ version: 1 })])
        const { body } = await ask('GET', `${path}/${String(made.body.id)}`)
        expect(body).toEqual(made.body)
        expect(body).toMatchObject(withoutVersion(request))
        expect(body).not.toHaveProperty('foreign')
        if (!isOpen) expect(findProblems[kind](body)).toEqual([])
        // What is listed may be put again, and changes nothing.
        const list = await ask('GET', `/v1/${kind}`)
        expect((await ask('PUT', `/v1/${kind}`, list.body)).body).toEqual(list.body)
        expect((await ask('DELETE', `${path}/${String(made.body.id)}`)).status).toBe(204)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('keep what is not known through a change of something else', async () => {
    const { ask } = createDialectTest()
    const criterion = { key: 'page.url', values: ['cart'], operator: 'soundsLike', shouldIgnoreCase: true, weight: 3 }
    const journey = { patterns: [{ criteria: [criterion], count: 1, streamType: 'Web', sessionType: 'web', within: 'P1D' }], order: 'any' }
    const { body: made } = await ask('POST', path, { displayName: 'Later', journey, owner: { id: 'o-1' } })
    const { body } = await ask('PATCH', `${path}/${String(made.id)}`, { displayName: 'Even later' })
    expect(body).toMatchObject({ displayName: 'Even later', version: 2, journey, owner: { id: 'o-1' } })
    expect((await ask<{ entities: Json[] }>('GET', `/v1/${kind}`)).body.entities[0]!.foreign).toEqual({ obstacle: expect.stringContaining('journey.patterns[0].criteria[0].operator: expected one of') as string })
    const known = { patterns: [{ ...journey.patterns[0], criteria: [{ ...criterion, operator: 'equal' }] }] }
    await ask('PATCH', `${path}/${String(made.id)}`, { journey: known })
    expect((await ask<{ entities: Json[] }>('GET', `/v1/${kind}`)).body.entities[0]!.foreign).toEqual({})
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

  test('are read page by page in the order, the restriction and the style that was asked for', async () => {
    const { ask } = createDialectTest()
    for (const displayName of ['Bees', 'Ants', 'Cows', 'Dogs']) await ask('POST', path, { displayName, isActive: displayName !== 'Dogs' })
    const read: unknown[] = []
    for (let uri: string | undefined = `${path}?pageSize=1&sortBy=-displayName&isActive=true&queryFields=displayName,description&queryValue=s&case=snake`; uri !== undefined; ) {
      const { body }: { body: { entities: Json[]; next_uri?: string } } = await ask('GET', uri)
      read.push(...body.entities.map(each => each.display_name))
      uri = body.next_uri
    }
    expect(read).toEqual(['Cows', 'Bees', 'Ants'])
  })

  test('are in snake case on request', async () => {
    const { ask } = createDialectTest()
    const { body } = await ask('POST', `${path}?case=snake`, { display_name: 'Buyers', is_active: false })
    expect(body).toMatchObject({ display_name: 'Buyers', is_active: false, created_date: new Date(start).toISOString() })
  })

  test.each([
    ['displayName: is missing', {}],
    ['isActive: expected true or false', { displayName: 'x', isActive: 'yes' }],
    ['context.patterns[0].criteria[0].values: expected a list', { displayName: 'x', context: { patterns: [{ criteria: [{ key: 'mood', values: 'good', entityType: 'visit' }] }] } }],
    ['description: expected a text of at most 2000 characters', { displayName: 'x', description: 'd'.repeat(2001) }],
    ['expected at most 65536 characters', { displayName: 'x', later: 'l'.repeat(70_000) }],
    ['must be an object', 7],
  ])('are refused where they are wrong: %s', async (message, given) => {
    const { ask } = createDialectTest()
    const body = { code: 'bad.request', message: expect.stringContaining(message) as string }
    expect(await ask('POST', path, given)).toMatchObject({ status: 400, body })
  })
})

test.each([
  ['segments', { scope: 'Household' }, { obstacle: expect.stringContaining('scope: expected one of') as string }],
  ['segments', { scope: 'Customer', assignmentExpirationDays: 30 }, {}],
  ['outcomes', { scope: 'Household' }, {}],
] as const)('of %s that are %o it is said whether they can be met', async (kind, given, foreign) => {
  const { ask } = createDialectTest()
  await ask('POST', paths[kind], { displayName: 'Later', owner: { id: 'o-1' }, ...given })
  expect((await ask<{ entities: Json[] }>('GET', `/v1/${kind}`)).body.entities[0]!.foreign).toEqual(foreign)
})
