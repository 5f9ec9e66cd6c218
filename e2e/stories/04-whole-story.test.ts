import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aCall } from '../../test/collector/dialects/aCall.ts'
import { filesWith } from '../../test/collector/identity/filesWith.ts'
import { createApi, type Api } from '../harness/createApi.ts'
import { launchChromium } from '../harness/launchChromium.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { until } from '../harness/until.ts'
import { watchTroubles } from '../harness/watchTroubles.ts'

const customer = 'c-secret-1017'
const email = 'ann.secret@example.com'
const phone = '+31209876543'

const segments = [{ id: 'readers', displayName: 'Readers of the newsletter', context: { patterns: [{ criteria: [{ key: 'mktCampaign.source' as const, values: ['newsletter'] }] }] } }]
const outcomes = [{ id: 'order', displayName: 'Order', journey: { patterns: [{ criteria: [], eventName: 'order_completed', count: 1, streamType: 'Web' as const, sessionType: 'web' }] } }]

const behaviour = `
  window.sojourn = window.sojourn || function () { (sojourn.q = sojourn.q || []).push(arguments) }
  const tell = what => id => { document.getElementById('told').append(Object.assign(document.createElement('li'), { textContent: what + ' ' + id })) }
  sojourn('on', 'segment', tell('segment'))
  sojourn('on', 'outcome', tell('outcome'))
  document.getElementById('order').onclick = () => sojourn('track', 'order_completed', { total: 49.9 })
  const show = () => sojourn('shortId').then(digits => { document.getElementById('digits').textContent = digits })
  addEventListener('load', show)`

/** A page on which a visitor can order and sign in, and that shows the digits to read out. */
const shop = (tag: string): string => `<!doctype html><html lang="en"><head><title>Lamps</title><link rel="icon" href="data:,">${tag}</head>
  <body><h1>Lamps</h1><button id="order">Order</button><p>Your number: <output id="digits"></output></p><ul id="told"></ul><script>${behaviour}</script></body></html>`

let collector: Collector
let api: Api
let browser: Browser
let site: Website
let privateKey: CryptoKey

beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true })
  privateKey = pair.privateKey
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'key-1', alg: 'ES256' }] }
  const sites = [{ id: 'shop', origins: ['http://127.0.0.1:*'], identityKeys: [{ jwks }] }, { id: 'other', origins: ['https://other.example.com'] }]
  collector = await startCollector({ config: { sites, segments, outcomes } })
  api = createApi(collector)
  browser = await launchChromium()
  const html = shop(scriptTag(collector.url, 'shop'))
  site = await serveSite({ pages: { '/': html, '/lamps': html } })
})

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await collector?.stop()
})

const sign = (claims: object = {}, key = privateKey): Promise<string> =>
  new SignJWT({ sub: customer, aud: 'shop', exp: Math.floor(Date.now() / 1000) + 300, ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'key-1' }).sign(key)

/** The call of the fixture as if it began now, from a number that belongs to the customer, who has read out their digits. */
const toCall = (shortId: string): typeof aCall => {
  const moved = JSON.stringify(aCall)
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, date => new Date(Date.parse(date) - Date.parse(aCall.conversationStart) + Date.now()).toISOString())
    .replaceAll('+31201234567', phone)
    .replace('"shortId":"4711"', `"shortId":"${shortId}"`)
  return JSON.parse(moved) as typeof aCall
}

const openLivePage = async (): Promise<Page> => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 1100 } })).newPage()
  await page.goto(collector.url)
  await page.getByLabel('API key').fill(collector.apiKey)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'On the site now' }).waitFor()
  return page
}

const itemOf = (page: Page, kind: string, title: string): Locator =>
  page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').filter({ hasText: kind }).filter({ hasText: title }).first()

const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(collector.url + path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } })

