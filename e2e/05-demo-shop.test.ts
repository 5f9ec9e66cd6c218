import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '../src/model/index.ts'
import { createApi, type Api } from './harness/createApi.ts'
import { findSchemaProblems } from './harness/findSchemaProblems.ts'
import { launchChromium } from './harness/launchChromium.ts'
import { sojourn } from './harness/sojourn.ts'
import { startCollector, type Collector } from './harness/startCollector.ts'
import { until } from './harness/until.ts'
import { watchStatuses } from './harness/watchStatuses.ts'
import { watchTroubles } from './harness/watchTroubles.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

/** Seconds that the shop's fast clock waits. */
const idleAfter = 5
const awayAfter = 10

/** What the collector adds that a page is not told. */
const collectorOnly = ['delivery', 'ipAddress', 'selfUri', 'site', 'touches'] as const

let collector: Collector
let api: Api
let browser: Browser

beforeAll(async () => {
  collector = await startCollector()
  api = createApi(collector)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await collector?.stop()
})

const openLivePage = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage()
  await page.goto(collector.url)
  await page.getByLabel('API key').fill(collector.apiKey)
  await page.getByRole('button', { name: 'Sign in' }).click()
  return page
}

/** Lands by a campaign from a search engine. */
const land = async (page: Page): Promise<void> => {
  const query = 'utm_source=newsletter&utm_medium=email&utm_campaign=spring&fast=1'
  await page.goto(`${collector.url}/demo/?${query}`, { referer: 'https://www.google.com/' })
  await sojourn.shortId(page)
}

/** Five pages, a search, and something in the cart. */
const browse = async (page: Page): Promise<void> => {
  await page.getByRole('navigation', { name: 'Shop' }).getByRole('link', { name: 'Lamps' }).click()
  await page.getByRole('link', { name: 'Aurora table lamp' }).first().click()
  await page.getByLabel('Quantity').fill('2')
  await page.getByRole('button', { name: 'Put into the cart' }).click()
  await page.getByRole('status').filter({ hasText: '2 in the cart' }).waitFor()
  await page.getByLabel('Search the shop').fill('wool')
  await page.getByLabel('Search the shop').press('Enter')
  await page.getByRole('link', { name: 'Fjord wool blanket' }).first().click()
  await page.getByRole('heading', { name: 'Fjord wool blanket' }).waitFor()
  await page.getByRole('navigation', { name: 'Shop' }).getByRole('link', { name: 'Cart' }).click()
  await page.getByRole('heading', { name: 'Cart' }).waitFor()
}

const without = <T extends object>(value: T, keys: readonly string[]): object => Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))

/** Asks page and collector until both have heard the same, or time is up: then the difference is shown. @returns what they had in common */
const expectAgreement = async (page: Page, id: string): Promise<Session> => {
  const read = async (): Promise<{ own: object; stored: Session }> => {
    await sojourn.flush(page)
    const [own, stored] = await Promise.all([sojourn.session(page), api.session(id)])
    return { own: own!, stored }
  }
  const toKnown = (stored: Session): object => without({ ...stored, browser: without(stored.browser!, ['fingerprint']), device: without(stored.device!, ['fingerprint']) } as Session, collectorOnly)
  const same = ({ own, stored }: Awaited<ReturnType<typeof read>>): boolean => isDeepStrictEqual(own, toKnown(stored))
  const { own, stored } = await until(read, same, 3000).catch(read)
  expect(own).toEqual(toKnown(stored))
  expect(Object.keys(stored)).toEqual(expect.arrayContaining([...collectorOnly]))
  return stored
}

const toSeconds = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000

