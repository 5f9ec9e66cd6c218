import { describe, expect, test } from 'vitest'
import { createIds } from '../../src/tracker/browser/ids.ts'
import { createApi } from '../harness/createApi.ts'
import { until } from '../harness/until.ts'
import { connectGenesys } from './connectGenesys.ts'
import { chrome, expectedVisit, seenIn, sessionUri, someText } from './expectedVisit.ts'
import { setUpCollector } from './setUpCollector.ts'

const { newId } = createIds()

const collector = setUpCollector({ config: { sites: [{ id: 'shop', origins: ['https://shop.example.com'] }] } })

/** The client of who sends events: without a key, for none is needed. */
const sender = () => connectGenesys({ url: collector().url, apiKey: '' }).journey
/** The client of who reads sessions. */
const reader = () => connectGenesys(collector()).journey

const webEvent = (visitor: string, more: object = {}) => ({
  customerCookieId: visitor,
  eventName: 'page_viewed',
  page: { url: 'https://shop.example.com/cart?utm_source=newsletter&utm_campaign=spring#top', title: 'Cart', lang: 'en' },
  userAgentString: chrome,
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

type Answer = Record<string, unknown> & { session: { id: string; eventCount: number } }

const sendWeb = (body: object, site = 'shop') => sender().postJourneyDeploymentWebevents(site, { body }) as Promise<Answer>
const sendApp = (body: object, site = 'shop') => sender().postJourneyDeploymentAppevents(site, { body }) as Promise<Answer>

/** What the collector makes of the address, and of where the visitor came from. */
const page = { domain: 'shop.example.com', hostname: 'shop.example.com', pathname: '/cart', queryString: 'utm_source=newsletter&utm_campaign=spring', fragment: 'top' }
const mktCampaign = { source: 'newsletter', name: 'spring' }
const referrer = { url: 'https://www.example.org/', domain: 'example.org', hostname: 'www.example.org', pathname: '/', medium: 'unknown' }

type Sent = ReturnType<typeof webEvent>

/** The answer to a web event: as it was sent, and what the collector knows of its visitor and its session. */
const expectedAnswer = ({ customerCookieId, eventName, page: given, userAgentString, createdDate }: Sent, told: object): object => ({
  customerId: customerCookieId,
  customerIdType: 'cookie',
  eventName,
  page: { ...given, ...page },
  userAgentString,
  browser: { family: 'Chrome', version: '140.0.0.0' },
  device: seenIn.device,
  mktCampaign,
  attributes: {},
  traits: {},
  authenticated: false,
  createdDate,
  ...told,
})

test('events of a website open a session and go on in it', async () => {
  const visitor = newId(Date.now())
  const first = webEvent(visitor, { referrerUrl: 'https://www.example.org/' })
  const opened = await sendWeb(first)
  const { id } = opened.session
  const session = { id: someText, durationInSeconds: 0, eventCount: 1, pageviewCount: 1, referrer, selfUri: sessionUri(id), createdDate: first.createdDate }
  expect(opened).toEqual(expectedAnswer(first, { referrer, session }))
  const attributes = { total: { dataType: 'number', value: '49.9' }, gift: { dataType: 'boolean', value: 'true' }, sku: { dataType: 'string', value: '007' } }
  const traits = { email: { dataType: 'string', value: 'ann@example.com' } }
  const said = { attributes, traits, externalId: 'c-1017', searchQuery: 'red shoes' }
  const second = webEvent(visitor, { eventName: 'order_completed', ...said })
  const times = { first: Date.parse(first.createdDate), last: Date.parse(second.createdDate) }
  const durationInSeconds = Math.floor((times.last - times.first) / 1000)
  const customer = { id: 'c-1017', type: 'external' }
  const gone = { ...session, id, durationInSeconds, eventCount: 2 }
  expect(await sendWeb(second)).toEqual(expectedAnswer(second, { ...said, customerId: customer.id, customerIdType: customer.type, referrer, session: gone }))
  expect(await reader().getJourneySession(id)).toEqual(
    expectedVisit(
      { id, customer, ...times, lastEvent: { id: someText, eventName: 'order_completed' } },
      {
        ...seenIn,
        eventCount: 2,
        pageviewCount: 1,
        screenviewCount: 0,
        lastPage: { ...first.page, ...page, breadcrumb: [] },
        mktCampaign,
        referrer,
        searchTerms: ['red shoes'],
        attributes,
        sdkLibrary: { name: 'webevents', version: '2' },
        externalContact: { id: 'c-1017', selfUri: '/api/v2/externalcontacts/contacts/c-1017' },
      },
    ),
  )
})

test('events that come at once are in one session', async () => {
  const visitor = newId(Date.now())
  const answers = await Promise.all(['page_viewed', 'a', 'b', 'c'].map(eventName => sendWeb(webEvent(visitor, { eventName }))))
  expect(new Set(answers.map(({ session }) => session.id)).size).toBe(1)
  expect((await until(() => createApi(collector()).sessions({ visitorId: visitor }), ([only]) => only?.eventCount === 4)).map(({ eventCount }) => eventCount)).toEqual([4])
})

test('events of an app are in a session of their own', async () => {
  const visitor = newId(Date.now())
  const web = await sendWeb(webEvent(visitor))
  const told = { sdkLibrary: { name: 'sdk', version: '3' }, networkConnectivity: { wifiEnabled: true, bluetoothEnabled: false, cellularEnabled: true } }
  const sent = appEvent(visitor, told)
  const { eventName, screenName, app, createdDate } = sent
  const answer = await sendApp(sent)
  const { id } = answer.session
  expect(id).not.toBe(web.session.id)
  const device = { ...sent.device, isMobile: true }
  const session = { id, durationInSeconds: 0, eventCount: 1, screenviewCount: 1, selfUri: sessionUri(id), createdDate }
  const who = { customerId: visitor, customerIdType: 'cookie' }
  expect(answer).toEqual({ id: someText, ...who, eventName, screenName, app, device, ...told, attributes: {}, traits: {}, session, createdDate })
  const at = Date.parse(createdDate)
  expect(await reader().getJourneySession(id)).toEqual(
    expectedVisit(
      { id, customer: { id: visitor, type: 'cookie' }, first: at, last: at, lastEvent: { id: String(answer.id), eventName: 'screen_viewed' } },
      {
        type: 'app',
        eventCount: 1,
        pageviewCount: 0,
        screenviewCount: 1,
        lastScreen: 'Basket',
        app,
        device: { ...device, fingerprint: someText },
        // Nobody says of an app in which browser it runs; the client names itself in the header of its requests.
        browser: { family: 'Other', version: '', isMobile: false, featuresFlash: false, featuresJava: false, featuresPdf: false, featuresWebrtc: false, fingerprint: someText },
        userAgentString: expect.stringContaining('axios') as string,
        ...told,
      },
    ),
  )
})

test('a ping is answered with when to come again', async () => {
  const visitor = newId(Date.now())
  const ping = (options: object) => sender().getJourneyDeploymentCustomerPing('shop', visitor, options)
  expect(await ping({})).toEqual({ actions: [], pollIntervalMilliseconds: 15_000 })
  expect(await ping({ dl: 'https://shop.example.com/', sinceLastBeaconMilliseconds: 40_000 })).toEqual({ actions: [], pollIntervalMilliseconds: 40_000 })
  expect(await ping({ sinceLastBeaconMilliseconds: 4_000_000 })).toEqual({ actions: [], pollIntervalMilliseconds: 60_000 })
})

test('a ping brings what was offered to the visitor, and what became of it is in the session', async () => {
  const visitor = newId(Date.now())
  const { session } = await sendWeb(webEvent(visitor, { eventName: 'looked' }))
  await until(() => createApi(collector()).sessions({ visitorId: visitor }), ([only]) => only?.eventCount === 1)
  const style = { position: { top: '10px' }, closeButton: { opacity: 0.5 }, title: { textAlign: 'Center' } }
  const offered = {
    mediaType: 'contentOffer',
    contentOfferProperties: { displayMode: 'Toast', layoutMode: 'TextOnly', title: 'Free delivery', callToAction: { url: 'https://shop.example.com/free', target: 'Self' }, style },
  }
  const actionMap = { id: 'map-1', version: 2, displayName: 'Delivery' }
  const { url, apiKey } = collector()
  const made = await fetch(`${url}/v1/sessions/${session.id}/actions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...offered, actionMap }),
  })
  const { id, createdDate } = (await made.json()) as { id: string; createdDate: string }
  const ping = () => sender().getJourneyDeploymentCustomerPing('shop', visitor, { dl: 'https://shop.example.com/', sessionId: session.id })
  const action = { ...offered, id, customerId: visitor, customerIdType: 'cookie', actionMapId: 'map-1', actionMapVersion: 2, sessionId: session.id }
  expect(await ping()).toEqual({ actions: [action], pollIntervalMilliseconds: 15_000 })
  await sender().postJourneyDeploymentActionevent('shop', { sessionId: session.id, actionId: id, actionState: 'accepted' })
  expect(await ping()).toEqual({ actions: [], pollIntervalMilliseconds: 15_000 })
  const eventType = 'com.genesys.journey.WebActionEvent'
  const { entities } = await until(() => reader().getJourneySessionEvents(session.id, { eventType }), list => list.entities.length === 1)
  expect(entities).toEqual([
    {
      id: someText,
      correlationId: entities[0]!.id,
      customerId: visitor,
      customerIdType: 'cookie',
      session: { id: session.id, type: 'web', selfUri: sessionUri(session.id) },
      eventType,
      webActionEvent: {
        action: { id, state: 'accepted', mediaType: 'contentOffer', prompt: 'Free delivery', createdDate },
        actionMap,
        actionTarget: {},
        timeToDisposition: expect.any(Number) as number,
        ...seenIn,
        ipAddress: '127.0.0.1',
        mktCampaign,
      },
      createdDate: someText,
    },
  ])
})

test('what became of an action that was not offered here is an event of its session', async () => {
  const visitor = newId(Date.now())
  const sent = webEvent(visitor)
  const { session } = await sendWeb(sent)
  await sender().postJourneyDeploymentActionevent('shop', { sessionId: session.id, actionId: 'a-1', actionState: 'accepted' })
  const { entities } = await until(() => reader().getJourneySessionEvents(session.id), list => list.entities.length === 2)
  const attributes = { actionId: { dataType: 'string', value: 'a-1' }, actionState: { dataType: 'string', value: 'accepted' } }
  const seen = { totalEventCount: 2, totalPageviewCount: 1, page: { ...sent.page, ...page, breadcrumb: [] }, ...seenIn, ipAddress: '127.0.0.1', mktCampaign }
  expect(entities[1]).toEqual({
    id: someText,
    correlationId: entities[1]!.id,
    customerId: visitor,
    customerIdType: 'cookie',
    session: { id: session.id, type: 'web', selfUri: sessionUri(session.id) },
    eventType: 'com.genesys.journey.WebEvent',
    webEvent: { eventName: 'web_action', ...seen, attributes, traits: {}, authenticated: false },
    createdDate: someText,
  })
})

describe('the client throws', () => {
  test('400 for an event that is older than an hour, or from the future', async () => {
    const visitor = newId(Date.now())
    for (const [age, message] of [[3_601_000, 'createdDate must not be older than one hour'], [-120_000, 'createdDate must not lie in the future']] as const) {
      const createdDate = new Date(Date.now() - age).toISOString()
      await expect(sendWeb(webEvent(visitor, { createdDate }))).rejects.toMatchObject({ status: 400, code: 'bad.request', message })
      await expect(sendApp(appEvent(visitor, { createdDate }))).rejects.toMatchObject({ status: 400, message })
    }
    expect((await sendWeb(webEvent(visitor, { createdDate: new Date(Date.now() - 3_500_000).toISOString() }))).session.eventCount).toBe(1)
  })

  test.each(['two words', 'a.b', 'é', 'x'.repeat(256)])('400 for the event name %s', eventName =>
    expect(sendWeb(webEvent(newId(Date.now()), { eventName }))).rejects.toMatchObject({ status: 400, message: 'eventName must have 1 to 255 letters, digits, _ and - alone' }))

  test('400 for a visitor without a UUID, and for what is missing', async () => {
    await expect(sendWeb(webEvent('me'))).rejects.toMatchObject({ status: 400, message: 'customerCookieId must be a UUID' })
    await expect(sendWeb({})).rejects.toMatchObject({ status: 400, message: expect.stringContaining("must have required property 'eventName'") as string })
  })

  test('404 for a deployment, or a session of an action, that is not there', async () => {
    await expect(sendWeb(webEvent(newId(Date.now())), 'nobody')).rejects.toMatchObject({ status: 404, code: 'not.found' })
    await expect(sender().getJourneyDeploymentCustomerPing('nobody', 'x', {})).rejects.toMatchObject({ status: 404 })
    const action = { sessionId: newId(Date.now()), actionId: 'a', actionState: 'accepted' }
    await expect(sender().postJourneyDeploymentActionevent('shop', action)).rejects.toMatchObject({ status: 404 })
  })
})

test('a page of another origin is refused, in an answer that it can read; one of the site asks before it sends', async () => {
  const url = `${collector().url}/api/v2/journey/deployments/shop/webevents`
  const send = (origin: string, method: string) =>
    fetch(url, { method, headers: { origin, 'content-type': 'application/json' }, ...(method === 'POST' && { body: JSON.stringify(webEvent(newId(Date.now()))) }) })
  const refused = await send('https://evil.example.com', 'POST')
  expect([refused.status, refused.headers.get('access-control-allow-origin'), await refused.json()]).toEqual([403, 'https://evil.example.com', expect.objectContaining({ code: 'not.authorized' })])
  expect((await send('https://shop.example.com', 'POST')).status).toBe(200)
  const preflight = await send('https://shop.example.com', 'OPTIONS')
  expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'content-type'])
})
