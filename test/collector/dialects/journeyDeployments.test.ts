import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import schema from '../../../src/collector/dialects/genesysJourney/journeyEvents.json' with { type: 'json' }
import { idOf, start } from '../batches.ts'
import { createMemoryCollector } from '../identity/createMemoryCollector.ts'
import { arbitraryOf, seed } from './arbitraryOf.ts'
import { createSchemaCheck } from './createDialectTest.ts'

type Json = Record<string, unknown>

interface Answer extends Json {
  id?: string
  session: { id: string; eventCount: number; createdDate: string }
}

const setUp = () => {
  const collector = createMemoryCollector()
  onTestFinished(() => collector.app.close())
  const ask = async (part: string, body: Json, query = ''): Promise<{ status: number; body: Answer }> => {
    const url = `/api/v2/journey/deployments/shop/${part}${query}`
    const response = await collector.app.inject({ method: 'POST', url, payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    return { status: response.statusCode, body: (response.body ? JSON.parse(response.body) : undefined) as Answer }
  }
  const ping = async (query: string): Promise<Json> => (await collector.app.inject({ url: `/api/v2/journey/deployments/shop/customers/${idOf(900)}/ping?${query}` })).json()
  return { ...collector, ask, ping }
}

const word = fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/)
const pixels = fc.integer({ min: 1, max: 10_000 })
const typed = fc.oneof(
  fc.record({ dataType: fc.constant('string'), value: fc.string({ unit: 'binary', maxLength: 20 }) }),
  fc.record({ dataType: fc.constantFrom('number', 'integer', 'NUMBER'), value: fc.oneof(fc.double().map(String), word) }),
  fc.record({ dataType: fc.constantFrom('boolean', 'BOOLEAN', 'NotKnownYet'), value: fc.constantFrom('true', 'false', 'yes') }),
)

/** What a schema cannot say: bounds of what Sojourn keeps, and the rules of their API. */
const named = {
  ...{ customerCookieId: fc.nat(20).map(n => idOf(900 + n)), eventName: fc.stringMatching(/^[\w-]{1,40}$/), createdDate: fc.integer({ min: -3_600_000, max: 0 }).map(ago => new Date(start + ago).toISOString()) },
  ...{ url: fc.constantFrom('https://shop.example.com/a?b=c#d', 'https://shop.example.com/?utm_source=x'), referrerUrl: fc.webUrl(), attributes: fc.dictionary(word, typed, { maxKeys: 3 }) },
  ...{ traits: fc.dictionary(word, typed, { maxKeys: 3 }), externalId: word, searchQuery: word, screenName: word, userAgentString: word, lang: word, name: word, version: word, namespace: word, buildNumber: word, osFamily: word, osVersion: word },
  ...{ title: word, keywords: word, screenWidth: pixels, screenHeight: pixels, screenDensity: fc.integer({ min: 1, max: 4 }), carrier: word },
}

describe.each([
  ['webevents', 'Web', ['customerCookieId', 'page', 'referrerUrl', 'ipAddress']],
  ['appevents', 'App', ['customerCookieId', 'referrerUrl']],
] as const)('1000 random %s', (part, name, consumed) => {
  // Each request goes the whole way, through log and projection.
  test(`come back in answers that follow the schema (SEED=${seed})`, { timeout: 240_000 }, async () => {
    const { ask } = setUp()
    const findProblems = createSchemaCheck('genesys-journey-events.json', `#/$defs/${name}EventResponse`)
    await fc.assert(
      fc.asyncProperty(arbitraryOf(schema, `#/$defs/${name}EventRequest`, { named }) as fc.Arbitrary<Json>, async request => {
        const { status, body } = await ask(part, request)
        expect([status, findProblems(body)]).toEqual([200, []])
        const kept = Object.fromEntries(Object.entries(request).filter(([field]) => !(consumed as readonly string[]).includes(field)))
        expect(body).toMatchObject(kept)
        expect(body.session.eventCount).toBeGreaterThanOrEqual(1)
      }),
      { seed, numRuns: 1000 },
    )
  })
})

const web = (more: Json = {}): Json => ({
  customerCookieId: idOf(900),
  eventName: 'page_viewed',
  page: { url: 'https://shop.example.com/', title: 'Shop' },
  createdDate: new Date(start).toISOString(),
  ...more,
})

describe('the session', () => {
  const minutes = (count: number): number => start + count * 60_000
  const at = (count: number): Json => web({ createdDate: new Date(minutes(count)).toISOString() })

  test('goes on while it has not timed out, and then another one begins', async () => {
    const { ask, setNow, get } = setUp()
    const ids: string[] = []
    for (const minute of [0, 29, 58, 89]) {
      setNow(minutes(minute))
      ids.push((await ask('webevents', at(minute))).body.session.id)
    }
    expect(ids.map(id => ids.indexOf(id))).toEqual([0, 0, 0, 3])
    expect((await get(`/v1/sessions/${ids[3]}`)).json()).toMatchObject({ sessionIndex: 2, previousSessionId: ids[0] })
  })

  test('takes an event that comes late, at the instant when it happened', async () => {
    const { ask, setNow, get } = setUp()
    const { body } = await ask('webevents', at(0))
    setNow(minutes(20))
    const late = await ask('webevents', at(5))
    expect(late.body.session).toMatchObject({ id: body.session.id, eventCount: 2 })
    expect((await get(`/v1/sessions/${body.session.id}`)).json()).toMatchObject({ durationInSeconds: 300 })
  })

  test('is of the customer that the sender knows, else whom the traits tell', async () => {
    const { ask } = setUp()
    const traits = { email: { dataType: 'string', value: 'ann@example.com' }, cellPhone: { dataType: 'string', value: '+31 20 123 4567' } }
    const { email: _email, ...phoneOnly } = traits
    const cases: [Json, string, string][] = [
      [{ traits, externalId: 'c-1' }, 'c-1', 'external'],
      [{ traits }, 'ann@example.com', 'email'],
      [{ traits: phoneOnly }, '+31201234567', 'phone'],
      [{}, idOf(904), 'cookie'],
    ]
    for (const [n, [more, customerId, customerIdType]] of cases.entries()) {
      const { body } = await ask('webevents', web({ ...more, customerCookieId: idOf(901 + n) }))
      expect(body).toMatchObject({ customerId, customerIdType, authenticated: false })
    }
  })

  test('ends its pings, for its own visitor alone', async () => {
    const { ask, ping, setNow } = setUp()
    const { id } = (await ask('webevents', at(0))).body.session
    const other = (await ask('webevents', web({ customerCookieId: idOf(901) }))).body.session.id
    expect(await ping(`sessionId=${id}`)).toEqual({ actions: [], pollIntervalMilliseconds: 15_000 })
    setNow(minutes(31))
    expect(await ping(`sessionId=${id}`)).toEqual({ actions: [], pollIntervalMilliseconds: -1 })
    expect(await ping(`sessionId=${other}`)).toEqual({ actions: [], pollIntervalMilliseconds: 15_000 })
  })

  test('takes what became of an action while it goes on', async () => {
    const { ask, setNow } = setUp()
    const { id } = (await ask('webevents', at(0))).body.session
    const action = { sessionId: id, actionId: 'a-1', actionState: 'NotKnownYet', errorCode: 'e' }
    expect((await ask('actionevent', action)).status).toBe(204)
    setNow(minutes(31))
    expect((await ask('actionevent', action)).status).toBe(404)
  })
})

test('an event may be in snake case', async () => {
  const { ask } = setUp()
  const request = { customer_cookie_id: idOf(900), event_name: 'page_viewed', page: web().page, created_date: web().createdDate, attributes: { someName: { data_type: 'string', value: 'x' } } }
  const { status, body } = await ask('webevents', request, '?case=snake')
  expect([status, body]).toEqual([200, expect.objectContaining({ customer_id_type: 'cookie', event_name: 'page_viewed', attributes: { someName: { data_type: 'string', value: 'x' } } })])
})

test('a page that lies about the session, or who it is, gains nothing', async () => {
  const { ask, get } = setUp()
  const { id } = (await ask('webevents', web())).body.session
  const lie = web({ customerCookieId: idOf(901), session: { id }, sessionId: id, authenticated: true, ipAddress: '203.0.113.9' })
  const { body } = await ask('webevents', lie)
  expect(body.session.id).not.toBe(id)
  expect((await get(`/v1/sessions/${id}`)).json()).toMatchObject({ eventCount: 1, authenticated: false })
  const stored = (await get(`/v1/sessions/${body.session.id}`)).json<Json>()
  expect([stored.authenticated, stored.ipAddress]).toEqual([false, '127.0.0.1'])
})
