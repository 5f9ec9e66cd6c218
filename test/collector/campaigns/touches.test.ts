import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createReferrerNames } from '../../../src/collector/enrich/referrers/createReferrerNames.ts'
import { createToArrivalFacts } from '../../../src/collector/enrich/toArrivalFacts.ts'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createProjection } from '../../../src/collector/projection/projection.ts'
import { rebuild } from '../../../src/collector/projection/rebuild.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import { findCampaign } from '../../../src/model/index.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { batchOf, idOf, opening, start, visitorId } from '../batches.ts'
import { createTestEndpoint } from '../createTestEndpoint.ts'

const shop = 'https://shop.example.com'
const site = { id: 'shop', origins: [shop, 'https://*.shop.example.com'], passages: ['.bank.example'], campaign: { rules: [{ when: { path: '/spring' }, set: { name: 'Spring' } }] } }
const settings = { sites: [site], addressPolicy: 'full' as const, trustedProxies: [], rateLimits: { address: false as const, site: false as const, api: false as const } }

interface Visit {
  landing?: string
  referrer?: string
}

/** An hour apart: each visit is a session of its own. */
const instantOf = (n: number): number => start + n * 3_600_000

const openingOf = (n: number, { landing = '/', referrer }: Visit) => {
  const url = landing.startsWith('/') ? shop + landing : landing
  const campaign = findCampaign(url)
  return opening(n, { at: instantOf(n), start: { type: 'web', index: n, ...(referrer !== undefined && { referrer }), ...(campaign && { campaign }) }, page: { url } })
}

/** The visits of one visitor, by number, from 1 on. */
const setUp = async (...visits: Visit[]) => {
  const sessions = createSqliteSessionStore({ file: join(temporaryFolder(), 'sessions.sqlite'), sites: [site], log: createMemoryEventLog() })
  const log = createMemoryEventLog()
  const options = { log, sessions, sites: [site], toFacts: () => ({ visitorId }), toArrivalFacts: createToArrivalFacts(createReferrerNames()) }
  for (const [i, visit] of visits.entries()) {
    await log.append({ receivedAt: instantOf(i + 1), site: 'shop', address: null, userAgent: null, batch: batchOf({ sentAt: instantOf(i + 1) }, [openingOf(i + 1, visit)]) })
  }
  const projection = createProjection(options)
  while (projection.run());
  const { app, get } = createTestEndpoint({ sessions, settings })
  onTestFinished(async () => {
    await app.close()
    sessions.close()
  })
  const ofSession = async (n: number): Promise<Record<string, object>> => (await get(`/v1/sessions/${idOf(n)}`)).json<{ touches: Record<string, object> }>().touches
  return { get, ofSession, rebuild: () => rebuild(options) }
}

/** What a touch was, in short: its session's number, the campaign's name, and the referrer's. */
const brief = (touch: { sessionId?: string; mktCampaign?: { name?: string }; referrer?: { name?: string; domain?: string } } | undefined): string | undefined =>
  touch && [Number(touch.sessionId!.slice(-12)), touch.mktCampaign?.name, touch.referrer?.name ?? touch.referrer?.domain].filter(Boolean).join(' ')

const briefly = ({ first, last, session }: Record<string, object>): (string | undefined)[] => [first, last, session].map(brief)

const spring = { landing: '/?utm_campaign=spring', referrer: 'https://www.google.com/' }

