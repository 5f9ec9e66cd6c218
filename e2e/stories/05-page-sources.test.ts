import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '../harness/bundle.ts'
import { createApi, type Api } from '../harness/createApi.ts'
import { launchChromium } from '../harness/launchChromium.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { until } from '../harness/until.ts'
import { watchTroubles } from '../harness/watchTroubles.ts'

const tags = 'utm_source=newsletter&utm_campaign=spring&src=card&gclid=A1'

/** An app with routes, whose pages are told by the script. */
const routed = `
  import { createElement } from 'react'
  import { createRoot } from 'react-dom/client'
  import { createBrowserRouter, Link, RouterProvider, useLocation } from 'react-router'
  const Page = () => {
    const { pathname, search } = useLocation()
    return createElement('main', null, createElement('title', null, pathname), createElement('p', { id: 'search' }, search),
      createElement(Link, { id: 'next', to: '/app/next' }, 'Next'), createElement(Link, { id: 'back', to: '/app' }, 'Back'))
  }
  createRoot(document.getElementById('app')).render(createElement(RouterProvider, { router: createBrowserRouter([{ path: '*', Component: Page }]) }))`

/** The same from npm, as the document says it: what the configuration switches on for script tags, apps import. */
const imported = (collector: string): string => {
  const document = readFileSync(new URL('../../docs/campaigns.md', import.meta.url), 'utf8')
  const [, code = ''] = /```js\n([^]*?)```/.exec(document) ?? []
  const settings = `collector: '${collector}', batch: { maxDelayMs: 500 }, `
  return `${code.replace('createTracker({ ', `const tracker = createTracker({ ${settings}`)}
  window.sojourn = Object.assign((command, ...args) => tracker[command](...args), { started: true, hasSources: true })`
}

const search = `<form id="find"><input name="q"><button>Search</button></form><p id="found"></p>
<script src="/find.js"></script>`
const find = `document.querySelector('#find').addEventListener('submit', event => {
  event.preventDefault()
  document.querySelector('#found').textContent = 'Found ' + event.target.q.value
  event.target.reset()
})`

let collector: Collector
let api: Api
let browser: Browser
let site: Website

beforeAll(async () => {
  const pages: Record<string, string> = {}
  const headers: Record<string, Record<string, string>> = {}
  site = await serveSite({ pages, headers })
  collector = await startCollector({ config: { sites: [{ id: 'shop', origins: [site.origin], searchForms: true, campaign: { parameters: { content: 'src' }, removeTags: true } }] } })
  api = createApi(collector)
  browser = await launchChromium()
  const page = (title: string, head: string, body = ''): string =>
    `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`
  const tag = scriptTag(collector.url, 'shop')
  pages['/'] = page('Home', tag, `<a id="next" href="/next">Next</a>${search}`)
  pages['/next'] = page('Next', tag)
  pages['/own'] = page('Own', scriptTag(collector.url, 'shop', { 'data-autotrack': 'false' }))
  pages['/app'] = pages['/app/next'] = page('App', tag, '<div id="app"></div><script type="module" src="/app.js"></script>')
  // As some optimisers of pages do with scripts.
  const inlined = await (await fetch(`${collector.url}/sojourn.js`)).text()
  pages['/inlined'] = page('Inlined', `<script data-site="shop" data-collector="${collector.url}">${inlined}</script>`, search)
  pages['/npm'] = page('npm', '', `${search}<script type="module" src="/npm.js"></script>`)
  const scripts = { '/find.js': find, '/app.js': await bundle(routed), '/npm.js': await bundle(imported(collector.url)) }
  for (const [path, text] of Object.entries(scripts)) {
    pages[path] = text
    headers[path] = { 'content-type': 'text/javascript' }
  }
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

const isClean = (page: Page): Promise<unknown> => page.waitForFunction(() => !location.search)

const campaign = { source: 'newsletter', name: 'spring', content: 'card', clickId: 'A1' }

/** Paths of the session's pageviews, once there are so many. */
const readViews = async (page: Page, count: number): Promise<(string | undefined)[]> => {
  await sojourn.flush(page)
  const { id } = (await sojourn.session(page))!
  const read = async () => (await api.events(id)).flatMap(event => (event.type === 'pageview' ? [event.page?.url.slice(site.origin.length)] : []))
  return until(read, views => views.length >= count)
}

describe('tags in the address bar', () => {
  test('are removed when they have been recorded, and the page counts once', async () => {
    const { page, troubles } = await open(`/?${tags}&size=2`)
    await page.waitForFunction(() => location.search === '?size=2')
    const session = (await sojourn.session(page))!
    expect(session.mktCampaign).toMatchObject(campaign)
    // A tab that is left and seen again looks at its page anew.
    await page.reload()
    await page.click('#next')
    await page.waitForURL('**/next')
    expect(await readViews(page, 3)).toEqual(['/?size=2', '/?size=2', '/next'])
    expect(await api.session(session.id)).toMatchObject({ mktCampaign: campaign, pageviewCount: 3 })
    expect(troubles).toEqual([])
  })

  test('stay as long as nothing arrives at the collector', async () => {
    const { page } = await open('/next')
    await sojourn.shortId(page)
    await collector.kill()
    await page.goto(`${site.origin}/?${tags}`).catch(() => undefined)
    expect(new URL(page.url()).search).toBe(`?${tags}`)
    await collector.restart()
    await page.reload()
    await isClean(page)
    expect((await sojourn.session(page))!.mktCampaign).toMatchObject(campaign)
  })

  test('of an app with routes go without a route change, and its routes go on', async () => {
    const { page, troubles } = await open(`/app?${tags}`)
    await isClean(page)
    expect(await page.locator('#search').innerText()).toBe(`?${tags}`)
    await page.click('#next')
    await page.waitForURL('**/app/next')
    expect(await readViews(page, 2)).toEqual(['/app', '/app/next'])
    await page.goBack()
    expect(new URL(page.url()).search).toBe('')
    expect(await readViews(page, 3)).toEqual(['/app', '/app/next', '/app'])
    expect((await sojourn.session(page))!.mktCampaign).toMatchObject(campaign)
    expect(troubles).toEqual([])
  })

  test('are removed by what an app imports', async () => {
    const { page, troubles } = await open('/npm?utm_source=newsletter&gclid=A1')
    await isClean(page)
    expect(await readViews(page, 1)).toEqual(['/npm'])
    expect((await sojourn.session(page))!.mktCampaign).toMatchObject({ source: 'newsletter', clickId: 'A1' })
    expect(troubles).toEqual([])
  })

  test('stay where the page tells everything itself', async () => {
    const { page } = await open(`/own?${tags}`)
    await sojourn.track(page, 'seen')
    await sojourn.shortId(page)
    expect(await page.evaluate(() => 'hasSources' in (globalThis.sojourn ?? {}))).toBe(false)
    expect(new URL(page.url()).search).toBe(`?${tags}`)
  })
})

describe.each(['/', '/inlined', '/npm'])('a form that searches without another page, on %s', path => {
  test('tells the words', async () => {
    const { page, troubles } = await open(path)
    await sojourn.shortId(page)
    // Fetched is not started yet; what an app imports is there from its start.
    await page.waitForFunction(() => 'hasSources' in globalThis.sojourn!)
    for (const words of ['red shoes', 'blue shoes']) {
      await page.locator('#find input').fill(words)
      await page.getByRole('button', { name: 'Search' }).click()
      await page.getByText(`Found ${words}`).waitFor()
    }
    await sojourn.flush(page)
    const { id } = (await sojourn.session(page))!
    expect(await until(() => api.session(id), ({ searchTerms }) => searchTerms?.length === 2)).toMatchObject({ searchTerms: ['red shoes', 'blue shoes'], pageviewCount: 1, lastEvent: { eventName: 'search' } })
    expect(troubles).toEqual([])
  })
})
