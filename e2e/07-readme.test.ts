import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from './harness/bundle.ts'
import { createApi, type Api } from './harness/createApi.ts'
import { launchChromium } from './harness/launchChromium.ts'
import { serveSite, type Website } from './harness/serveSite.ts'
import { startCollector, type Collector, type CollectorOptions } from './harness/startCollector.ts'
import { watchTroubles } from './harness/watchTroubles.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The code blocks of a language that contain a text, as they would be pasted. */
const blocksOf = (language: string, text: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, code]) => code!).filter(code => code.includes(text))

const [config = ''] = blocksOf('json', '"sites"')
const [tag = ''] = blocksOf('html', 'data-site')
const [made = ''] = blocksOf('html', 'createElement')
const [stub = ''] = blocksOf('html', 'sojourn.q')
const [calls = ''] = blocksOf('js', "sojourn('track'")
const [module = ''] = blocksOf('ts', "from 'sojourn'")

let collector: Collector
let api: Api
let browser: Browser
let site: Website

/** Puts the addresses of the test where the README has examples. */
const localize = (text: string): string => text.replaceAll('https://collect.example.com', collector.url)

beforeAll(async () => {
  const pages: Record<string, string> = {}
  site = await serveSite({ pages })
  collector = await startCollector({ config: JSON.parse(config.replace('https://shop.example.com', site.origin)) as NonNullable<CollectorOptions['config']> })
  api = createApi(collector)
  browser = await launchChromium()
  const page = (head: string): string => `<!doctype html><html lang="en"><head><title>Pasted</title><link rel="icon" href="data:,">${head}</head></html>`
  pages['/tag'] = page(localize(tag))
  pages['/made'] = page(localize(made))
  pages['/stub'] = page(`${stub}${localize(tag)}<script>${calls}</script>`)
  pages['/npm'] = page(`<script type="module">${await bundle(localize(module))}</script>`)
})

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await collector?.stop()
})

const open = async (path: string): Promise<{ page: Page; troubles: string[] }> => {
  const page = await (await browser.newContext()).newPage()
  const troubles = watchTroubles(page)
  await page.goto(site.origin + path)
  return { page, troubles }
}

const sessionOf = (path: string) => async () => (await api.sessions()).find(({ entryPage }) => entryPage?.pathname === path)

test.each(['/tag', '/made'])('the script tag, pasted, is enough (%s)', async path => {
  const { troubles } = await open(path)
  await expect.poll(sessionOf(path), { timeout: 10_000 }).toMatchObject({ site: 'shop', pageviewCount: 1, shortId: expect.stringMatching(/^\d{4}$/) })
  expect(troubles).toEqual([])
})

const ordered = {
  attributes: { total: { dataType: 'number', value: '49.9' } },
  attributeLists: { skus: { dataType: 'string', values: ['a', 'b'] } },
  customerId: 'c-1017',
  customerIdType: 'crm',
  lastEvent: { eventName: 'order_completed' },
}

test('the stub and the calls, pasted, do what they say', async () => {
  const { page, troubles } = await open('/stub')
  await expect.poll(sessionOf('/stub'), { timeout: 10_000 }).toMatchObject(ordered)
  await expect.poll(() => page.title(), { timeout: 10_000 }).toMatch(/^Call us and say \d{4}$/)
  expect(troubles).toEqual([])
})

test('the npm module, pasted, does what it says', async () => {
  const { troubles } = await open('/npm')
  await expect.poll(sessionOf('/npm'), { timeout: 10_000 }).toMatchObject(ordered)
  expect(troubles).toEqual([])
})
