import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from './harness/createApi.ts'
import { launchChromium } from './harness/launchChromium.ts'
import { scriptTag } from './harness/scriptTag.ts'
import { sojourn } from './harness/sojourn.ts'
import { startCollector, type Collector } from './harness/startCollector.ts'
import { until } from './harness/until.ts'
import { watchTroubles } from './harness/watchTroubles.ts'

const prefix = '/stats'

let collector: Collector
let browser: Browser
let shop: Server
let origin: string

/** A shop that has the collector below a path of its own, as the documents show it with nginx. */
const serveShop = async (): Promise<Server> => {
  const server = createServer((incoming, outgoing) => {
    const { url = '/', method, headers } = incoming
    if (!url.startsWith(`${prefix}/`)) {
      const isPage = url.startsWith('/bags/')
      const page = `<!doctype html><html lang="en"><head><title>Bags</title><link rel="icon" href="data:,">${scriptTag(prefix, 'shop', { 'data-collector': `http://${headers.host ?? ''}${prefix}` })}</head></html>`
      return void outgoing.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html' }).end(isPage ? page : '')
    }
    const passed = request(collector.url + url.slice(prefix.length), { method, headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    outgoing.on('close', () => passed.destroy())
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}

beforeAll(async () => {
  const site = { id: 'shop', origins: ['http://127.0.0.1:*'], searchForms: true, linkDomains: ['shop.example.org'], campaign: { removeTags: true } }
  collector = await startCollector({ config: { sites: [site] } })
  shop = await serveShop()
  origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  shop?.closeAllConnections()
  shop?.close()
  await collector?.stop()
})

test('the live page below a path lists who is here, stays current, and shows the tag of there', async () => {
  const page = await (await browser.newContext()).newPage()
  const troubles = watchTroubles(page)
  await page.goto(`${origin}${prefix}/`)
  await page.getByLabel('API key').fill(collector.apiKey)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'On the site now' }).waitFor()
  await page.getByText(`src="${origin}${prefix}/sojourn.js" data-site="demo" data-collector="${origin}${prefix}"`).waitFor()
  const visitor = await (await browser.newContext()).newPage()
  await visitor.goto(`${origin}/bags/?utm_source=window`)
  await page.getByRole('row').filter({ hasText: 'window' }).waitFor()
  expect(troubles).toEqual([])
})

test('a script whose tag names the path reports there, and finds its parts there', async () => {
  const page = await (await browser.newContext()).newPage()
  const troubles = watchTroubles(page)
  const asked: string[] = []
  page.on('request', incoming => asked.push(new URL(incoming.url()).pathname))
  await page.goto(`${origin}/bags/?utm_source=letter`)
  await sojourn.track(page, 'seen')
  const { id } = (await sojourn.session(page))!
  await sojourn.flush(page)
  const stored = await until(() => createApi(collector).session(id).catch(() => undefined), session => session?.eventCount === 2)
  expect(stored).toMatchObject({ pageviewCount: 1, mktCampaign: { source: 'letter' } })
  await until(() => page.url(), url => !url.includes('utm_source'))
  expect(asked).toEqual(expect.arrayContaining(['session', 'links', 'sources'].map(part => `${prefix}/sojourn-${part}.js`)))
  expect(asked.filter(path => !path.startsWith(`${prefix}/`))).toEqual(['/bags/'])
  expect(troubles).toEqual([])
})

test('the OpenAPI document leads to the API below the path', async () => {
  const address = `${origin}${prefix}/v1/openapi.json`
  const { servers } = (await (await fetch(address)).json()) as { servers: { url: string }[] }
  expect(servers.map(({ url }) => new URL(url, address).href)).toEqual([`${origin}${prefix}/`])
})
