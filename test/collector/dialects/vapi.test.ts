import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import schema from '../../../src/collector/dialects/vapi/vapiSession.json' with { type: 'json' }
import { start } from '../batches.ts'
import { arbitraryOf, seed } from './arbitraryOf.ts'
import { createDialectTest, createSchemaCheck } from './createDialectTest.ts'

interface Session extends Record<string, unknown> {
  id: string
}

interface List {
  results: Session[]
  metadata: { itemsPerPage: number; totalItems: number; currentPage: number; itemsBeyondRetention: boolean }
}

const findProblems = createSchemaCheck('vapi-session.json')
const findListProblems = createSchemaCheck('vapi-session.json', '#/$defs/SessionPaginatedResponse')

/** A number that is checked, or one that says it is none. */
const customer = fc
  .tuple(arbitraryOf(schema, '#/$defs/CreateCustomerDTO', { named: { number: fc.constant(undefined) } }), fc.constantFrom('+31201234567', 'desk1', undefined))
  .map(([given, number]) => {
    const { number: _number, ...rest } = given as Record<string, unknown>
    return number === undefined ? rest : { ...rest, number, numberE164CheckEnabled: number.startsWith('+') }
  })

const named = {
  customer,
  // Those two are no segments of an address, whatever a client does.
  id: fc.string({ minLength: 1, maxLength: 40 }).filter(id => !['.', '..'].includes(id)),
  // One that has expired by then reads as completed, whatever it said.
  createdAt: fc.constant(new Date(start).toISOString()),
}

const usual = { status: 'active', expirationSeconds: 86_400 }

describe.each([
  ['valid', false],
  ['of a later version', true],
])('1000 random sessions, %s,', (_title, isOpen) => {
  test(`come out as they went in (SEED=${seed})`, { timeout: 240_000 }, async () => {
    const { ask } = createDialectTest()
    const payloads = arbitraryOf(schema, '', { isOpen, named }) as fc.Arbitrary<Session>
    await fc.assert(
      fc.asyncProperty(payloads, async payload => {
        const created = await ask<Session>('POST', '/session', payload)
        expect(created.body).toEqual({ ...usual, ...payload })
        expect(created.status).toBe(201)
        const read = await ask<Session>('GET', `/session/${encodeURIComponent(payload.id)}`)
        expect(read.body).toEqual({ ...usual, ...payload })
        if (!isOpen) expect(findProblems(read.body)).toEqual([])
      }),
      { seed, numRuns: 1000 },
    )
  })
})

describe('a session', () => {
  test('gets an id, its dates, and a day to live', async () => {
    const { ask } = createDialectTest()
    const { status, body } = await ask<Session>('POST', '/session', { name: 'Support', assistantId: 'a-1' })
    const date = new Date(start).toISOString()
    expect(status).toBe(201)
    expect(body).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, orgId: 'sojourn', createdAt: date, updatedAt: date, name: 'Support', assistantId: 'a-1', ...usual })
    expect(findProblems(body)).toEqual([])
  })

  test('is changed: what is given, and when', async () => {
    const { ask, clock } = createDialectTest()
    const { body: before } = await ask<Session>('POST', '/session', { name: 'Support', messages: [{ role: 'user', content: 'hi' }] })
    clock.at += 5000
    const messages = [{ role: 'assistant', content: 'Hello', tool_calls: [] }]
    const { status, body } = await ask<Session>('PATCH', `/session/${before.id}`, { messages, status: 'completed' })
    expect([status, body]).toEqual([200, { ...before, messages, status: 'completed', updatedAt: new Date(start + 5000).toISOString() }])
    expect((await ask('GET', `/session/${before.id}`)).body).toEqual(body)
  })

  test('expires: it is completed then, and takes no more', async () => {
    const { ask, clock } = createDialectTest()
    const { body: before } = await ask<Session>('POST', '/session', { expirationSeconds: 60 })
    clock.at += 59_999
    expect((await ask('GET', `/session/${before.id}`)).body).toEqual(before)
    clock.at += 1
    expect((await ask('GET', `/session/${before.id}`)).body).toEqual({ ...before, status: 'completed' })
    expect((await ask<List>('GET', '/session')).body.results).toEqual([{ ...before, status: 'completed' }])
    expect(await ask('PATCH', `/session/${before.id}`, { expirationSeconds: 600 })).toMatchObject({
      status: 400,
      body: { message: ['the session has expired: create a new one'], error: 'Bad Request', statusCode: 400 },
    })
  })

  test('lives longer when it is told so in time', async () => {
    const { ask, clock } = createDialectTest()
    const { body: before } = await ask<Session>('POST', '/session', { expirationSeconds: 60 })
    await ask('PATCH', `/session/${before.id}`, { expirationSeconds: 600 })
    clock.at += 599_999
    expect((await ask('GET', `/session/${before.id}`)).body).toMatchObject({ status: 'active' })
  })

  test('is deleted, and was what the answer says', async () => {
    const { ask } = createDialectTest()
    const { body: before } = await ask<Session>('POST', '/session', {})
    expect(await ask('DELETE', `/session/${before.id}`)).toMatchObject({ status: 200, body: before })
    for (const method of ['GET', 'DELETE'] as const) {
      const body = { message: `Session ${before.id} does not exist`, error: 'Not Found', statusCode: 404 }
      expect(await ask(method, `/session/${before.id}`)).toMatchObject({ status: 404, body })
    }
  })
})