test('a visit of the demo shop is one Session, right in every field, and seen live as active, idle, away and active again', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const troubles = watchTroubles(page)
  // The agent is there first: from the landing on the visitor has few seconds until the shop's clock calls them idle.
  const livePage = await openLivePage(await browser.newContext())
  const startedAt = Date.now()
  await land(page)
  const statuses = await watchStatuses(livePage, await sojourn.shortId(page))
  await browse(page)
  const browsedAt = Date.now()
  const userAgentString = await page.evaluate(() => navigator.userAgent)

  await until(statuses, seen => seen.at(-1) === 'Away', 40_000)
  await until(
    async () => {
      await page.mouse.move(Math.random() * 800, Math.random() * 600)
      return statuses()
    },
    seen => seen.at(-1) === 'Active',
  )
  expect(await statuses()).toEqual(['Active', 'Idle', 'Away', 'Active'])
  const session = await expectAgreement(page, (await sojourn.session(page))!.id)
  const returnedAt = Date.now()

  expect((await api.sessions()).map(({ id }) => id)).toEqual([session.id])
  expect(findSchemaProblems(session)).toEqual([])
  expect(troubles).toEqual([])

  const { createdDate, idleDate, awayDate, durationInSeconds, engagement } = session
  expect(session).toEqual({
    id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
    type: 'web',
    createdDate,
    status: 'active',
    customerId: session.visitorId,
    customerIdType: 'cookie',
    visitorId: expect.stringMatching(/^[\da-f-]{36}$/),
    sessionIndex: 1,
    shortId: expect.stringMatching(/^\d{4}$/),
    eventCount: 7,
    pageviewCount: 6,
    screenviewCount: 0,
    lastEvent: { id: expect.any(String), eventName: 'pageview', createdDate: expect.any(String) },
    entryPage: {
      url: `${collector.url}/demo/?utm_source=newsletter&utm_medium=email&utm_campaign=spring&fast=1`,
      domain: new URL(collector.url).hostname,
      hostname: new URL(collector.url).hostname,
      pathname: '/demo/',
      queryString: 'utm_source=newsletter&utm_medium=email&utm_campaign=spring&fast=1',
      title: 'Lantern & Loom: things for slow evenings',
      lang: 'en',
      breadcrumb: [],
    },
    lastPage: {
      url: `${collector.url}/demo/cart.html`,
      domain: new URL(collector.url).hostname,
      hostname: new URL(collector.url).hostname,
      pathname: '/demo/cart.html',
      title: 'Your cart · Lantern & Loom',
      lang: 'en',
      breadcrumb: [],
    },
    durationInSeconds,
    engagement,
    idleDate,
    awayDate,
    mktCampaign: { name: 'spring', source: 'newsletter', medium: 'email' },
    referrer: expect.objectContaining({ url: 'https://www.google.com/', hostname: 'www.google.com', domain: 'google.com', pathname: '/' }),
    searchTerms: ['wool'],
    attributes: {
      name: { dataType: 'string', value: 'Aurora table lamp' },
      price: { dataType: 'number', value: '49.9' },
      quantity: { dataType: 'number', value: '2' },
      sku: { dataType: 'string', value: 'aurora-lamp' },
    },
    browser: {
      family: expect.stringMatching(/^Chrom/),
      version: expect.stringMatching(new RegExp(`^${browser.version().split('.')[0]}\\.`)),
      lang: 'en-US',
      fingerprint: expect.any(String),
      isMobile: false,
      viewWidth: 1280,
      viewHeight: 720,
      featuresFlash: false,
      featuresJava: false,
      featuresPdf: true,
      featuresWebrtc: true,
    },
    device: expect.objectContaining({ category: 'desktop', isMobile: false, osFamily: 'Linux', screenWidth: 1280, screenHeight: 720, screenDensity: 1 }),
    userAgentString,
    ipAddress: '127.0.0.1',
    sdkLibrary: { name: 'sojourn', version },
    authenticated: false,
    selfUri: `/v1/sessions/${session.id}`,
    site: 'demo',
    delivery: { received: expect.any(Number), missing: 0, duplicates: expect.any(Number) },
    touches: { first: expect.objectContaining({ sessionId: session.id }), last: expect.anything(), session: expect.anything() },
  })

  // Times, against the clock of the test: within the visit, and consistent among themselves.
  expect(Date.parse(createdDate)).toBeGreaterThanOrEqual(startedAt)
  expect(Date.parse(createdDate)).toBeLessThan(browsedAt)
  expect(toSeconds(createdDate, new Date(browsedAt).toISOString()) + awayAfter - 2).toBeLessThan(durationInSeconds)
  expect(durationInSeconds).toBeLessThanOrEqual((returnedAt - startedAt) / 1000)
  expect(toSeconds(idleDate, awayDate)).toBe(awayAfter - idleAfter)
  expect(Math.floor(toSeconds(createdDate, idleDate)) - idleAfter).toBe(durationInSeconds)
  expect(engagement.activeSeconds + engagement.idleSeconds + engagement.awaySeconds).toBe(durationInSeconds)
  expect(engagement.idleSeconds).toBe(awayAfter - idleAfter)
  await context.close()
})
