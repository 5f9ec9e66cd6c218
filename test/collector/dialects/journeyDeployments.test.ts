import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import schema from '../../../src/collector/dialects/genesysJourney/journeyEvents.json' with { type: 'json' }
import type { Event } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'
import { authorized, origin } from '../createTestEndpoint.ts'
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
  const ask = async (part: string, body: Json, { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {}): Promise<{ status: number; body: Answer }> => {
    const url = `/api/v2/journey/deployments/shop/${part}${query}`
    const response = await collector.app.inject({ method: 'POST', url, payload: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } })
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

/** What is said of an event when it is read, of what was sent. */
const toRead = ({ attributes = {}, ...request }: Json): object => ({
  attributes,
  ...Object.fromEntries(Object.entries(request).filter(([name]) => /^(app|sdkLibrary|networkConnectivity|eventName|searchQuery|x-.*)$/.test(name))),
  ...Object.fromEntries(
    ['device', 'browser', 'page', 'traits'].flatMap(name => (request[name] === undefined ? [] : [[name, expect.objectContaining(request[name] as object) as unknown]])),
  ),
})

describe.each([
  ['webevents', 'Web', false, 1000],
  ['webevents', 'Web', true, 250],
  ['appevents', 'App', false, 1000],
  ['appevents', 'App', true, 250],
] as const)('random %s', (part, name, isOpen, numRuns) => {
  const title = isOpen ? 'of a later version come back with what is not known' : 'come back in answers that follow the schema'
  // Each request goes the whole way, through log and projection.
  test(`${numRuns} ${title}, and stand among the events of their session (SEED=${seed})`, { timeout: 240_000 }, async () => {
    const { ask, get } = setUp()
    const findProblems = createSchemaCheck('genesys-journey-events.json', `#/$defs/${name}EventResponse`)
    const findListProblems = createSchemaCheck('genesys-journey-events.json', '#/$defs/EventListing')
    const valueOf = isOpen ? fc.tuple(typed, fc.record({ 'x-unit': word }, { requiredKeys: [] })).map(([value, more]) => ({ ...value, ...more })) : typed
    const maps = { attributes: fc.dictionary(word, valueOf, { maxKeys: 3 }), traits: fc.dictionary(word, valueOf, { maxKeys: 3 }) }
    const requests = arbitraryOf(schema, `#/$defs/${name}EventRequest`, { isOpen, named: { ...named, ...maps } }) as fc.Arbitrary<Json>
    const sent = new Map<string, Json[]>()
    await fc.assert(
      fc.asyncProperty(requests, async request => {
        const { status, body } = await ask(part, request)
        expect(status).toBe(200)
        const { customerCookieId: _visitor, referrerUrl: _referrer, ipAddress: _address, ...kept } = request
        expect(body).toMatchObject(kept)
        expect(body.session.eventCount).toBeGreaterThanOrEqual(1)
        if (!isOpen) expect(findProblems(body)).toEqual([])
        sent.set(body.session.id, [...(sent.get(body.session.id) ?? []), request])
      }),
      { seed, numRuns },
    )
    for (const [id, all] of sent) {
      const list = (await get(`/api/v2/journey/sessions/${id}/events?pageSize=200`)).json<{ entities: Json[] }>()
      const events = list.entities.map(each => each[`${name.toLowerCase()}Event`])
      for (const request of all) expect(events).toContainEqual(expect.objectContaining(toRead(request)))
      if (!isOpen) expect(findListProblems(list)).toEqual([])
    }
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

  test('is one where the Sessions are behind as well, and is what it was when they have come', async () => {
    const { ask, setNow, get, holdFolding } = setUp()
    holdFolding(true)
    const ids: string[] = []
    for (const minute of [0, 1, 20, 55]) {
      setNow(minutes(minute))
      const { session } = (await ask('webevents', at(minute))).body
      ids.push(session.id)
      expect(session.eventCount).toBe([1, 2, 3, 1][ids.length - 1])
    }
    expect(ids.map(id => ids.indexOf(id))).toEqual([0, 0, 0, 3])
    holdFolding(false)
    ids.push((await ask('webevents', at(55))).body.session.id)
    expect(ids[4]).toBe(ids[3])
    expect((await get(`/v1/sessions/${ids[0]}`)).json()).toMatchObject({ eventCount: 3 })
    expect((await get(`/v1/sessions/${ids[3]}`)).json()).toMatchObject({ eventCount: 2, sessionIndex: 2, previousSessionId: ids[0] })
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

describe('browser, device and address', () => {
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  const server = { 'user-agent': 'node' }
  const served = { ...server, ...authorized }
  const factsOf = async (get: ReturnType<typeof setUp>['get'], id: string): Promise<Json> => {
    const { browser, device, userAgentString, ipAddress, sdkLibrary } = (await get(`/v1/sessions/${id}`)).json<Json>()
    return { browser, device, userAgentString, ipAddress, sdkLibrary }
  }

  test('stay those of the page when a server tells of the visitor, too', async () => {
    const { send, ask, get, setNow } = setUp()
    await send([opening(1)], { visitor: { id: idOf(900) }, context: { userAgent: chrome, language: 'en', viewport: { width: 800, height: 600 }, screen: { width: 1600, height: 900, density: 2 } } })
    const known = await factsOf(get, idOf(1))
    expect(known).toMatchObject({ browser: { family: 'Chrome', viewWidth: 800 }, device: { screenWidth: 1600 }, userAgentString: chrome, sdkLibrary: { name: 'sojourn' } })
    setNow(start + 1000)
    const told = [web({ eventName: 'paid' }), web({ eventName: 'sent', userAgentString: 'Mozilla/5.0 Firefox/140.0', ipAddress: '203.0.113.9' })]
    for (const each of told) expect((await ask('webevents', each, { headers: served })).body.session.id).toBe(idOf(1))
    expect((await ask('actionevent', { sessionId: idOf(1), actionId: 'a', actionState: 'accepted' }, { headers: server })).status).toBe(204)
    expect((await get(`/v1/sessions/${idOf(1)}`)).json()).toMatchObject({ eventCount: 4 })
    expect(await factsOf(get, idOf(1))).toEqual(known)
  })

  test('are those of the newest sender who tells of them, a page by the header of its request', async () => {
    const { ask, get, setNow } = setUp()
    const { body } = await ask('webevents', web(), { headers: { origin, 'user-agent': chrome } })
    setNow(start + 1000)
    await ask('webevents', web({ eventName: 'paid' }), { headers: server })
    expect(await factsOf(get, body.session.id)).toMatchObject({ userAgentString: chrome, browser: { family: 'Chrome' } })
    await ask('webevents', web({ eventName: 'sent', userAgentString: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', ipAddress: '203.0.113.9' }), { headers: served })
    expect(await factsOf(get, body.session.id)).toMatchObject({ browser: { family: 'Firefox' }, ipAddress: '203.0.113.9' })
  })
})

const tooLong = { ['a'.repeat(101)]: { dataType: 'string', value: 'x' } }

test.each([
  ['attributes', { attributes: tooLong, externalId: 'c-1' }],
  ['traits', { traits: tooLong, externalId: 'c-1' }],
  ['id of the customer', { externalId: 'c'.repeat(256) }],
])('an event that cannot be kept (%s) is refused, and nothing of it is taken: who sends it again without them is counted once', async (_what, more) => {
  const { ask, get } = setUp()
  expect(await ask('webevents', web(more))).toMatchObject({ status: 400, body: { code: 'bad.request' } })
  expect((await get('/v1/sessions')).json()).toMatchObject({ entities: [] })
  expect((await ask('webevents', web())).body.session.eventCount).toBe(1)
})

test('a number that JSON has no word for is a text', async () => {
  const { ask, get } = setUp()
  const attributes = { total: { dataType: 'number', value: '-Infinity' } }
  const { status, body } = await ask('webevents', web({ attributes, externalId: 'c-1' }))
  expect([status, body.session.eventCount]).toEqual([200, 1])
  expect((await get(`/v1/sessions/${body.session.id}`)).json()).toMatchObject({ attributes: { total: { dataType: 'string', value: '-Infinity' } } })
})

test('an event may be in snake case', async () => {
  const { ask } = setUp()
  const request = { customer_cookie_id: idOf(900), event_name: 'page_viewed', page: web().page, created_date: web().createdDate, attributes: { someName: { data_type: 'string', value: 'x' } } }
  const { status, body } = await ask('webevents', request, { query: '?case=snake' })
  expect([status, body]).toEqual([200, expect.objectContaining({ customer_id_type: 'cookie', event_name: 'page_viewed', attributes: { someName: { data_type: 'string', value: 'x' } } })])
})

test('what became of an action is kept with fields that are not known', async () => {
  const { ask, get } = setUp()
  const { id } = (await ask('webevents', web())).body.session
  const actions = arbitraryOf(schema, '#/$defs/ActionEventRequest', { isOpen: true, named: { sessionId: fc.constant(id), actionId: word, errorCode: word, errorMessage: word } }) as fc.Arbitrary<Json>
  for (const action of fc.sample(actions, { seed, numRuns: 20 })) {
    expect((await ask('actionevent', action)).status).toBe(204)
    const { entities } = (await get(`/api/v2/journey/sessions/${id}/events?pageSize=200`)).json<{ entities: { webEvent?: Json }[] }>()
    const odd = Object.fromEntries(Object.entries(action).filter(([name]) => name.startsWith('x-')))
    expect(entities.map(({ webEvent }) => webEvent)).toContainEqual(expect.objectContaining({ eventName: 'web_action', ...odd }))
  }
})

test('fields that are not known say nothing in the place of the collector', async () => {
  const { ask, get } = setUp()
  const odd = { session: { id: 'mine' }, authenticated: true, customerId: 'c-9', geolocation: { country: 'XX' }, totalEventCount: 99, screenName: 'Not an app' }
  const { body } = await ask('webevents', web(odd))
  expect(body).toMatchObject({ authenticated: false, customerId: idOf(900), totalEventCount: 99, screenName: 'Not an app' })
  expect([body.session.id, body.geolocation]).not.toContain('mine')
  const { entities } = (await get(`/api/v2/journey/sessions/${body.session.id}/events`)).json<{ entities: { webEvent: Json }[] }>()
  expect(entities[0]!.webEvent).toMatchObject({ authenticated: false, totalEventCount: 1, screenName: 'Not an app' })
})

test('a page cannot keep anything beside its events by itself', async () => {
  const { send, get } = setUp()
  await send([{ ...opening(1), foreign: '{"unknown":{"x":1}}' } as Event])
  expect((await get(`/v1/sessions/${idOf(1)}/events`)).json<{ entities: Json[] }>().entities[0]).not.toHaveProperty('foreign')
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
