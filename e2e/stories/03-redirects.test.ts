import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '../../src/model/index.ts'
import { createApi, type Api } from '../harness/createApi.ts'
import { launchChromium } from '../harness/launchChromium.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { until } from '../harness/until.ts'
import { watchTroubles } from '../harness/watchTroubles.ts'

/** One server under the names of a shop, of a host of it, and of others whom the visit leads through. */
const hosts = { shop: 'shop.localhost', checkout: 'checkout.shop.localhost', mail: 'mail.localhost', login: 'login.localhost', bank: '3ds.bank.localhost' }

const tags = 'utm_source=newsletter&utm_medium=email&utm_campaign=spring&gclid=A1'
const campaign = { name: 'spring', source: 'newsletter', medium: 'email', clickId: 'A1', network: 'google' }

let collector: Collector
let api: Api
let browser: Browser
let server: Website
const at = (host: keyof typeof hosts, path: string): string => server.origin.replace('127.0.0.1', hosts[host]) + path

const page = (title: string, ...parts: string[]): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,">${parts.join('')}</head></html>`

const link = (id: string, to: string): string => `</head><body><a id="${id}" href="${to}">${id}</a>`
const form = (to: string): string => `</head><body><form method="post" action="${to}"><button>Go on</button></form>`

beforeAll(async () => {
  const pages: Record<string, string> = {}
  const redirects: Record<string, string> = {}
  server = await serveSite({ pages, redirects })
  const origins = ['http://shop.localhost:*', 'http://*.shop.localhost:*']
  collector = await startCollector({
    config: {
      sites: [
        { id: 'shop', origins, cookieDomain: hosts.shop },
        { id: 'brief', origins, passages: ['.bank.localhost'], sessionTimeoutSeconds: 2 },
      ],
    },
  })
  api = createApi(collector)
  browser = await launchChromium()
  const tag = scriptTag(collector.url, 'shop')
  const asking = scriptTag(collector.url, 'shop', { 'data-consent': 'pending' })
  pages['/letter'] = page('Letter', link('offer', at('shop', `/?${tags}`)))
  pages['/'] = page('Home', asking, link('login', at('login', '/authorize')), link('about', '/about'))
  pages['/about'] = page('About', asking, link('again', `/?${tags}`))
  pages['/authorize'] = page('Sign in', form('/authorized'))
  redirects['/authorized'] = at('shop', '/account?code=abc&state=xyz')
  pages['/account'] = page('Account', tag, link('cart', at('checkout', '/cart')))
  pages['/cart'] = page('Cart', tag, form(at('bank', '/pay')))
  pages['/pay'] = page('Pay', form('/paid'))
  redirects['/paid'] = at('shop', '/thanks?payment=1')
  pages['/thanks'] = page('Thanks', tag)
  pages['/brief'] = page('Brief', scriptTag(collector.url, 'brief'), form(at('bank', '/pay-late')))
  pages['/pay-late'] = page('Pay', form('/paid-late'))
  redirects['/paid-late'] = at('shop', '/thanks-late')
  pages['/thanks-late'] = page('Thanks', scriptTag(collector.url, 'brief'))
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await collector?.stop()
})

/** A visitor who has followed the link in a newsletter. */
const follow = async (): Promise<{ tab: Page; troubles: string[] }> => {
  const tab = await (await browser.newContext()).newPage()
  const troubles = watchTroubles(tab)
  await tab.goto(at('mail', '/letter'))
  await tab.click('#offer')
  await tab.waitForURL(at('shop', `/?${tags}`))
  return { tab, troubles }
}

const accept = async (tab: Page): Promise<Session> => {
  await tab.waitForFunction(() => (globalThis.sojourn as { started?: boolean } | undefined)?.started)
  await tab.evaluate(() => globalThis.sojourn!('consent', 'granted'))
  await sojourn.shortId(tab)
  return (await sojourn.session(tab))!
}

const sessionsOf = ({ visitorId }: Session): Promise<Session[]> => api.sessions({ visitorId: visitorId! })

test('a visit over a consent banner, a sign-in, a subdomain and a payment is one session with its landing campaign', async () => {
  const { tab, troubles } = await follow()
  expect(await api.sessions()).toEqual([])
  const first = await accept(tab)
  await tab.click('#login')
  await tab.waitForURL(at('login', '/authorize'))
  await tab.click('button')
  await tab.waitForURL(at('shop', '/account?*'))
  expect(await tab.evaluate(() => document.referrer)).toBe(at('login', '/'))
  await sojourn.shortId(tab)
  await tab.click('#cart')
  await tab.waitForURL(at('checkout', '/cart'))
  await sojourn.shortId(tab)
  await tab.click('button')
  await tab.waitForURL(at('bank', '/pay'))
  await tab.click('button')
  await tab.waitForURL(at('shop', '/thanks?payment=1'))
  expect(await tab.evaluate(() => document.referrer)).toBe(at('bank', '/'))
  await sojourn.track(tab, 'order_completed', { total: 49.9 })
  await sojourn.flush(tab)

  const session = await until(() => api.session(first.id), ({ eventCount }) => eventCount === 5)
  expect(session).toMatchObject({
    mktCampaign: campaign,
    referrer: { hostname: hosts.mail },
    entryPage: { url: at('shop', `/?${tags}`) },
    lastPage: { hostname: hosts.shop, pathname: '/thanks' },
    pageviewCount: 4,
  })
  expect(await sessionsOf(first)).toHaveLength(1)
  expect((await sojourn.session(tab))!.mktCampaign).toEqual(campaign)
  expect(troubles).toEqual([])
})

test('a consent that is given on the next page does not lose the landing campaign', async () => {
  const { tab } = await follow()
  await tab.click('#about')
  await tab.waitForURL(at('shop', '/about'))
  const { id } = await accept(tab)
  expect(await api.session(id)).toMatchObject({ mktCampaign: campaign, entryPage: { pathname: '/about' }, referrer: { medium: 'internal' } })
})

test('who has taken longer over a payment than a session lasts, comes back to a session that nobody has led to, and was brought by the campaign still', async () => {
  const tab = await (await browser.newContext()).newPage()
  await tab.goto(at('mail', '/letter'))
  await tab.goto(at('shop', `/brief?${tags}`), { referer: at('mail', '/letter') })
  await sojourn.shortId(tab)
  const first = (await sojourn.session(tab))!
  await tab.click('button')
  await tab.waitForURL(at('bank', '/pay-late'))
  // On a busy machine the click alone may come later than the session lasts, and open another one there.
  const [before] = await until(() => sessionsOf(first), ([newest]) => newest?.status === 'ended')
  await tab.click('button')
  await tab.waitForURL(at('shop', '/thanks-late'))
  await sojourn.shortId(tab)
  const second = (await sojourn.session(tab))!
  expect(second).toMatchObject({ previousSessionId: before!.id })
  const { mktCampaign, referrer, touches } = await api.get<Session & { touches: object }>(`/v1/sessions/${second.id}`)
  expect(mktCampaign).toBeUndefined()
  expect(referrer).toMatchObject({ hostname: hosts.bank, medium: 'internal' })
  expect(touches).toMatchObject({
    first: { sessionId: first.id, mktCampaign: campaign, referrer: { hostname: hosts.mail } },
    last: { sessionId: before!.id, mktCampaign: campaign },
  })
  expect(touches).not.toHaveProperty('session')
})