test('tells of a session what has brought its visitor first, last, and to the session', async () => {
  const { ofSession } = await setUp({}, spring, {}, { referrer: 'https://www.example.org/post' }, {})
  expect(briefly(await ofSession(1))).toEqual([undefined, undefined, undefined])
  expect(briefly(await ofSession(2))).toEqual(['2 spring Google', '2 spring Google', '2 spring Google'])
  expect(briefly(await ofSession(3))).toEqual(['2 spring Google', '2 spring Google', undefined])
  expect(briefly(await ofSession(4))).toEqual(['2 spring Google', '4 example.org', '4 example.org'])
  expect(briefly(await ofSession(5))).toEqual(['2 spring Google', '4 example.org', undefined])
  expect((await ofSession(4)).last).toEqual({
    sessionId: idOf(4),
    date: new Date(instantOf(4)).toISOString(),
    referrer: { url: 'https://www.example.org/post', domain: 'example.org', hostname: 'www.example.org', pathname: '/post', medium: 'unknown' },
    url: `${shop}/`,
  })
})

/** A touch as the document names it. */
const toWord = (touch: Parameters<typeof brief>[0]): string => touch?.mktCampaign?.name ?? touch?.referrer?.domain ?? '-'

test('the document tells it', async () => {
  const document = readFileSync(new URL('../../../docs/campaigns.md', import.meta.url), 'utf8')
  const rows = [...document.matchAll(/^\| `(\S+)`(?: from `(\S+)`)? \| ([\w.-]+) \| ([\w.-]+) \| ([\w.-]+) \|$/gm)]
  expect(rows).toHaveLength(6)
  const { ofSession } = await setUp(...rows.map(([, landing, referrer]) => ({ landing: landing!, ...(referrer !== undefined && { referrer }) })))
  for (const [i, [row, , , ...told]] of rows.entries()) {
    const { first, last, session } = await ofSession(i + 1)
    expect([first, last, session].map(toWord), row).toEqual(told)
  }
})

test.each([
  ['a page of the site', `${shop}/cart`],
  ['another host of the site', 'https://help.shop.example.com/'],
  ['a payment service', 'https://www.paypal.com/checkoutnow'],
  ['a service to sign in', 'https://accounts.google.com/o/oauth2/auth'],
  ['a service that the owner names', 'https://3ds.bank.example/challenge'],
])('%s does not take the place of a campaign', async (_, referrer) => {
  const { ofSession } = await setUp(spring, { referrer })
  expect(briefly(await ofSession(2))).toEqual(['1 spring Google', '1 spring Google', undefined])
})

test('a campaign that a rule names is one, wherever the visitor came from', async () => {
  const { ofSession } = await setUp({ referrer: 'https://www.bing.com/' }, { landing: '/spring', referrer: `${shop}/` })
  expect(briefly(await ofSession(2))).toEqual(['1 Bing', '2 Spring', '2 Spring'])
})

test('a visitor’s are those of the newest session', async () => {
  const { get } = await setUp(spring, { referrer: 'https://www.example.org/' }, {})
  const { entities } = (await get(`/v1/visitors/${visitorId}/touches`)).json<{ entities: Record<string, object>[] }>()
  expect(entities).toHaveLength(1)
  expect(entities[0]).toMatchObject({ site: 'shop', visitorId })
  expect(briefly(entities[0]!)).toEqual(['1 spring Google', '2 example.org', undefined])
  expect((await get(`/v1/visitors/${visitorId}/touches?site=blog`)).json()).toEqual({ entities: [] })
  expect((await get(`/v1/visitors/${idOf(5)}/touches`)).json()).toEqual({ entities: [] })
})

test.each(['/v1/visitors/kim/touches', `/v1/visitors/${idOf(1)}/touches?sites=shop`])('%s is refused', async url => {
  const { get } = await setUp()
  expect((await get(url)).statusCode).toBe(400)
})

test('without the key nobody reads them', async () => {
  const { get } = await setUp(spring)
  expect((await get(`/v1/visitors/${visitorId}/touches`, {})).statusCode).toBe(401)
})

test('a rebuild gives the same', async () => {
  const { ofSession, rebuild: again } = await setUp({}, spring, { referrer: 'https://www.example.org/' }, {})
  const read = () => Promise.all([1, 2, 3, 4].map(ofSession))
  const before = await read()
  await again()
  expect(await read()).toEqual(before)
})
