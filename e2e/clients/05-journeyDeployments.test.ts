import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIds } from '../../src/tracker/browser/ids.ts'
import { createApi, type Api } from '../harness/createApi.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { until } from '../harness/until.ts'
import { connectGenesys, type GenesysClient } from './connectGenesys.ts'

const newId = createIds()

let collector: Collector
let client: GenesysClient
let api: Api
beforeAll(async () => {
  collector = await startCollector({ config: { sites: [{ id: 'shop', origins: ['https://shop.example.com'] }] } })
  // Without a key: who sends events needs none.
  client = connectGenesys({ url: collector.url, apiKey: '' })
  api = createApi(collector)
})
afterAll(() => collector.stop())

const webEvent = (visitor: string, more: object = {}) => ({
  customerCookieId: visitor,
  eventName: 'page_viewed',
  page: { url: 'https://shop.example.com/cart?utm_source=newsletter&utm_campaign=spring#top', title: 'Cart', lang: 'en' },
  userAgentString: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  createdDate: new Date().toISOString(),
  ...more,
})

const appEvent = (visitor: string, more: object = {}) => ({
  customerCookieId: visitor,
  eventName: 'screen_viewed',
  screenName: 'Basket',
  app: { name: 'Shop', namespace: 'com.example.shop', version: '1.2', buildNumber: '7' },
  device: { category: 'mobile', type: 'iPhone', osFamily: 'iOS', osVersion: '18.1' },
  createdDate: new Date().toISOString(),
  ...more,
})

type Answer = Record<string, unknown> & { session: { id: string } }

const sendWeb = (body: object, site = 'shop') => client.journey.postJourneyDeploymentWebevents(site, { body }) as Promise<Answer>
const sendApp = (body: object, site = 'shop') => client.journey.postJourneyDeploymentAppevents(site, { body }) as Promise<Answer>

test('events of a website open a session and go on in it', async () => {
  const visitor = newId(Date.now())
  const first = webEvent(visitor, { referrerUrl: 'https://www.example.org/' })
  const opened = await sendWeb(first)
  expect(opened).toMatchObject({
    customerId: visitor,
    customerIdType: 'cookie',
    eventName: 'page_viewed',
    page: { title: 'Cart', pathname: '/cart', domain: 'shop.example.com' },
    browser: { family: 'Chrome' },
    mktCampaign: { source: 'newsletter', name: 'spring' },
    session: { eventCount: 1, pageviewCount: 1, referrer: { hostname: 'www.example.org' } },
    attributes: {},
    traits: {},
    authenticated: false,
    createdDate: first.createdDate,
  })
  const attributes = { total: { dataType: 'number', value: '49.9' }, gift: { dataType: 'boolean', value: 'true' }, sku: { dataType: 'string', value: '007' } }
  const traits = { email: { dataType: 'string', value: 'ann@example.com' } }
  const second = await sendWeb(webEvent(visitor, { eventName: 'order_completed', attributes, traits, externalId: 'c-1017', searchQuery: 'red shoes' }))
  expect(second).toMatchObject({ customerId: 'c-1017', attributes, traits, searchQuery: 'red shoes', session: { id: opened.session.id, eventCount: 2, pageviewCount: 1 } })
  const stored = await api.session(opened.session.id)
  expect(stored).toMatchObject({ site: 'shop', type: 'web', visitorId: visitor, customerId: 'c-1017', attributes, searchTerms: ['red shoes'], authenticated: false })
})

test('events that come at once are in one session', async () => {
  const visitor = newId(Date.now())
  const answers = await Promise.all(['page_viewed', 'a', 'b', 'c'].map(eventName => sendWeb(webEvent(visitor, { eventName }))))
  expect(new Set(answers.map(({ session }) => session.id)).size).toBe(1)
  expect((await until(() => api.sessions({ visitorId: visitor }), ([only]) => only?.eventCount === 4)).map(({ eventCount }) => eventCount)).toEqual([4])
})

test('events of an app are in a session of their own', async () => {
  const visitor = newId(Date.now())
  const web = await sendWeb(webEvent(visitor))
  const sent = appEvent(visitor, { sdkLibrary: { name: 'sdk', version: '3' }, networkConnectivity: { wifiEnabled: true, bluetoothEnabled: false, cellularEnabled: true } })
  const answer = await sendApp(sent)
  expect(answer).toMatchObject({ id: expect.any(String) as string, screenName: 'Basket', app: sent.app, device: { ...sent.device, isMobile: true }, session: { eventCount: 1, screenviewCount: 1 } })
  expect(answer.session.id).not.toBe(web.session.id)
  expect(await api.session(answer.session.id)).toMatchObject({ type: 'app', app: sent.app, lastScreen: 'Basket', sdkLibrary: { name: 'sdk', version: '3' }, networkConnectivity: { wifiEnabled: true } })
})

