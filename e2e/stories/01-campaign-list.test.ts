import { readFileSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isOverflowing } from '../harness/isOverflowing.ts'
import { launchChromium } from '../harness/launchChromium.ts'
import { readQrCode } from '../harness/readQrCode.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { watchTroubles } from '../harness/watchTroubles.ts'

const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }

let collector: Collector
let browser: Browser

beforeAll(async () => {
  collector = await startCollector()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await collector?.stop()
})

afterEach(() => Promise.all(browser.contexts().map(context => context.close())))

const openCampaigns = async (options?: BrowserContextOptions): Promise<{ page: Page; troubles: string[] }> => {
  const page = await (await browser.newContext(options)).newPage()
  const troubles = watchTroubles(page)
  await page.goto(collector.url)
  await page.getByLabel('API key').fill(collector.apiKey)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Campaigns' }).click()
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor()
  return { page, troubles }
}

const rowOf = (page: Page, name: string) => page.getByRole('table', { name: /^Campaigns/ }).getByRole('row').filter({ hasText: name })

/** A visitor who follows a link, in a browser of their own. */
const follow = async (link: string): Promise<void> => {
  const visitor = await (await browser.newContext()).newPage()
  await visitor.goto(link)
}

/** A phone makes a page that is too wide smaller, and its window with it: so the width is compared that it has been given. */
/** What the document tells a marketer to look for, in the order in which it is told. */
const wordsOf = (section: string): string[] => {
  const [, text = ''] = readFileSync(new URL('../../docs/campaigns.md', import.meta.url), 'utf8').split(`## ${section}\n`)
  return [...text.split('\n## ')[0]!.matchAll(/\*\*(.+?)\*\*/g)].map(([, words]) => words!)
}

test('what the document says is there', async () => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(collector.url)
  const words = wordsOf('Your first campaign')
  expect(words.length).toBeGreaterThan(7)
  for (const each of words) {
    await page.getByText(each, { exact: true }).first().waitFor()
    if (each === 'API key') await page.getByLabel(each).fill(collector.apiKey)
    if (each === 'Sign in') await page.getByRole('button', { name: each }).click()
    if (each === 'Campaigns') await page.getByRole('link', { name: each }).click()
    if (['Source', 'Medium'].includes(each)) await page.getByLabel(each, { exact: true }).fill('a')
  }
})

test('a marketer who has configured nothing builds a link, and sees the visit that it brings', async () => {
  const { page, troubles } = await openCampaigns()
  await page.getByText('No campaign has led here').waitFor()
  await page.getByLabel('Source', { exact: true }).fill('News Letter')
  await page.getByLabel('Medium', { exact: true }).fill('email')
  await page.getByLabel('Campaign', { exact: true }).fill('Spring Sale')
  const link = await page.locator('#built-link').innerText()
  expect(link).toBe(`${collector.url}/demo/?utm_source=news-letter&utm_medium=email&utm_campaign=spring-sale`)
  const verdict = page.getByRole('region', { name: 'Build a link' }).getByRole('status')
  await verdict.getByText('from the parameter utm_campaign').waitFor()
  expect(await verdict.getByRole('listitem').count()).toBe(0)
  expect(await readQrCode(page.getByRole('img', { name: 'QR code of the link' }))).toBe(link)

  await follow(link)
  await rowOf(page, 'spring-sale').filter({ hasText: 'news-letter / email' }).getByRole('cell', { name: '1' }).first().waitFor()
  await follow(link)
  await rowOf(page, 'spring-sale').getByRole('cell', { name: '2' }).first().waitFor()
  await page.getByText('Figures').click()
  expect(await page.getByRole('table', { name: '' }).filter({ hasText: 'Day (UTC)' }).getByRole('row').count()).toBe(2)
  expect(troubles).toEqual([])
})

test('a pasted link is explained, with its referrer, and what is probably wrong with it', async () => {
  const { page, troubles } = await openCampaigns()
  await page.getByLabel('Link', { exact: true }).fill(`${collector.url}/demo/?UTM_SOURCE=a&gclid=A1`)
  await page.getByLabel('Page where it stands').fill('www.google.com')
  const verdict = page.getByRole('region', { name: 'Check a link' }).getByRole('status')
  await verdict.getByText('paid, Google').waitFor()
  expect(await verdict.innerText()).toMatch(/source\s+google\s+from the click identifier gclid/)
  expect(await verdict.getByRole('listitem').allInnerTexts()).toEqual(['UTM_SOURCE is not read: the case of parameter names matters. Write utm_source.'])
  await page.getByLabel('Link', { exact: true }).fill('nothing')
  await verdict.getByText('expected an address such as').waitFor()
  // The refusal of a link that is none is an answer like any other.
  expect(troubles.filter(each => !each.includes('400'))).toEqual([])
})

test.each<[string, BrowserContextOptions]>([['a phone', phone], ['a narrow phone', { ...phone, viewport: { width: 320, height: 640 } }], ['a dark phone', { ...phone, colorScheme: 'dark' }], ['a desktop', {}], ['a dark desktop', { colorScheme: 'dark' }]])(
  'nothing is cut off on %s',
  async (_name, options) => {
    await follow(`${collector.url}/demo/?utm_source=a-very-long-source-of-visits-without-any-space&utm_medium=email&utm_campaign=${'a-long-name-'.repeat(6)}`)
    const { page } = await openCampaigns(options)
    await rowOf(page, 'a-long-name').waitFor()
    await page.getByLabel('Source', { exact: true }).fill('Partner')
    await page.getByLabel('Lower case').uncheck()
    await page.getByText('counted apart').waitFor()
    expect(await isOverflowing(page)).toBe(false)
  },
)
