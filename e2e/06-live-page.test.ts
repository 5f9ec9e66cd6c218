import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createApi, type Api } from './harness/createApi.ts'
import { isOverflowing } from './harness/isOverflowing.ts'
import { launchChromium } from './harness/launchChromium.ts'
import { startCollector, type Collector } from './harness/startCollector.ts'
import { until } from './harness/until.ts'
import { visit } from './harness/visit.ts'
import { watchTroubles } from './harness/watchTroubles.ts'

const site = { id: 'shop', origins: ['https://shop.example.com'], idleAfterSeconds: 3, awayAfterSeconds: 6 }
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }

let collector: Collector
let api: Api
let browser: Browser

beforeAll(async () => {
  collector = await startCollector({ config: { sites: [site, { ...site, id: 'slow', idleAfterSeconds: 600, awayAfterSeconds: 900 }] } })
  api = createApi(collector)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await collector?.stop()
})

afterEach(() => Promise.all(browser.contexts().map(context => context.close())))

const openPage = async (options?: BrowserContextOptions): Promise<{ page: Page; troubles: string[] }> => {
  const page = await (await browser.newContext(options)).newPage()
  const troubles = watchTroubles(page)
  await page.goto(collector.url)
  return { page, troubles }
}

const signIn = async (page: Page, key = collector.apiKey): Promise<void> => {
  await page.getByLabel('API key').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const openSignedIn = async (options?: BrowserContextOptions): Promise<{ page: Page; troubles: string[] }> => {
  const opened = await openPage(options)
  await signIn(opened.page)
  await opened.page.getByRole('heading', { name: 'On the site now' }).waitFor()
  return opened
}

const rowOf = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text })

