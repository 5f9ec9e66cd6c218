import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scriptable } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { readViews } from '../harness/engines/readViews.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

declare global {
  /** Goes to a route as a router does; resolves when it is shown. */
  var route: ((path: string, how?: 'pushState' | 'replaceState') => Promise<void>) | undefined
}

/** A router that shows a route, and sets its title, a frame later: by a timer, for frames of a browser without a screen may be late. */
const router = `
const show = () => new Promise(resolve => setTimeout(() => {
  document.title = 'Route ' + location.pathname + location.hash
  resolve()
}, 16))
globalThis.route = (path, how = 'pushState') => {
  history[how]({ path }, '', path)
  return show()
}
addEventListener('popstate', show)`

inEachEngine(({ newProfile, collector, api }) => {
  let site: Website

  beforeAll(async () => {
    const tag = scriptTag(collector().url, 'demo')
    const fragments = scriptTag(collector().url, 'demo', { 'data-keep-fragment': 'true' })
    site = await serveSite({
      pages: {
        '/app': trackedPage('Start', { tag, script: router }),
        '/hash': trackedPage('Start', { tag: fragments, script: router }),
        '/anchors': trackedPage('Anchors', { tag }),
        '/elsewhere': trackedPage('Elsewhere', { body: '<a id="in">In</a>' }),
      },
    })
  })

  afterAll(() => site?.stop())

  const open = async (path: string): Promise<Scriptable & { back(): Promise<void> }> => {
    const tab = await (await newProfile()).newTab()
    await tab.goto(site.origin + path)
    await sojourn.shortId(tab)
    return tab
  }
  /** Path and title of each pageview, once there are so many. */
  const expectViews = async (tab: Scriptable, expected: [path: string, title: string][]): Promise<void> => {
    const views = await until(() => readViews(tab, api()), list => list.length >= expected.length)
    expect(views.map(([path, title]) => [path, title])).toEqual(expected)
    // Each says which page it was reached from.
    expect(views.slice(1).map(([, , referrer]) => referrer)).toEqual(views.slice(0, -1).map(([path]) => site.origin + path))
    expect(site.posted('/troubles')).toEqual([])
  }
  /** Resolves when the collector knows which page the visitor looks at. */
  const look = (tab: Scriptable, path: string): Promise<unknown> => until(() => readViews(tab, api()), views => views.at(-1)?.[0] === path)
  const go = async (tab: Scriptable, path: string): Promise<void> => {
    await tab.evaluate(to => globalThis.route!(to), path)
    await look(tab, await tab.evaluate(() => location.pathname + location.hash))
  }

  test('each route of a History router is one pageview, with its title', async () => {
    const tab = await open('/app')
    await go(tab, '/lamps')
    await go(tab, '/lamps/aurora')
    await tab.evaluate(() => history.back())
    await look(tab, '/lamps')
    await go(tab, '/cart')
    await expectViews(tab, [
      ['/app', 'Start'],
      ['/lamps', 'Route /lamps'],
      ['/lamps/aurora', 'Route /lamps/aurora'],
      ['/lamps', 'Route /lamps'],
      ['/cart', 'Route /cart'],
    ])
  })

  test('what a router keeps in the state, and a redirect inside the app, are no pageviews of their own', async () => {
    const tab = await open('/app')
    await tab.evaluate(async () => {
      history.replaceState({ scroll: 120 }, '')
      history.replaceState({ scroll: 240 }, '', location.href)
      history.pushState({ modal: true }, '')
      history.pushState(null, '', '/old')
      history.replaceState(null, '', '/moved')
      await globalThis.route!('/guarded', 'replaceState')
      await globalThis.route!('/here', 'replaceState')
    })
    await look(tab, '/here')
    await go(tab, '/next')
    await expectViews(tab, [
      ['/app', 'Start'],
      ['/here', 'Route /here'],
      ['/next', 'Route /next'],
    ])
  })

  test('a hash router has its pageviews where fragments are kept', async () => {
    const tab = await open('/hash')
    await go(tab, '#/lamps')
    await tab.evaluate(() => {
      location.hash = '#/cart'
    })
    await expectViews(tab, [
      ['/hash', 'Start'],
      ['/hash#/lamps', 'Route /hash#/lamps'],
      ['/hash#/cart', 'Route /hash#/cart'],
    ])
  })

  test('in an app each page is the referrer of the next one, while the session keeps the website that the visitor came from', async () => {
    const tab = await (await newProfile()).newTab()
    await tab.goto(`${site.origin.replace('127.0.0.1', 'localhost')}/elsewhere`)
    await tab.evaluate(to => void (document.querySelector('a')!.href = to), `${site.origin}/app`)
    await tab.click('#in')
    await tab.waitForFunction(() => location.pathname === '/app')
    // The first view has been told: without it the app would be elsewhere by the time that the tracker starts.
    await sojourn.shortId(tab)
    await go(tab, '/lamps')
    await go(tab, '/cart')
    await expectViews(tab, [
      ['/app', 'Start'],
      ['/lamps', 'Route /lamps'],
      ['/cart', 'Route /cart'],
    ])
    const { id } = (await sojourn.session(tab))!
    expect((await api().session(id)).referrer).toMatchObject({ hostname: 'localhost' })
  })

  test('a jump to an anchor of the page is no pageview', async () => {
    const tab = await open('/anchors')
    await tab.evaluate(() => {
      location.hash = '#prices'
    })
    await sojourn.track(tab, 'jumped')
    await expectViews(tab, [['/anchors', 'Anchors']])
  })
})
