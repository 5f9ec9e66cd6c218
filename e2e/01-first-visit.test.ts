import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from './harness/bundle.ts'
import { createApi, type Api } from './harness/createApi.ts'
import { launchChromium } from './harness/launchChromium.ts'
import { scriptTag } from './harness/scriptTag.ts'
import { serveSite, type Website } from './harness/serveSite.ts'
import { sojourn } from './harness/sojourn.ts'
import { startCollector, type Collector } from './harness/startCollector.ts'
import { until } from './harness/until.ts'
import { watchTroubles } from './harness/watchTroubles.ts'

/** The stub that the README gives, for calls before the script has loaded. */
const stub = 'window.sojourn=window.sojourn||function(){(sojourn.q=sojourn.q||[]).push(arguments)}'

const page = (title: string, body = ''): string => `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,"></head><body><h1>${title}</h1>${body}</body></html>`

let collector: Collector
let api: Api
let browser: Browser
let site: Website

const npmModule = (): string => `
  import { createTracker } from 'sojourn'
  const tracker = createTracker({ site: 'demo', collector: ${JSON.stringify(collector.url)} })
  tracker.track('imported', { by: 'npm' })
  globalThis.shown = tracker.shortId()`

beforeAll(async () => {
  collector = await startCollector()
  api = createApi(collector)
  browser = await launchChromium()
  const tag = scriptTag(collector.url, 'demo')
  site = await serveSite({
    pages: {
      '/': page('Home', tag),
      '/second': page('Second', tag),
      '/early': page('Early', `<script>${stub}</script><script>sojourn('track', 'order_completed', { total: 49.9, skus: ['a', 'b'] })</script>${tag}`),
      '/wrong': page('Wrong', scriptTag(collector.url, 'demo', { 'data-idle-after-second': '5' })),
      '/npm': page('npm', `<script type="module">${await bundle(npmModule())}</script>`),
    },
  })
})

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await collector?.stop()
})

const visit = async (path: string): Promise<{ page: Page; troubles: string[] }> => {
  const page = await (await browser.newContext()).newPage()
  const troubles = watchTroubles(page)
  await page.goto(site.origin + path)
  return { page, troubles }
}

describe('one script tag', () => {
  test('makes a Session of a visit, and the page and the collector agree on its short id', async () => {
    const { page, troubles } = await visit('/')
    const shortId = await sojourn.shortId(page)
    const own = await sojourn.session(page)
    const session = await api.session(own!.id)
    expect(shortId).toMatch(/^\d{4,6}$/)
    expect(session).toMatchObject({ shortId, pageviewCount: 1, eventCount: 1, status: 'active', lastPage: { title: 'Home' }, sessionIndex: 1 })
    expect(await api.sessions({ shortId })).toMatchObject([{ id: own!.id }])
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('keeps the session from page to page', async () => {
    const { page, troubles } = await visit('/')
    await sojourn.shortId(page)
    const first = await sojourn.session(page)
    await page.goto(`${site.origin}/second`)
    await sojourn.flush(page)
    const second = await sojourn.session(page)
    expect(second).toMatchObject({ id: first!.id, pageviewCount: 2, lastPage: { title: 'Second' }, entryPage: { title: 'Home' } })
    // Acknowledged is in the log; what is read is folded a moment later.
    await until(() => api.events(first!.id), events => events.filter(({ type }) => type === 'pageview').length === 2)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('runs what the stub has queued', async () => {
    const { page, troubles } = await visit('/early')
    await sojourn.shortId(page)
    const own = await sojourn.session(page)
    expect(own).toMatchObject({
      eventCount: 2,
      lastEvent: { eventName: 'order_completed' },
      attributes: { total: { dataType: 'number', value: '49.9' } },
      attributeLists: { skus: { dataType: 'string', values: ['a', 'b'] } },
    })
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('with a misspelt option says so once, and does not start', async () => {
    const { page, troubles } = await visit('/wrong')
    // The words for it are fetched: they come some time after the script.
    await until(() => troubles, told => told.length > 0)
    expect(troubles).toEqual([expect.stringMatching(/idleAfterSecond: unknown option, did you mean idleAfterSeconds\?/)])
    expect(await page.evaluate(() => indexedDB.databases())).toEqual([])
    await page.context().close()
  })
})

test('the npm package makes the same of a visit', async () => {
  const { page, troubles } = await visit('/npm')
  const shortId = await page.evaluate(() => (globalThis as { shown?: Promise<string> }).shown)
  expect(await api.sessions({ shortId: shortId! })).toMatchObject([{ pageviewCount: 1, eventCount: 2, attributes: { by: { value: 'npm' } } }])
  expect(troubles).toEqual([])
  await page.context().close()
})

test('nobody reads Sessions without the key', async () => {
  const answers = await Promise.all(
    [{}, { authorization: 'Bearer wrong' }].map(headers => fetch(`${collector.url}/v1/sessions`, { headers: headers as Record<string, string> })),
  )
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
  expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual([0, 1].map(() => expect.stringContaining('application/problem+json')))
})

test('the collector ends when it is asked to, and keeps what it has', async () => {
  const before = await api.sessions()
  expect(await collector.end()).toBe(0)
  await collector.restart()
  expect((await api.sessions()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
})
