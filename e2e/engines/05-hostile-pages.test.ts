import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tab } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

/** What pages do to the globals that a tracker needs. */
const overrides: [what: string, script: string][] = [
  ['fetch, with a wrapper that knows neither signals nor keepalive', 'const own = fetch; globalThis.fetch = (url, { method, body } = {}) => own(url, { method, body })'],
  ['fetch, with one that always throws', "globalThis.fetch = () => { throw new TypeError('no network for you') }"],
  [
    'Promise, with a library of its own',
    `const Native = Promise
    globalThis.Promise = function (work) { this.inner = new Native(work) }
    Promise.prototype = { then(...both) { return Promise.resolve(this.inner.then(...both)) }, catch(no) { return this.then(undefined, no) }, finally(end) { return this.then(x => (end(), x), e => { end(); throw e }) } }
    for (const name of ['resolve', 'reject', 'all', 'race', 'allSettled', 'any']) Promise[name] = x => new Promise((yes, no) => Native[name](x).then(yes, no))`,
  ],
  [
    "Array's prototype, as old libraries extend it",
    `Array.prototype.first = function () { return this[0] }
    Array.prototype.flatMap = function (work) { let all = []; for (let i = 0; i < this.length; i++) all = all.concat(work(this[i], i)); return all }
    Array.prototype.includes = function (wanted) { for (const key in this) if (this[key] === wanted) return true; return false }`,
  ],
  ['Date, with one that stands still years ago', 'const RealDate = Date; globalThis.Date = class extends RealDate { constructor(...given) { super(...(given.length ? given : [Date.now()])) } static now() { return 1577836800000 } }'],
  ['JSON, with a library of its own', 'const { parse, stringify } = JSON; globalThis.JSON = { parse: text => parse(text), stringify: (value, how) => stringify(value, how, 2) }'],
]

const nonce = 'c2Vzc2lvbnM'

/** As what a whole site caches, cheap to write and never thought about again. */
const greedyWorker = `
addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil(clients.claim()))
addEventListener('fetch', event => event.respondWith(caches.open('all').then(async cache => {
  const hit = await cache.match(event.request, { ignoreSearch: true })
  if (hit) return hit
  const response = await fetch(event.request)
  if (event.request.method === 'GET') await cache.put(event.request, response.clone())
  return response
})))`