describe('the list', () => {
  const setUp = async () => {
    const { ask, clock } = createDialectTest()
    const given = [
      { name: 'one', assistantId: 'a', customer: { number: '+31201111111', name: 'Ann' }, phoneNumberId: 'p' },
      { name: 'two', assistantId: 'b', customer: { number: '+31202222222', email: 'b@example.com' }, squadId: 's' },
      { name: 'three', assistantId: 'a', customer: { externalId: 'c-3', extension: '12', sipUri: 'sip:x@example.com' }, phoneNumberId: 'q', cost: 3 },
      { name: 'four', assistantId: 'c', workflowId: 'w', cost: 5 },
    ]
    const ids: string[] = []
    for (const body of given) {
      clock.at += 1000
      ids.push((await ask<Session>('POST', '/session', body)).body.id)
    }
    const list = async (query = ''): Promise<List> => (await ask<List>('GET', `/session${query}`)).body
    return { list, ids, ask, names: async (query: string) => (await list(query)).results.map(({ name }) => name).join(' ') }
  }

  test('has the newest first, by pages', async () => {
    const { list, names } = await setUp()
    const whole = await list()
    expect(whole.metadata).toEqual({ itemsPerPage: 100, totalItems: 4, currentPage: 1, itemsBeyondRetention: false })
    expect(findListProblems(whole)).toEqual([])
    expect(await names('')).toBe('four three two one')
    expect(await names('?sortOrder=ASC')).toBe('one two three four')
    expect(await names('?limit=3')).toBe('four three two')
    expect(await names('?limit=3&page=2')).toBe('one')
    expect((await list('?limit=3&page=9')).metadata).toEqual({ itemsPerPage: 3, totalItems: 4, currentPage: 9, itemsBeyondRetention: false })
    expect(await names('?sortBy=cost')).toBe('four three two one')
    expect(await names('?sortBy=cost&sortOrder=ASC')).toBe('three four one two')
  })

  test('is of those that are asked for', async () => {
    const { names, ids } = await setUp()
    const cases: [query: string, found: string][] = [
      [`?id=${ids[1]}`, 'two'],
      [`?idAny=${ids[0]},${ids[3]}`, 'four one'],
      ['?name=one', 'one'],
      ['?name=Ann', 'one'],
      ['?assistantId=a', 'three one'],
      ['?assistantIdAny=b,c', 'four two'],
      ['?squadId=s', 'two'],
      ['?workflowId=w', 'four'],
      ['?number=%2B31201111111', 'one'],
      ['?customerNumberAny=%2B31201111111,%2B31202222222', 'two one'],
      ['?email=b@example.com', 'two'],
      ['?externalId=c-3', 'three'],
      ['?extension=12', 'three'],
      ['?sipUri=sip:x@example.com', 'three'],
      ['?phoneNumberId=p', 'one'],
      ['?phoneNumberIdAny=p&phoneNumberIdAny=q', 'three one'],
      [`?createdAtGt=${new Date(start + 2000).toISOString()}`, 'four three'],
      [`?createdAtGe=${new Date(start + 2000).toISOString()}&createdAtLt=${new Date(start + 4000).toISOString()}`, 'three two'],
      [`?updatedAtLe=${new Date(start + 1000).toISOString()}`, 'one'],
      ['?assistantId=a&phoneNumberId=q', 'three'],
      ['?assistantId=nobody', ''],
    ]
    for (const [query, found] of cases) expect([query, await names(query)]).toEqual([query, found])
  })

  test.each(['UTC', 'Asia/Tokyo', 'America/New_York'])('is of the same instants on a machine in %s, when no zone is said', async zone => {
    vi.stubEnv('TZ', zone)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { names } = await setUp()
    expect(await names(`?createdAtGe=${new Date(start + 2000).toISOString().slice(0, -1)}`)).toBe('four three two')
  })

  test.each([
    ['page=0', 'page must be a whole number from 1 to 1000000'],
    ['limit=1001', 'limit must be a whole number from 1 to 1000'],
    ['sortOrder=UP', 'sortOrder must be one of the following values: DESC, ASC'],
    ['createdAtGt=yesterday', 'createdAtGt must be a valid ISO 8601 date string'],
    ['createdAtGt=1', 'createdAtGt must be a valid ISO 8601 date string'],
    ['updatedAtLe=2026-02-30', 'updatedAtLe must be a valid ISO 8601 date string'],
    ['id=1&id=2', 'id must be given once'],
    ['assistantID=a', 'assistantID is unknown; did you mean assistantId?'],
  ])('is refused for ?%s', async (query, message) => {
    const { ask } = createDialectTest()
    expect(await ask('GET', `/session?${query}`)).toMatchObject({ status: 400, body: { statusCode: 400, error: 'Bad Request', message } })
  })
})

