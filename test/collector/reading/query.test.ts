import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, describe, expect, test } from 'vitest'
import { createToFacts } from '../../../src/collector/enrich/toFacts.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import type { Site } from '../../../src/collector/site.ts'
import { reduceSession, type Custom, type Event, type Identify, type SessionState } from '../../../src/model/index.ts'
import { sessionSchema } from '../../../src/model/schema.ts'
import { batchOf, idOf, opening, start, visitorId } from '../batches.ts'
import { createTestEndpoint, origin } from '../createTestEndpoint.ts'

const shop: Site = { id: 'shop', origins: [origin], divisionIds: ['north'], externalUrl: 'https://crm.example.com' }
const blog: Site = { id: 'blog', origins: [], sessionTimeoutSeconds: 60 }
const sites = [shop, blog]

const sessions = createMemorySessionStore(sites)
const { app, get } = createTestEndpoint({
  sessions,
  settings: { sites, addressPolicy: 'full', trustedProxies: [], rateLimits: { address: false, site: false, api: false } },
  clock: { now: () => start + 61_000, monotonicNow: () => 0 },
})
afterAll(() => app.close())

const toFacts = createToFacts()

const batch = batchOf({
  context: {
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    language: 'en',
    screen: { width: 1920, height: 1080, density: 1 },
    viewport: { width: 1200, height: 800 },
  },
})

const store = (site: Site, events: Event[], shortId: string): void => {
  const state = events.reduce<SessionState | undefined>(reduceSession, undefined)!
  const logged = { position: 1, receivedAt: start, site: site.id, address: '203.0.113.57', userAgent: null, batch, geolocation: { country: 'DE' } }
  sessions.transaction({ name: 'sessions', version: 1, position: 1 }, ({ save, addEvent }) => {
    save({ site: site.id, state, facts: { ...toFacts(logged, site), shortId }, duplicates: 1, lost: { cap: 2 } })
    for (const event of events) addEvent(site.id, { ...event, receivedAt: start }, 1)
  })
}

const base = (n: number, session: number) => ({ id: idOf(n), session: idOf(session), seq: n - session * 100, at: start + n, tab: 'tab-1' })

const custom = (n: number, session: number): Custom => ({ ...base(n, session), type: 'custom', eventName: 'sold', attributes: { total: 49.9, skus: ['a', 'b'] } })

const identify: Identify = { ...base(150, 1), type: 'identify', customer: { id: 'c-1', type: 'crm' }, traits: { email: 'x@example.com' }, token: 'a.secret.token' }

store(
  shop,
  [
    opening(1, { start: { type: 'web', index: 1, referrer: 'https://www.example.org/', campaign: { name: 'spring' } }, searchTerms: ['red shoes'] }),
    ...Array.from({ length: 30 }, (_, i) => custom(101 + i, 1)),
    identify,
  ],
  '0001',
)
for (let n = 2; n <= 7; n++) store(shop, [opening(n, { at: start + n * 1000 })], `000${n}`)
store(blog, [opening(8, { at: start })], '0001')

interface Listed {
  entities: { id: string; site: string; status: string }[]
  nextUri?: string
}

const list = async (query = ''): Promise<Listed> => (await get(`/v1/sessions${query}`)).json()

const idsOf = ({ entities }: { entities: { id: string }[] }): number[] => entities.map(({ id }) => Number(id.slice(-12)))

/** Follows `nextUri` to the last page. */
const walk = async (uri: string): Promise<number[][]> => {
  const page = (await get(uri)).json<Listed>()
  return [idsOf(page), ...(page.nextUri ? await walk(page.nextUri) : [])]
}