test('a visitor lands, buys, signs in and calls; the agent sees all of it on one timeline; then nothing of the customer is left', async () => {
  const visitor = await (await browser.newContext()).newPage()
  const troubles = watchTroubles(visitor)
  await visitor.goto(`${site.origin}/?utm_source=newsletter&utm_medium=email&utm_campaign=spring`)
  await visitor.getByText('segment readers').waitFor()
  await visitor.getByRole('button', { name: 'Order' }).click()
  await visitor.getByText('outcome order').waitFor()
  const token = await sign()
  await sojourn.identify(visitor, customer, { type: 'crm', traits: { email }, token })
  await sojourn.flush(visitor)
  await visitor.locator('#digits:not(:empty)').waitFor()
  const digits = await visitor.locator('#digits').innerText()
  const { id, visitorId } = (await sojourn.session(visitor))!

  const [found, ...others] = await until(() => api.sessions({ site: 'shop', shortId: digits, status: 'live' }), list => list[0]?.authenticated === true)
  expect(others).toEqual([])
  expect(found).toMatchObject({
    id,
    customerId: customer,
    customerIdType: 'crm',
    mktCampaign: { name: 'spring', source: 'newsletter', medium: 'email' },
    segmentAssignments: [{ segment: { id: 'readers' } }],
    outcomeAchievements: [{ outcome: { id: 'order' } }],
  })

  const agent = await openLivePage()
  const agentTroubles = watchTroubles(agent)
  await agent.getByLabel('Short id of a visitor').fill(digits)
  await agent.getByRole('button', { name: 'Find' }).click()
  await agent.getByRole('heading', { name: `Visitor ${digits}` }).waitFor()
  const call = toCall(digits)
  const written = await post(`/api/v2/analytics/conversations/${call.conversationId}/details`, call, { authorization: `Bearer ${collector.apiKey}` })
  expect(written.status).toBe(200)
  for (const [kind, title] of [['Arrival', 'spring (newsletter / email)'], ['Page', 'Lamps'], ['Segment', 'readers'], ['Event', 'order_completed'], ['Outcome', 'order'], ['Identity', customer], ['Contact', 'Voice: Parcel']] as const) {
    await itemOf(agent, kind, title).waitFor()
  }
  await agent.locator('.fact-list div').filter({ hasText: 'Authenticated' }).filter({ hasText: 'yes' }).waitFor()

  // The visitor goes: what the page says on its way out belongs to the customer, too.
  await visitor.context().close()
  const traces = [customer, email, phone, id, visitorId!, call.conversationId, 'Parcel found', token.split('.')[2]!]
  expect(filesWith(collector.data(), [customer, email, phone, id, visitorId!, call.conversationId]).length).toBeGreaterThan(5)
  expect(filesWith(collector.data(), [token.split('.')[2]!])).toEqual([])
  const erased = await fetch(`${collector.url}/v1/customers/${customer}`, { method: 'DELETE', headers: { authorization: `Bearer ${collector.apiKey}` } })
  expect([200, 202]).toContain(erased.status)
  if (erased.status === 202) await until(() => api.get<{ status: string }>(erased.headers.get('location')!), ({ status }) => status === 'done', 60_000)

  await agent.getByRole('alert').filter({ hasText: 'This session has been removed' }).waitFor()
  expect(await agent.locator('main').innerText()).not.toMatch(new RegExp([customer, email, 'order_completed', 'Parcel'].join('|')))
  await agent.getByRole('link', { name: 'All visitors' }).click()
  await agent.getByRole('heading', { name: 'On the site now' }).waitFor()
  expect(await agent.getByRole('row').filter({ hasText: digits }).count()).toBe(0)
  expect(await api.sessions({ customerId: customer })).toEqual([])
  expect(filesWith(collector.data(), traces)).toEqual([])
  for (const trace of traces) expect(collector.output()).not.toContain(trace)
  expect([troubles, agentTroubles.filter(each => !each.includes('404'))]).toEqual([[], []])
})

test('a page that lies gains nothing: with a forged token, in words of its own, about another session, at another site', async () => {
  const honest = await (await browser.newContext()).newPage()
  await honest.goto(`${site.origin}/lamps`)
  await sojourn.identify(honest, customer, { type: 'crm', token: await sign({ jti: 'honest' }) })
  await sojourn.flush(honest)
  const theirs = (await sojourn.session(honest))!
  const before = await until(() => api.session(theirs.id), ({ authenticated }) => authenticated)

  const liar = await (await browser.newContext()).newPage()
  await liar.goto(`${site.origin}/lamps`)
  const forger = await generateKeyPair('ES256')
  await sojourn.identify(liar, customer, { type: 'crm', token: await sign({}, forger.privateKey), authenticated: true })
  await sojourn.flush(liar)
  const own = (await sojourn.session(liar))!
  const send = (site: string, session: string): Promise<number> =>
    liar.evaluate(
      async ([url, body]) => (await fetch(url, { method: 'POST', body })).status,
      [
        `${collector.url}/v1/events`,
        JSON.stringify({
          ...{ v: 1, site, sentAt: Date.now(), visitor: { id: own.visitorId }, library: { name: 'lie', version: '1' }, context: {}, authenticated: true },
          events: [{ id: crypto.randomUUID(), type: 'custom', eventName: 'lie', at: Date.now(), session, seq: 90, tab: 'liar', authenticated: true, attributes: { authenticated: true } }],
        }),
      ] as const,
    )
  expect(await send('shop', own.id)).toBe(200)
  expect(await send('shop', theirs.id)).toBe(200)
  expect(await send('other', own.id).catch(() => 'not readable')).toBe(403)
  expect(await send('nobody', own.id)).toBe(401)
  await until(() => api.session(own.id), ({ attributes }) => attributes?.authenticated?.value === 'true')
  expect(await api.session(own.id)).toMatchObject({ authenticated: false, lastEvent: { eventName: 'lie' } })
  const after = await api.session(theirs.id)
  expect([after.eventCount, after.attributes, after.authenticated]).toEqual([before.eventCount, before.attributes, true])
  expect((await api.events(theirs.id)).map(({ tab }) => tab)).not.toContain('liar')
  const lieAtOther = await api.sessions({ site: 'other' })
  expect(lieAtOther).toEqual([])
})
