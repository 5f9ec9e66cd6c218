import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '../../src/model/index.ts'
import type { Profile, Tab } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

/** Ways to follow a link. Each leads to the landing page with its name, in this tab or in another. */
const ways: [how: string, follow: (tab: Tab) => Promise<unknown>][] = [
  ['a click', tab => tab.click('#link')],
  [
    'a click on a link that was added later',
    async tab => {
      await tab.evaluate(() => {
        const { href } = document.querySelector<HTMLAnchorElement>('#link')!
        document.body.append(Object.assign(document.createElement('a'), { id: 'later', href, textContent: 'Later' }))
      })
      await tab.click('#later')
    },
  ],
  ['a middle click', tab => tab.click('#link', 'middle')],
  ['a link that opens a tab', tab => tab.click('#blank')],
  [
    'the keyboard',
    async tab => {
      await tab.evaluate(() => document.querySelector<HTMLElement>('#link')!.focus())
      await tab.pressEnter()
    },
  ],
  ['window.open', tab => tab.click('#open')],
  ['a form that gets', tab => tab.click('#get button')],
  ['a form that posts', tab => tab.click('#post button')],
  ['code that asks for the address', tab => tab.click('#code')],
]

const links = (to: string): string => `<a id="link" href="${to}">Link</a> <a id="blank" href="${to}" target="_blank">Blank</a>
<button id="open" onclick="window.open('${to}')">Open</button> <button id="code" onclick="location.href = sojourn('decorate', '${to}')">Code</button>
<form id="get" action="${to}"><button>Get</button></form> <form id="post" method="post" action="${to}"><button>Post</button></form>`