inEachEngine(
  ({ newProfile, collector, api }) => {
    let site: Website

    beforeAll(async () => {
      const { url } = collector()
      const tag = scriptTag(url, 'demo')
      const withNonce = (html: string): string => html.replaceAll('<script', `<script nonce="${nonce}"`)
      const strict = `default-src 'none'; script-src 'nonce-${nonce}'; connect-src 'self' ${url}; img-src data:; base-uri 'none'; form-action 'none'`
      const framed = trackedPage('Framed', { tag, script: "sojourn('shortId', id => parent.postMessage(id, '*'))" })
      site = await serveSite({
        pages: {
          '/strict': withNonce(trackedPage('Strict', { tag })),
          '/trusted': withNonce(trackedPage('Trusted', { tag })),
          '/framed': framed,
          '/frame': trackedPage('Frame', {
            script: "addEventListener('message', ({ data }) => { globalThis.framedShortId = data })",
            body: '<iframe sandbox="allow-scripts" src="/framed"></iframe>',
          }),
          '/twice': trackedPage('Twice', { tag: tag + tag, body: tag }),
          '/written': trackedPage('Written', { tag: `<script>document.write(${JSON.stringify(tag).replaceAll('/', '\\/')})</script>` }),
          '/cached': trackedPage('Cached', { tag, script: "navigator.serviceWorker?.register('/worker.js').catch(error => { globalThis.noWorker = String(error) })" }),
          ...Object.fromEntries(overrides.map(([, script], i) => [`/override-${i}`, trackedPage('Override', { tag, script })])),
          // As the document would have them itself; the frame takes the answer of a form.
          '/named': trackedPage('Named', { body: `<iframe name="hidden"></iframe><form name="title"></form><img name="title" alt="">${tag}` }),
          '/plain': trackedPage('Plain', { tag }),
          '/worker.js': greedyWorker,
        },
        headers: {
          '/strict': { 'content-security-policy': strict },
          '/trusted': { 'content-security-policy': `${strict}; require-trusted-types-for 'script'; trusted-types 'none'` },
          '/worker.js': { 'content-type': 'text/javascript' },
        },
      })
    })

    afterAll(() => site?.stop())

    const open = async (path: string): Promise<Tab> => {
      const tab = await (await newProfile()).newTab()
      await tab.goto(site.origin + path)
      return tab
    }
    /** One pageview and the event arrive, the page shows its Session, and nothing went wrong. */
    const expectTracked = async (tab: Tab): Promise<void> => {
      await sojourn.track(tab, 'checked', { list: ['a', 'b'] })
      const shortId = await sojourn.shortId(tab)
      const own = await sojourn.session(tab)
      await sojourn.flush(tab)
      const stored = await until(() => api().session(own!.id), ({ eventCount }) => eventCount >= 2)
      expect(stored).toMatchObject({ shortId, pageviewCount: 1, eventCount: 2, attributeLists: { list: { values: ['a', 'b'] } }, delivery: { missing: 0 } })
      // Whatever the page makes of its clock.
      expect(Math.abs(Date.now() - Date.parse(stored.createdDate))).toBeLessThan(60_000)
      expect(site.posted('/troubles')).toEqual([])
    }

    test('a strict content security policy, with a nonce and nothing unsafe', async () => expectTracked(await open('/strict')))

    test('trusted types are enforced', async ({ skip }) => {
      const tab = await open('/trusted')
      if (!(await tab.evaluate(() => 'trustedTypes' in globalThis))) return skip('this engine has no Trusted Types')
      await expectTracked(tab)
    })

    test('a sandboxed frame with an opaque origin', async () => {
      const tab = await open('/frame')
      await tab.waitForFunction(() => 'framedShortId' in globalThis)
      const shortId = await tab.evaluate(() => (globalThis as { framedShortId?: string }).framedShortId!)
      expect(await api().sessions({ shortId })).toMatchObject([{ pageviewCount: 1, lastPage: { title: 'Framed' } }])
      expect(site.posted('/troubles')).toEqual([])
    })

    test('three copies of the script count once', async () => expectTracked(await open('/twice')))

    test('the tag is written with document.write', async () => expectTracked(await open('/written')))

    test('a frame, a form and a picture that are called what the document has of its own', async () => expectTracked(await open('/named')))

    test('a service worker that caches everything', async ({ skip }) => {
      const tab = await open('/cached')
      if (!(await tab.evaluate(() => 'serviceWorker' in navigator))) return skip('this engine, as it is driven, has no service workers')
      await tab.waitForFunction(() => navigator.serviceWorker.controller)
      await tab.goto(`${site.origin}/plain`)
      await tab.goto(`${site.origin}/cached`)
      await sojourn.flush(tab)
      const { id } = (await sojourn.session(tab))!
      await until(() => api().session(id), ({ pageviewCount }) => pageviewCount === 3)
      expect(site.posted('/troubles')).toEqual([])
    })

    test.each(overrides.map(([what], i) => [what, i] as const))('a page that overrides %s', async (what, i) => {
      const tab = await open(`/override-${i}`)
      if (!what.startsWith('fetch, with one')) return expectTracked(tab)
      // Nothing can be sent from there: it waits for a page that lets it.
      await sojourn.track(tab, 'checked')
      await sojourn.flush(tab)
      const { id } = (await sojourn.session(tab))!
      await tab.goto(`${site.origin}/plain`)
      await sojourn.flush(tab)
      expect(await until(() => api().session(id), ({ eventCount }) => eventCount === 3)).toMatchObject({ pageviewCount: 2, delivery: { missing: 0 } })
      expect(site.posted('/troubles')).toEqual([])
    })
  },
  { config: { sites: [{ id: 'demo', origins: ['http://127.0.0.1:*', 'null'] }] } },
)
