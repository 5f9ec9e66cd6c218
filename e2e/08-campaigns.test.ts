import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi, type Api } from './harness/createApi.ts'
import { launchChromium } from './harness/launchChromium.ts'
import { scriptTag } from './harness/scriptTag.ts'
import { serveSite, type Website } from './harness/serveSite.ts'
import { sojourn } from './harness/sojourn.ts'
import { startCollector, type Collector } from './harness/startCollector.ts'
import { watchTroubles } from './harness/watchTroubles.ts'

let collector: Collector
let api: Api
let browser: Browser
let site: Website

beforeAll(async () => {
  const pages: Record<string, string> = {}
  site = await serveSite({ pages })
  const campaign = { parameters: { source: 'src' }, rules: [{ when: { path: '/spring' }, set: { name: 'Spring', medium: 'print' } }] }
  collector = await startCollector({ config: { sites: [{ id: 'shop', origins: [site.origin], campaign }] } })
  api = createApi(collector)
  browser = await launchChromium()
  const page = `<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,">${scriptTag(collector.url, 'shop')}</head></html>`
  pages['/'] = pages['/spring'] = page
})

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await collector?.stop()
})

interface Visit {
  landing: string
  referer?: string
  told: object
}

const visits: Visit[] = [
  {
    landing: '/?utm_source=newsletter&utm_medium=email&utm_campaign=spring+sale',
    referer: 'https://mail.google.com/',
    told: { mktCampaign: { source: 'newsletter', medium: 'email', name: 'spring sale' }, referrer: { name: 'Gmail', medium: 'email' } },
  },
  {
    landing: '/?gclid=A1',
    referer: 'https://www.google.com/',
    told: { mktCampaign: { clickId: 'A1', network: 'google', source: 'google', medium: 'cpc' }, referrer: { name: 'Google', medium: 'paid' } },
  },
  { landing: '/#/shoes?utm_source=poster', told: { mktCampaign: { source: 'poster' } } },
  { landing: '/?src=partner', referer: 'https://chatgpt.com/', told: { mktCampaign: { source: 'partner' }, referrer: { name: 'ChatGPT', medium: 'search' } } },
  { landing: '/spring', told: { mktCampaign: { name: 'Spring', medium: 'print' } } },
  {
    landing: '/?q=red+shoes&email=ann@mail.example',
    referer: 'https://blog.example.net/',
    told: { searchTerms: ['red shoes'], referrer: { medium: 'unknown', domain: 'blog.example.net' }, entryPage: { queryString: 'q=red+shoes&email=(redacted)' } },
  },
]

test.each(visits)('$landing, from $referer, is told by the Session, and to the page', async ({ landing, referer, told }) => {
  const page = await (await browser.newContext()).newPage()
  const troubles = watchTroubles(page)
  await page.goto(site.origin + landing, referer ? { referer } : {})
  await sojourn.shortId(page)
  const own = await sojourn.session(page)
  expect(await api.session(own!.id)).toMatchObject(told)
  const { entryPage: _kept, ...shown } = told as { entryPage?: object }
  expect(own).toMatchObject(shown)
  expect(troubles).toEqual([])
  await page.context().close()
})