inEachEngine(
  ({ newProfile, collector, api }) => {
    let site: Website
    /** The same website under the names of two domains, and of two hosts of a third. */
    const at = (host: string): string => site.origin.replace('127.0.0.1', host)

    beforeAll(async () => {
      const { url } = collector()
      const linked = scriptTag(url, 'demo', { 'data-options': '{&quot;linkDomains&quot;:[&quot;127.0.0.1&quot;,&quot;pay.localhost&quot;]}' })
      const script = "sojourn('track', 'landed')"
      const pages: Record<string, string> = {
        '/landed': trackedPage('Landed', { tag: linked, script }),
        '/shared': trackedPage('Shared', { tag: scriptTag(url, 'demo', { 'data-cookie-domain': 'shop.localhost' }) }),
        '/pending': trackedPage('Pending', { tag: scriptTag(url, 'demo', { 'data-cookie-domain': 'shop.localhost', 'data-consent': 'pending' }) }),
        '/own': trackedPage('Own', { tag: scriptTag(url, 'demo') }),
      }
      site = await serveSite({ pages })
      pages['/'] = trackedPage('Home', { tag: linked, body: links(`${at('pay.localhost')}/landed`) })
    })

    afterAll(() => site?.stop())

    const openIn = async (profile: Profile, address: string): Promise<Tab> => {
      const tab = await profile.newTab()
      await tab.goto(address)
      await sojourn.shortId(tab)
      return tab
    }
    const open = async (address: string): Promise<Tab> => openIn(await newProfile(), address)
    const see = async (tab: Tab): Promise<Session> => (await sojourn.session(tab))!
    /** The address of each tracked event of a session. */
    const readAddresses = async (id: string): Promise<(string | undefined)[]> =>
      (await api().events(id)).flatMap(event => (event.type === 'custom' ? [event.page?.url] : []))
    const landing = (): string => `${at('pay.localhost')}/landed`
    /** A decorated address that was made some milliseconds ago. */
    const decorate = (tab: Tab, age: number): Promise<string> =>
      tab.evaluate(
        ([address, ms]) => {
          const { now } = Date
          Date.now = () => now() - ms
          const decorated = globalThis.sojourn!('decorate', address) as string
          Date.now = now
          return decorated
        },
        [landing(), age] as const,
      )

    test.each(ways)('the visit goes on at another domain after %s, and no trace of that is seen', async (_, follow) => {
      const tab = await open(site.origin)
      const { id, visitorId } = await see(tab)
      const before = await tab.evaluate(() => document.body.innerHTML)
      await follow(tab)
      expect(await until(() => readAddresses(id), addresses => addresses.length > 0)).toEqual([landing()])
      expect((await api().sessions()).filter(session => session.visitorId === visitorId)).toHaveLength(1)
      const [now, html] = await tab.evaluate(() => [location.href, document.body.innerHTML])
      expect([landing(), `${site.origin}/`]).toContain(now)
      if (now !== landing()) expect(html).toBe(before)
      expect(site.posted('/troubles')).toEqual([])
    })

    test('a link to a domain that is none of the site takes nothing along', async () => {
      const tab = await open(site.origin)
      const { visitorId } = await see(tab)
      await tab.evaluate(to => void (document.querySelector<HTMLAnchorElement>('#link')!.href = to), `${at('localhost')}/landed`)
      await tab.click('#link')
      await tab.waitForFunction(() => document.title === 'Landed')
      await sojourn.shortId(tab)
      expect([await tab.evaluate(() => performance.getEntriesByType('navigation')[0]!.name), (await see(tab)).visitorId === visitorId]).toEqual([
        `${at('localhost')}/landed`,
        false,
      ])
    })

    test.each([
      ['within two minutes', 110_000, true],
      ['after two minutes no more', 120_001, false],
    ])('a decorated link counts %s', async (_, age, isSame) => {
      const profile = await newProfile()
      const from = await openIn(profile, site.origin)
      const tab = await openIn(profile, await decorate(from, age))
      expect([(await see(tab)).id === (await see(from)).id, await tab.evaluate(() => location.href)]).toEqual([isSame, landing()])
    })

    test('a decorated link counts once: the same address again does not bring the visit back', async () => {
      const profile = await newProfile()
      const from = await openIn(profile, site.origin)
      const address = await decorate(from, 0)
      const tab = await openIn(profile, address)
      const { id } = await see(tab)
      expect(id).toBe((await see(from)).id)
      await sojourn.reset(tab)
      await tab.goto(`${at('pay.localhost')}/own`)
      await tab.goto(address)
      await sojourn.shortId(tab)
      const again = await see(tab)
      expect([again.id === id, again.previousSessionId, again.sessionIndex]).toEqual([false, id, 2])
      expect(await tab.evaluate(() => location.href)).toBe(landing())
    })

    test('subdomains share visitor and session by a cookie, which names no customer', async () => {
      const profile = await newProfile()
      const tab = await openIn(profile, `${at('www.shop.localhost')}/shared`)
      const first = await see(tab)
      await sojourn.identify(tab, 'c-1017')
      await sojourn.flush(tab)
      expect(decodeURIComponent(await tab.evaluate(() => document.cookie))).toContain(first.id)
      expect(await tab.evaluate(() => document.cookie)).not.toContain('c-1017')
      const other = await openIn(profile, `${at('pay.shop.localhost')}/shared`)
      await sojourn.track(other, 'paid')
      await sojourn.flush(other)
      // And back: what was done there is known here.
      await tab.goto(`${at('www.shop.localhost')}/shared`)
      await sojourn.flush(tab)
      expect(await see(tab)).toMatchObject({ id: first.id, visitorId: first.visitorId, sessionIndex: 1 })
      expect(await until(() => api().session(first.id), ({ eventCount }) => eventCount === 4)).toMatchObject({ pageviewCount: 3, customerId: 'c-1017' })
      expect(site.posted('/troubles')).toEqual([])
    })

    test('a reset on one subdomain ends the session on the other', async () => {
      const profile = await newProfile()
      const tab = await openIn(profile, `${at('www.shop.localhost')}/shared`)
      const first = await see(tab)
      const other = await openIn(profile, `${at('pay.shop.localhost')}/shared`)
      await sojourn.reset(other)
      await sojourn.flush(other)
      await sojourn.track(tab, 'after')
      expect(await until(() => see(tab), ({ id }) => id !== first.id)).toMatchObject({ visitorId: first.visitorId, sessionIndex: 2, previousSessionId: first.id })
    })

    test('without a cookieDomain each subdomain has its own visitor, and no cookie', async () => {
      const profile = await newProfile()
      const tabs = [await openIn(profile, `${at('www.shop.localhost')}/own`), await openIn(profile, `${at('pay.shop.localhost')}/own`)]
      expect(new Set((await Promise.all(tabs.map(see))).map(({ visitorId }) => visitorId)).size).toBe(2)
      expect(await Promise.all(tabs.map(tab => tab.evaluate(() => document.cookie)))).toEqual(['', ''])
    })

    test('while consent is pending subdomains share no cookie; with it they share the visitor', async () => {
      const profile = await newProfile()
      const tab = await profile.newTab()
      await tab.goto(`${at('www.shop.localhost')}/pending`)
      await sojourn.track(tab, 'step')
      await sojourn.flush(tab)
      expect(await tab.evaluate(() => document.cookie)).toBe('')
      await tab.evaluate(() => void globalThis.sojourn!('consent', 'granted'))
      await sojourn.shortId(tab)
      const { id, visitorId } = await see(tab)
      expect(await see(await openIn(profile, `${at('pay.shop.localhost')}/shared`))).toMatchObject({ id, visitorId })
    })

    test('a refusal erases the cookie of all subdomains', async () => {
      const profile = await newProfile()
      const tab = await openIn(profile, `${at('www.shop.localhost')}/shared`)
      expect(await tab.evaluate(() => document.cookie)).not.toBe('')
      await tab.evaluate(() => void globalThis.sojourn!('consent', 'denied'))
      expect(await until(() => tab.evaluate(() => document.cookie), cookie => cookie === '')).toBe('')
    })
  },
  { config: { sites: [{ id: 'demo', origins: ['http://127.0.0.1:*', 'http://localhost:*', 'http://pay.localhost:*', 'http://*.shop.localhost:*'] }] } },
)