describe('refused is', () => {
  test.each([
    [{ name: 'x'.repeat(41) }, 'name must NOT have more than 40 characters'],
    [{ expirationSeconds: 59 }, 'expirationSeconds must be >= 60'],
    [{ expirationSeconds: 2_592_001 }, 'expirationSeconds must be <= 2592000'],
    [{ status: 7 }, 'status must be string'],
    [{ customer: { number: '0201234567' } }, 'customer.number must be a valid phone number in the E.164 format'],
    [{ customer: { number: 'a b c', numberE164CheckEnabled: false } }, 'customer.number must be a valid phone number in the E.164 format'],
    [{ messages: {} }, 'messages must be array'],
    [{ id: '' }, 'id must be a text of 1 to 255 characters'],
    [{ id: '\ud800' }, 'id must be a text of 1 to 255 characters'],
    [{ createdAt: '2020-06-30T23:59:60Z' }, 'createdAt must be a date such as 2026-08-01T12:00:00Z'],
    [[], 'must be an object'],
  ])('%j', async (given, message) => {
    const { ask } = createDialectTest()
    const { status, body } = await ask<{ message: string[] }>('POST', '/session', given)
    expect([status, body.message]).toEqual([400, expect.arrayContaining([message])])
  })

  test('a change of what the server gives', async () => {
    const { ask } = createDialectTest()
    const { body } = await ask<Session>('POST', '/session', {})
    expect((await ask('PATCH', `/session/${body.id}`, { createdAt: body.createdAt })).body).toMatchObject({ message: ['property createdAt should not exist'] })
  })

  test.each([
    [{ assistantId: 5 }, 'assistantId must be string'],
    [{ customer: 'Ann' }, 'customer must be object'],
    [{ customer: { number: 'abc' } }, 'customer.number must be a valid phone number in the E.164 format'],
    [{ cost: 'much' }, 'cost must be number'],
    [{ assistantOverrides: 5 }, 'assistantOverrides must be object'],
  ])('a change after which it would not be a session: %j', async (change, message) => {
    const { ask } = createDialectTest()
    const { body: before } = await ask<Session>('POST', '/session', { name: 'Support' })
    expect(await ask('PATCH', `/session/${before.id}`, change)).toMatchObject({ status: 400, body: { message: expect.arrayContaining([message]) as string[] } })
    expect((await ask('GET', `/session/${before.id}`)).body).toEqual(before)
  })

  test('everybody without the key, in the words of their API', async () => {
    const { ask } = createDialectTest({}, {})
    expect(await ask('GET', '/session')).toMatchObject({ status: 401, body: { message: expect.any(String) as string, error: 'Unauthorized', statusCode: 401 } })
  })

  test('who asks too often', async () => {
    const rateLimits = { address: false, site: false, api: { perSecond: 1, burst: 2 } } as const
    const { ask, clock } = createDialectTest({ settings: { sites: [], addressPolicy: 'full', trustedProxies: [], rateLimits } })
    const statuses = [await ask('GET', '/session'), await ask('GET', '/session'), await ask('GET', '/session')].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await ask('GET', '/session')).headers['retry-after']).toBe('1')
    clock.at += 1000
    expect((await ask('GET', '/session')).status).toBe(200)
  })
})