describe('the list of Sessions', () => {
  test('is newest first', async () => expect(idsOf(await list())).toEqual([7, 6, 5, 4, 3, 2, 8, 1]))

  test.each([
    ['?limit=3', [[7, 6, 5], [4, 3, 2], [8, 1]]],
    ['?limit=4', [[7, 6, 5, 4], [3, 2, 8, 1]]],
    ['?limit=8', [[7, 6, 5, 4, 3, 2, 8, 1]]],
    ['?limit=2&site=shop&status=live', [[7, 6], [5, 4], [3, 2], [1]]],
  ])('leads with %s to the last page', async (query, pages) => expect(await walk(`/v1/sessions${query}`)).toEqual(pages))

  test('names no further page on the last one', async () => expect(await list('?limit=8')).not.toHaveProperty('nextUri'))

  test.each([
    ['?site=blog', [8]],
    ['?site=none', []],
    ['?shortId=0001', [8, 1]],
    ['?shortId=0001&site=shop', [1]],
    ['?customerId=c-1', [1]],
    [`?customerId=${visitorId}`, [7, 6, 5, 4, 3, 2, 8]],
    [`?visitorId=${visitorId}&limit=1`, [7]],
    ['?status=ended', [8]],
    ['?status=idle', [1]],
    ['?status=active&limit=1', [7]],
    [`?from=${start + 6000}`, [7, 6]],
    [`?from=2026-08-01T12:00:03.000Z&to=${start + 5000}`, [4, 3]],
    // A plus sign that is not encoded is read as a space.
    [`?from=2026-08-01T14:00:03.000+02:00&to=${start + 5000}`, [4, 3]],
    [`?from=2026-08-01T14:00:03.000%2B02:00&to=${start + 5000}`, [4, 3]],
  ])('is filtered by %s', async (query, ids) => expect(idsOf(await list(query))).toEqual(ids))

  test.each([
    ['?limit=201', 'limit: expected a number from 1 to 200'],
    ['?limit=-1', 'limit: expected'],
    ['?limit=1e1', 'limit: expected'],
    ['?limit=1&limit=2', 'limit: expected once'],
    ['?status=gone', 'status: expected one of active, idle, away, ended, live'],
    ['?shortId=12', 'shortId: expected 4 to 6 digits'],
    ["?shortId=1'--", 'shortId: expected 4 to 6 digits'],
    ['?visitorId=x', 'visitorId: expected a UUID in lower case'],
    ['?from=yesterday', 'from: expected an instant such as'],
    ['?from=2026-02-30', 'from: expected an instant such as'],
    ['?to=2026-06-31T00:00:00Z', 'to: expected an instant such as'],
    ['?to=2026-08-01T12:00:00', 'to: expected an instant such as'],
    ['?to=-1', 'to: expected an instant'],
    ['?cursor=x', 'cursor: expected what nextUri says'],
    ['?cursor=', 'cursor: expected what nextUri says'],
    ['?shortid=0001', 'shortid is unknown; did you mean shortId?'],
    ['?__proto__=1', '__proto__ is unknown; known are'],
    [`?customerId=${'x'.repeat(256)}`, 'customerId: expected 1 to 255 characters'],
  ])('refuses %s', async (query, detail) => {
    const response = await get(`/v1/sessions${query}`)
    expect(response.statusCode).toBe(400)
    expect(response.json<{ code: string; detail: string }>()).toMatchObject({ code: 'invalid-query', detail: expect.stringContaining(detail) as string })
  })
})

describe('a Session', () => {
  const ajv = new Ajv2020({ allowUnionTypes: true, strict: false })
  formats.default(ajv)
  const genesys = JSON.parse(readFileSync(new URL('../../schemas/genesys-session.schema.json', import.meta.url), 'utf8')) as object

  test('is valid as a Genesys Cloud journey Session, and as one of Sojourn', async () => {
    const session = (await get(`/v1/sessions/${idOf(1)}`)).json<Record<string, unknown>>()
    const isGenesys = ajv.compile(genesys)
    expect([isGenesys(session), isGenesys.errors]).toEqual([true, null])
    const { site: _site, delivery: _delivery, touches: _touches, ...own } = session
    const isSession = ajv.compile(sessionSchema)
    expect([isSession(own), isSession.errors]).toEqual([true, null])
  })

  test('says what is known, and how completely its events have come', async () => {
    expect((await get(`/v1/sessions/${idOf(1)}`)).json()).toMatchObject({
      id: idOf(1),
      site: 'shop',
      status: 'idle',
      customerId: 'c-1',
      customerIdType: 'crm',
      visitorId,
      shortId: '0001',
      eventCount: 31,
      pageviewCount: 1,
      mktCampaign: { name: 'spring' },
      searchTerms: ['red shoes'],
      attributes: { total: { dataType: 'number', value: '49.9' } },
      attributeLists: { skus: { dataType: 'string', values: ['a', 'b'] } },
      browser: { family: 'Chrome' },
      device: { osFamily: 'Linux', screenWidth: 1920 },
      geolocation: { country: 'DE' },
      ipAddress: '203.0.113.57',
      divisionIds: ['north'],
      externalUrl: 'https://crm.example.com',
      authenticated: false,
      selfUri: `/v1/sessions/${idOf(1)}`,
      delivery: { received: 32, missing: 19, duplicates: 1, lost: { cap: 2 } },
      touches: { session: { sessionId: idOf(1), mktCampaign: { name: 'spring' } } },
    })
  })

  test('has its timeline, oldest first, to the last page', async () => {
    const pages = await walk(`/v1/sessions/${idOf(1)}/events?limit=10`)
    expect(pages.map(page => page.length)).toEqual([10, 10, 10, 2])
    expect(pages.flat()).toEqual([1, ...Array.from({ length: 30 }, (_, i) => 101 + i), 150])
  })

  test('shows no token to anybody', async () => {
    const { body } = await get(`/v1/sessions/${idOf(1)}/events`)
    expect(body).toContain('x@example.com')
    expect(body).not.toContain('secret')
  })

  test.each([`/v1/sessions/${idOf(77)}`, `/v1/sessions/${idOf(77)}/events`, "/v1/sessions/' OR 1=1", '/v1/sessions/__proto__/events'])('%s is none', async url =>
    expect((await get(url)).json()).toMatchObject({ code: 'session-not-found' }))

  test.each(['?limit=0', '?status=live', '?cursor=e30'])('refuses %s for its timeline', async query =>
    expect((await get(`/v1/sessions/${idOf(1)}/events${query}`)).json()).toMatchObject({ code: 'invalid-query' }))
})
