import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Site } from '../../src/collector/site.ts'
import { arrivals } from '../../test/landings/arrivals.ts'
import { clicks } from '../../test/landings/clicks.ts'
import { land, type Told, type Visit } from '../../test/landings/land.ts'
import { tagged } from '../../test/landings/tagged.ts'
import { createApi, type Api } from '../harness/createApi.ts'
import { launchChromium } from '../harness/launchChromium.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { sojourn } from '../harness/sojourn.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'

/** Under this name pages find the collector: they are on https, as the table says, and it is not. */
const collectorOrigin = 'https://collect.example.com'
const shop = 'https://shop.example.com'

/** One of so many rows of the table is visited; what apps tell as their referrer no page can. */
const oneOf = 6

interface Sample {
  reason: string
  visit: Visit
  told: Told
  site: Site
}

/** The configuration tells pages how the site reads campaigns: the table's pages know only what stands in their own options. */
const toExpected = (visit: Visit, told: Told): Told => (visit.site && !visit.page ? land({ ...visit, page: visit.site }) : told)

const samples: Sample[] = [tagged, clicks, arrivals].flatMap(rows =>
  rows
    .map(([reason, given, told]) => ({ reason, visit: typeof given === 'string' ? { landing: given } : given, told }))
    .filter(({ visit }) => !visit.referrer?.startsWith('android-app:'))
    .filter((_row, i) => i % oneOf === 0)
    .map(({ reason, visit, told }) => {
      const site = { id: reason.replace(/[^\w.-]/g, '-'), origins: [shop, 'https://*.shop.example.com'], ...(visit.site && { campaign: visit.site }) }
      return { reason, visit, told: toExpected(visit, told), site }
    }),
)

let collector: Collector
let api: Api
let browser: Browser

beforeAll(async () => {
  collector = await startCollector({ config: { sites: samples.map(({ site }) => site) } })
  api = createApi(collector)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await collector?.stop()
})

const attribute = (value: unknown): string => JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/** Every host is there: pages of the shop have the tag, others tell all of their address to where they lead. */
const serve = (context: BrowserContext, { site, visit: { page } }: Sample): Promise<unknown> => {
  const tag = scriptTag(collectorOrigin, site.id, page ? { 'data-options': attribute({ campaign: page }) } : {})
  const answer = (route: Route): Promise<void> => {
    const url = new URL(route.request().url())
    if (url.origin === collectorOrigin) return route.fetch({ url: collector.url + url.pathname + url.search }).then(response => route.fulfill({ response }))
    const head = /(^|\.)shop\.example\.com$/.test(url.hostname) && url.pathname !== '/cart' ? tag : '<meta name="referrer" content="unsafe-url">'
    return route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,">${head}</head></html>` })
  }
  return context.route('**', answer)
}

const arrive = async (page: Page, { landing = '/', referrer }: Visit): Promise<void> => {
  const address = landing.startsWith('/') ? shop + landing : landing
  if (referrer === undefined) return void (await page.goto(address))
  await page.goto(referrer)
  await Promise.all([page.waitForEvent('framenavigated'), page.evaluate(next => location.assign(next), address)])
}

test('the sample has rows of every kind', () => {
  expect(samples.length).toBeGreaterThan(30)
  for (const kind of ['referrer', 'page', 'site'] as const) expect(samples.some(({ visit }) => visit[kind] !== undefined)).toBe(true)
})

test.each(samples)('$reason', async sample => {
  const context = await browser.newContext()
  await serve(context, sample)
  const page = await context.newPage()
  await arrive(page, sample.visit)
  await sojourn.shortId(page)
  const { mktCampaign, referrer, searchTerms } = await api.session((await sojourn.session(page))!.id)
  const { medium, name = '-', keywords } = referrer ?? {}
  const told: Told = {
    ...(mktCampaign && { campaign: mktCampaign }),
    ...(medium && { referrer: [medium, name, keywords].filter(Boolean).join(' ') }),
    ...(searchTerms?.length && { terms: searchTerms }),
  }
  expect(told).toEqual(sample.told)
  await context.close()
})
