import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi, type Api } from './harness/createApi.ts'
import { launchChromium } from './harness/launchChromium.ts'
import { scriptTag } from './harness/scriptTag.ts'
import { serveSite, type Website } from './harness/serveSite.ts'
import { sojourn } from './harness/sojourn.ts'
import { startCollector, type Collector } from './harness/startCollector.ts'

let collector: Collector
let api: Api
let browser: Browser
let site: Website
const pages: Record<string, string> = {}

const pageWith = (tag: string): string => `<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,">${tag}</head></html>`

beforeAll(async () => {
  site = await serveSite({ pages })
  const campaign = { parameters: { source: 'src', name: 'c' } }
  collector = await startCollector({
    config: {
      sites: [
        { id: 'shop', origins: [site.origin], campaign, searchParameters: ['find'], excludedQueryParameters: ['ref'], idleAfterSeconds: 77 },
        { id: 'blog', origins: [site.origin], autotrack: false },
      ],
    },
  })
  api = createApi(collector)
  browser = await launchChromium()
  pages['/'] = pageWith(scriptTag(collector.url, 'shop'))
  pages['/own'] = pageWith(scriptTag(collector.url, 'shop', { 'data-idle-after-seconds': '88', 'data-options': '{&quot;campaign&quot;:{&quot;parameters&quot;:{&quot;source&quot;:&quot;from&quot;}}}' }))
  pages['/alone'] = pageWith(scriptTag(collector.url, 'blog', { src: `${collector.url}/sojourn.js?site=blog` }))
})

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await collector?.stop()
})

const open = async (path: string): Promise<{ page: Page; requests: string[] }> => {
  const page = await (await browser.newContext()).newPage()
  const requests: string[] = []
  page.on('request', request => requests.push(`${request.method()} ${request.url()}`))
  await page.goto(site.origin + path)
  return { page, requests }
}

const startOf = async (page: Page) => {
  await sojourn.shortId(page)
  const { id } = (await sojourn.session(page))!
  return (await api.events(id))[0]!
}

test('what the configuration says of a site holds on its pages from the first pageview on, without a request for it', async () => {
  const { page, requests } = await open('/?src=poster&c=Spring&find=shoes&ref=1')
  const first = await startOf(page)
  expect(first.start).toMatchObject({ campaign: { tags: 'src=poster&c=Spring', options: { parameters: { source: 'src', name: 'c' } } }, rules: { idleAfterSeconds: 77 } })
  expect(first).toMatchObject({ searchParameters: ['find'], page: { url: `${site.origin}/?src=poster&c=Spring&find=shoes` } })
  const untilSent = requests.slice(0, requests.findIndex(each => each.startsWith('POST')) + 1)
  expect(untilSent).toEqual([`GET ${site.origin}/?src=poster&c=Spring&find=shoes&ref=1`, `GET ${collector.url}/sojourn.js`, `POST ${collector.url}/v1/events`])
  await page.context().close()
})

test('a campaign that only the configuration knows opens a new session in the midst of a visit', async () => {
  const { page } = await open('/')
  await sojourn.shortId(page)
  const before = (await sojourn.session(page))!
  await page.goto(`${site.origin}/?src=mail`)
  await sojourn.shortId(page)
  const after = (await sojourn.session(page))!
  expect(after).toMatchObject({ previousSessionId: before.id, mktCampaign: { source: 'mail' } })
  await page.context().close()
})

test('what the page says itself stands before that', async () => {
  const { page } = await open('/own?from=mail&c=Spring')
  expect((await startOf(page)).start).toMatchObject({ campaign: { tags: 'from=mail', options: { parameters: { source: 'from' } } }, rules: { idleAfterSeconds: 88 } })
  await page.context().close()
})

test('a tag may name its site, and is served the options of that one alone', async () => {
  const { page } = await open('/alone')
  await sojourn.track(page, 'read')
  const first = await startOf(page)
  expect(first).toMatchObject({ type: 'custom', eventName: 'read' })
  const text = await (await fetch(`${collector.url}/sojourn.js?site=blog`)).text()
  expect([text.includes('"blog"'), text.includes('"shop"')]).toEqual([true, false])
  await page.context().close()
})