/** Presses Tab until the element has the focus: what cannot be reached so fails. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await until(async () => {
    await page.keyboard.press('Tab')
    return target.evaluate(element => element === document.activeElement)
  }, Boolean)
}

describe('the login', () => {
  test('refuses a wrong key in words, and takes the right one', async () => {
    const { page } = await openPage()
    await signIn(page, 'wrong')
    await page.getByRole('alert').filter({ hasText: 'does not accept this API key' }).waitFor()
    await signIn(page)
    await page.getByRole('heading', { name: 'On the site now' }).waitFor()
  })

  test('keeps the key out of the address and out of storage that outlives the tab', async () => {
    const { page } = await openSignedIn()
    const kept = await page.evaluate(() => JSON.stringify([location.href, { ...localStorage }, document.cookie]))
    expect(kept).not.toContain(collector.apiKey)
  })
})

describe('the list', () => {
  test('shows a visitor who comes, and the statuses one after the other, without a reload', async () => {
    const { page, troubles } = await openSignedIn()
    const loads: string[] = []
    page.on('framenavigated', frame => loads.push(frame.url()))
    await visit(collector, { site: 'shop', page: { url: 'https://shop.example.com/hats', title: 'Hats to watch' } })
    for (const status of ['Active', 'Idle', 'Away']) await rowOf(page, 'Hats to watch').filter({ hasText: status }).waitFor()
    expect({ loads, troubles }).toEqual({ loads: [], troubles: [] })
  })

  test('tells where a visitor came from', async () => {
    await visit(collector, {
      site: 'slow',
      page: { url: 'https://shop.example.com/spring', title: 'Spring sale' },
      start: { campaign: { name: 'spring-2031', source: 'newsletter', medium: 'email' } },
    })
    const { page } = await openSignedIn()
    await rowOf(page, 'Spring sale').filter({ hasText: 'spring-2031' }).waitFor()
  })
})

describe('a visitor', () => {
  test('is found by the short id, with the timeline of the visit', async () => {
    const id = await visit(collector, {
      site: 'slow',
      page: { url: 'https://shop.example.com/cart', title: 'Cart' },
      events: [{ type: 'custom', eventName: 'coupon_entered', attributes: { code: 'X1' } }],
    })
    const { shortId } = await api.session(id)
    const { page, troubles } = await openSignedIn()
    await page.getByLabel('Short id of a visitor').fill(shortId!)
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('heading', { name: `Visitor ${shortId}` }).waitFor()
    const items = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem')
    await items.nth(1).waitFor()
    expect(await items.locator('strong').allTextContents()).toEqual(['coupon_entered', 'Cart'])
    expect(troubles).toEqual([])
  })

  test('with an unknown short id is told to be nobody', async () => {
    const { page } = await openSignedIn()
    await page.getByLabel('Short id of a visitor').fill('000000')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('status').filter({ hasText: 'Nobody' }).waitFor()
  })
})

describe('hostile session data', () => {
  const attack = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>'

  test('is shown as text', async () => {
    const id = await visit(collector, {
      site: 'slow',
      page: { url: `javascript:globalThis.hacked=1//${attack}`, title: attack, lang: attack, keywords: attack },
      start: { referrer: `javascript:globalThis.hacked=1`, campaign: { name: attack, source: '"><script>globalThis.hacked=1</script>' } },
      userAgent: attack,
      events: [
        { type: 'custom', eventName: 'attack', attributes: { [attack]: attack, list: [attack] } },
        { type: 'identify', customer: { id: attack, type: attack }, traits: { email: attack } },
      ],
    })
    const { page, troubles } = await openSignedIn()
    await rowOf(page, attack).waitFor()
    await page.goto(`${collector.url}/#/sessions/${id}`)
    await page.getByRole('region', { name: 'Timeline' }).getByText(attack).first().waitFor()
    expect({
      hacked: await page.evaluate(() => 'hacked' in globalThis),
      pictures: await page.locator('main img').count(),
      dangerous: await page.locator('a[href^="javascript"]').count(),
      troubles,
    }).toEqual({ hacked: false, pictures: 0, dangerous: 0, troubles: [] })
  })

  test('could not become markup either: the policy allows no inline script, and no text as HTML', async () => {
    const { page } = await openSignedIn()
    const policy = (await fetch(collector.url)).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|\*|data:.*script/)
    const refusal = await page.evaluate(() => {
      try {
        return document.body.insertAdjacentHTML('beforeend', '<b>x</b>')
      } catch (error) {
        return String(error)
      }
    })
    expect(refusal).toContain('TrustedHTML')
  })
})

test.each([360, 320])('a phone of %d pixels shows the list and a visitor without scrolling sideways', async width => {
  const title = 'A page with a title that is a good deal longer than a phone is wide'
  await visit(collector, { site: 'slow', page: { url: `https://shop.example.com/${'long-path-'.repeat(20)}`, title } })
  const { page } = await openSignedIn({ ...phone, viewport: { width, height: 640 } })
  const row = rowOf(page, title).first()
  await row.waitFor()
  expect(await isOverflowing(page)).toBe(false)
  await row.getByRole('link').tap()
  await page.getByRole('heading', { name: /^Visitor/, level: 1 }).waitFor()
  await page.getByRole('link', { name: 'long-path-' }).first().waitFor()
  expect(await isOverflowing(page)).toBe(false)
})

test('the keyboard alone is enough', async () => {
  await visit(collector, { site: 'slow', page: { url: 'https://shop.example.com/keys', title: 'Keys' } })
  const { page } = await openPage()
  await page.getByLabel('API key').and(page.locator(':focus')).waitFor()
  await page.keyboard.type(collector.apiKey)
  await page.keyboard.press('Enter')
  await rowOf(page, 'Keys').waitFor()
  await tabTo(page, rowOf(page, 'Keys').getByRole('link'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^Visitor/, level: 1 }).waitFor()
  await tabTo(page, page.getByLabel('Short id of a visitor'))
})

test.each(['light', 'dark'] as const)('the page is legible in a %s scheme', async colorScheme => {
  const { page } = await openSignedIn({ colorScheme })
  const [text, ground] = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body)
    return [color, backgroundColor].map(value => {
      const [r = 0, g = 0, b = 0] = (value.match(/[\d.]+/g) ?? []).map(part => (Number(part) / 255) ** 2.2)
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }) as [number, number]
  })
  expect(ground < 0.2).toBe(colorScheme === 'dark')
  // Contrast of WCAG 2.2, level AA.
  expect((Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05)).toBeGreaterThanOrEqual(4.5)
})