test('a ping is answered with when to come again', async () => {
  const visitor = newId(Date.now())
  const ping = (options: object) => client.journey.getJourneyDeploymentCustomerPing('shop', visitor, options)
  expect(await ping({})).toEqual({ actions: [], pollIntervalMilliseconds: 15_000 })
  expect(await ping({ dl: 'https://shop.example.com/', sinceLastBeaconMilliseconds: 40_000 })).toEqual({ actions: [], pollIntervalMilliseconds: 40_000 })
  expect(await ping({ sinceLastBeaconMilliseconds: 4_000_000 })).toEqual({ actions: [], pollIntervalMilliseconds: 60_000 })
})

test('what became of an action is in its session', async () => {
  const { session } = await sendWeb(webEvent(newId(Date.now())))
  await client.journey.postJourneyDeploymentActionevent('shop', { sessionId: session.id, actionId: 'a-1', actionState: 'accepted' })
  const events = await until(() => api.events(session.id), list => list.length === 2)
  expect(events[1]).toMatchObject({ type: 'custom', eventName: 'web_action', attributes: { actionId: 'a-1', actionState: 'accepted' } })
})

describe('the client throws', () => {
  test('400 for an event that is older than an hour, or from the future', async () => {
    const visitor = newId(Date.now())
    for (const [age, message] of [[3_601_000, 'createdDate must not be older than one hour'], [-120_000, 'createdDate must not lie in the future']] as const) {
      const createdDate = new Date(Date.now() - age).toISOString()
      await expect(sendWeb(webEvent(visitor, { createdDate }))).rejects.toMatchObject({ status: 400, code: 'bad.request', message })
      await expect(sendApp(appEvent(visitor, { createdDate }))).rejects.toMatchObject({ status: 400, message })
    }
    expect(await sendWeb(webEvent(visitor, { createdDate: new Date(Date.now() - 3_500_000).toISOString() }))).toMatchObject({ session: { eventCount: 1 } })
  })

  test.each(['two words', 'a.b', 'é', 'x'.repeat(256)])('400 for the event name %s', eventName =>
    expect(sendWeb(webEvent(newId(Date.now()), { eventName }))).rejects.toMatchObject({ status: 400, message: 'eventName must have 1 to 255 letters, digits, _ and - alone' }))

  test('400 for a visitor without a UUID, and for what is missing', async () => {
    await expect(sendWeb(webEvent('me'))).rejects.toMatchObject({ status: 400, message: 'customerCookieId must be a UUID' })
    await expect(sendWeb({})).rejects.toMatchObject({ status: 400, message: expect.stringContaining("must have required property 'eventName'") as string })
  })

  test('404 for a deployment, or a session of an action, that is not there', async () => {
    await expect(sendWeb(webEvent(newId(Date.now())), 'nobody')).rejects.toMatchObject({ status: 404, code: 'not.found' })
    await expect(client.journey.getJourneyDeploymentCustomerPing('nobody', 'x', {})).rejects.toMatchObject({ status: 404 })
    const action = { sessionId: newId(Date.now()), actionId: 'a', actionState: 'accepted' }
    await expect(client.journey.postJourneyDeploymentActionevent('shop', action)).rejects.toMatchObject({ status: 404 })
  })
})

test('a page of another origin is refused, in an answer that it can read; one of the site asks before it sends', async () => {
  const url = `${collector.url}/api/v2/journey/deployments/shop/webevents`
  const send = (origin: string, method: string) =>
    fetch(url, { method, headers: { origin, 'content-type': 'application/json' }, ...(method === 'POST' && { body: JSON.stringify(webEvent(newId(Date.now()))) }) })
  const refused = await send('https://evil.example.com', 'POST')
  expect([refused.status, refused.headers.get('access-control-allow-origin'), await refused.json()]).toEqual([403, 'https://evil.example.com', expect.objectContaining({ code: 'not.authorized' })])
  expect((await send('https://shop.example.com', 'POST')).status).toBe(200)
  const preflight = await send('https://shop.example.com', 'OPTIONS')
  expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'content-type'])
})
