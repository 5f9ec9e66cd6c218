import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { GivenSegment } from '../../src/collector/segments/checkDefinition.ts'
import { isOverflowing } from '../harness/isOverflowing.ts'
import { launchChromium } from '../harness/launchChromium.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { until } from '../harness/until.ts'
import { visit } from '../harness/visit.ts'
import { watchTroubles } from '../harness/watchTroubles.ts'

const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }

let collector: Collector
let browser: Browser

beforeAll(async () => {
  collector = await startCollector({ config: { sites: [{ id: 'shop', origins: ['https://shop.example.com'] }] } })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await collector?.stop()
})

afterEach(() => Promise.all(browser.contexts().map(context => context.close())))

const openDefinitions = async (options?: BrowserContextOptions): Promise<{ page: Page; troubles: string[] }> => {
  const page = await (await browser.newContext(options)).newPage()
  const troubles = watchTroubles(page)
  await page.goto(collector.url)
  await page.getByLabel('API key').fill(collector.apiKey)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Segments' }).click()
  await page.getByRole('heading', { name: 'Segments and outcomes' }).waitFor()
  return { page, troubles }
}

/** What somebody else puts, whatever was there. */
const putSegments = async (entities: GivenSegment[]): Promise<void> => {
  const headers = { authorization: `Bearer ${collector.apiKey}`, 'content-type': 'application/json' }
  const response = await fetch(`${collector.url}/v1/segments`, { method: 'PUT', headers, body: JSON.stringify({ entities }) })
  expect(response.status).toBe(200)
}

const readers: GivenSegment = { id: 'readers', displayName: 'Readers', context: { patterns: [{ criteria: [{ key: 'mktCampaign.source', values: ['letter'] }] }] } }

const rowOf = (page: Page, name: string): Locator => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })

/** A phone makes a page that is too wide smaller, and its window with it: so the width is compared that it has been given. */
test('an agent writes a segment; who meets it afterwards is counted; it is disabled, and deleted', async () => {
  const { page, troubles } = await openDefinitions()
  await page.getByRole('button', { name: 'New segment' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Hat lovers')
  await page.getByRole('button', { name: 'Add a condition about the visit' }).click()
  await page.getByRole('group', { name: 'condition 1 about the visit' }).getByLabel('Values').fill('newsletter')
  await page.getByRole('button', { name: 'Add an event' }).click()
  const event = page.getByRole('group', { name: 'event 1', exact: true })
  await event.getByRole('button', { name: 'Add a condition to this event' }).click()
  await event.getByRole('group', { name: 'condition 1 of event 1' }).getByLabel('Values').fill('/hats')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('status').filter({ hasText: 'Saved.' }).waitFor()
  const row = rowOf(page, 'Hat lovers')
  await row.getByText('Campaign source is “newsletter”').waitFor()
  await row.getByText('1 × pageview, Page path starts with “/hats”').waitFor()

  const campaign = { source: 'newsletter' }
  await visit(collector, { site: 'shop', page: { url: 'https://shop.example.com/hats/red' }, start: { campaign } })
  await visit(collector, { site: 'shop', page: { url: 'https://shop.example.com/shoes' }, start: { campaign } })
  await row.getByText('1 of 2 sessions').waitFor()

  await row.getByRole('button', { name: 'Disable' }).click()
  await row.getByText('Disabled').waitFor()
  await row.getByRole('button', { name: 'Delete' }).click()
  await row.getByRole('button', { name: 'Yes, delete' }).click()
  await page.getByText('There is no segment yet.').waitFor()
  expect(troubles).toEqual([])
})

test('a wrong condition is refused with words at its field, where the focus goes', async () => {
  const { page } = await openDefinitions()
  await page.getByRole('button', { name: 'New outcome' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Big order')
  await page.getByRole('button', { name: 'Add an event' }).click()
  await page.getByRole('button', { name: 'Add a condition to this event' }).click()
  const condition = page.getByRole('group', { name: 'condition 1 of event 1' })
  await condition.getByLabel('What').selectOption('An attribute')
  await condition.getByLabel('Name of the attribute').fill('total')
  await condition.getByLabel('Compared by').selectOption('is more than')
  await condition.getByLabel('Values').fill('500\n600')
  await page.getByRole('button', { name: 'Save' }).click()
  await condition.getByRole('alert').filter({ hasText: 'Expected one value for greaterThan, got 2.' }).waitFor()
  await condition.getByLabel('Values').and(page.locator(':focus')).waitFor()
  await condition.getByLabel('Values').fill('500')
  await page.getByRole('button', { name: 'Save' }).click()
  await rowOf(page, 'Big order').getByText('1 × pageview, Attribute total is more than “500”').waitFor()
})

test('what somebody else has changed in the meantime is told, and what was typed is not lost', async () => {
  await putSegments([readers])
  const { page } = await openDefinitions()
  await page.getByRole('button', { name: 'Edit Readers' }).click()
  await page.getByLabel('Name', { exact: true }).fill('My readers')
  await putSegments([{ ...readers, description: 'Theirs' }, { displayName: 'Another' }])
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('alert').filter({ hasText: 'somebody else has changed the list' }).waitFor()
  await page.getByRole('button', { name: 'Load the list anew' }).click()
  await page.getByText('This segment has been changed in the meantime.').waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('My readers')
  await page.getByRole('button', { name: 'Save' }).click()
  await rowOf(page, 'My readers').waitFor()
  await rowOf(page, 'Another').waitFor()
})

test('what is typed and not saved is not left without a question, neither by a link, nor by the way back, nor by closing the page', async () => {
  await putSegments([readers])
  const { page, troubles } = await openDefinitions()
  const name = page.getByLabel('Name', { exact: true })
  const asked: string[] = []
  let isYes = false
  page.on('dialog', dialog => {
    asked.push(dialog.type())
    return isYes ? dialog.accept() : dialog.dismiss()
  })
  await page.getByRole('button', { name: 'Edit Readers' }).click()
  await name.fill('My readers')
  await page.getByLabel('Colour').fill('#336699')
  await page.getByRole('link', { name: 'Ended' }).click()
  await page.waitForURL('**/#/definitions')
  await page.evaluate(() => history.back())
  expect(await until(() => asked, ({ length }) => length >= 2)).toEqual(['confirm', 'confirm'])
  await page.waitForURL('**/#/definitions')
  await page.close({ runBeforeUnload: true })
  await until(() => asked.at(-1), last => last === 'beforeunload')
  expect(await name.inputValue()).toBe('My readers')
  isYes = true
  await page.getByRole('link', { name: 'Ended' }).click()
  await page.getByRole('heading', { name: 'Ended sessions' }).waitFor()
  expect(troubles).toEqual([])
})

test.each([['a phone', phone], ['a tablet', { viewport: { width: 820, height: 1100 } }], ['a desk', {}]])('%s shows the list and the form without scrolling sideways', async (_where, options) => {
  await putSegments([{ ...readers, displayName: `Readers of ${'a-very-long-name'.repeat(8)}` }])
  const { page } = await openDefinitions(options)
  await rowOf(page, 'Readers').waitFor()
  expect(await isOverflowing(page)).toBe(false)
  await page.getByRole('button', { name: 'Edit Readers' }).click()
  await page.getByRole('button', { name: 'Add an event' }).click()
  await page.getByRole('button', { name: 'Add a condition to this event' }).click()
  expect(await isOverflowing(page)).toBe(false)
})
