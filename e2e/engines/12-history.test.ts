import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tab } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { readViews } from '../harness/engines/readViews.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

declare global {
  /** Calls that scripts of the page have seen: who, whether on `history` itself, and the address. */
  var calls: [who: string, isOwn: boolean, url: unknown][]
  /** Puts a script's own function in the place of `pushState`, as other trackers and routers do. */
  var patch: (target: History, who: string) => void
}

const patches = `
globalThis.calls = []
globalThis.patch = (target, who) => {
  const before = target.pushState
  target.pushState = function (...given) {
    calls.push([who, this === history, given[2]])
    return before.apply(this, given) ?? 'from ' + who
  }
}`

/** Routes are followed by what there is, and as in browsers of some years ago. */
const browsers: [title: string, script: string][] = [
  ['as the browser is', ''],
  ['without the Navigation API', "Object.defineProperty(globalThis, 'navigation', { value: undefined })"],
]

inEachEngine(({ newProfile, collector, api }) => {
  let site: Website

  beforeAll(async () => {
    const tag = scriptTag(collector().url, 'demo')
    const toPages = (script: string, i: number): [string, string][] => [
      [`/app-${i}`, trackedPage('App', { tag, script: script + patches })],
      [`/patched-${i}`, trackedPage('App', { tag, script: `${script + patches}\npatch(History.prototype, 'earlier')` })],
    ]
    site = await serveSite({ pages: { '/plain': trackedPage('Plain'), ...Object.fromEntries(browsers.flatMap(([, script], i) => toPages(script, i))) } })
  })

  afterAll(() => site?.stop())

  const open = async (path: string): Promise<Tab> => {
    const tab = await (await newProfile()).newTab()
    await tab.goto(site.origin + path)
    await sojourn.shortId(tab)
    return tab
  }
  /** Resolves when these are the views, in this order; a route that is counted twice or not at all would be seen. */
  const expectViews = async (tab: Tab, paths: string[]): Promise<void> => {
    const views = await until(() => readViews(tab, api()), all => all.length >= paths.length)
    expect(views.map(([path]) => path)).toEqual(paths)
    expect(site.posted('/troubles')).toEqual([])
  }
  const push = (tab: Tab, url: string): Promise<unknown> => tab.evaluate(to => history.pushState({ to }, '', to) as unknown, url)
  /** What a script can find out about a method. */
  const describeMethods = (tab: Tab): Promise<unknown[]> =>
    tab.evaluate(() =>
      (['pushState', 'replaceState'] as const).map(name => {
        const method = history[name] as { name: string; length: number } & History['pushState']
        const refused = [() => method.call({} as History, null, ''), () => history[name](() => 1, ''), () => history[name](null, '', 'https://example.com/')].map(call => {
          try {
            return String(call())
          } catch (error) {
            return (error as Error).name
          }
        })
        const { value, ...descriptor } = Object.getOwnPropertyDescriptor(History.prototype, name)!
        const shape = [typeof value, Object.hasOwn(history, name), 'prototype' in method, method.name, method.length, /\[native code\]/.test(String(method))]
        return [descriptor, shape, refused, String(history[name]({ name }, '')), history.state as unknown]
      }),
    )

  test.each(browsers.map(([title], i) => [title, i] as const))('%s, a router finds the History API as it was', async (_, i) => {
    const tab = await open(`/app-${i}`)
    // By then it is followed, by whatever means.
    await push(tab, '/route')
    await expectViews(tab, [`/app-${i}`, '/route'])
    const tracked = await describeMethods(tab)
    await tab.goto(`${site.origin}/plain`)
    expect(tracked).toEqual(await describeMethods(tab))
  })

  test.each(browsers.map(([title], i) => [title, i] as const))('%s, other scripts that patch it earlier and later are called, and each route counts once', async (_, i) => {
    const tab = await open(`/patched-${i}`)
    await push(tab, '/first')
    await expectViews(tab, [`/patched-${i}`, '/first'])
    await tab.evaluate(() => {
      globalThis.calls = []
      globalThis.patch(history, 'later')
    })
    expect(await push(tab, '/second')).toBe('from earlier')
    expect(await tab.evaluate(() => globalThis.calls)).toEqual([
      ['later', true, '/second'],
      ['earlier', true, '/second'],
    ])
    await expectViews(tab, [`/patched-${i}`, '/first', '/second'])
  })

  test.each(browsers.map(([title], i) => [title, i] as const))('%s, a script that takes its patch off again breaks nothing', async (_, i) => {
    const tab = await open(`/app-${i}`)
    await push(tab, '/first')
    await expectViews(tab, [`/app-${i}`, '/first'])
    await tab.evaluate(() => {
      const before = Object.getOwnPropertyDescriptor(History.prototype, 'pushState')!
      globalThis.patch(History.prototype, 'passing')
      history.pushState(null, '', '/second')
      Object.defineProperty(History.prototype, 'pushState', before)
    })
    await expectViews(tab, [`/app-${i}`, '/first', '/second'])
    await push(tab, '/third')
    expect(await tab.evaluate(() => globalThis.calls.length)).toBe(1)
    await expectViews(tab, [`/app-${i}`, '/first', '/second', '/third'])
  })

  test.each(browsers.map(([title], i) => [title, i] as const))('%s, after stop the router goes on, and nothing is counted', async (_, i) => {
    const tab = await open(`/app-${i}`)
    await push(tab, '/first')
    await expectViews(tab, [`/app-${i}`, '/first'])
    await tab.evaluate(() => void globalThis.sojourn!('stop'))
    expect(await push(tab, '/second') ?? undefined).toBe(undefined)
    expect(await tab.evaluate(() => [location.pathname, (history.state as { to: string }).to])).toEqual(['/second', '/second'])
    await tab.evaluate(() => history.back())
    await tab.waitForFunction(() => location.pathname === '/first')
    await tab.goto(`${site.origin}/app-${i}`)
    await expectViews(tab, [`/app-${i}`, '/first', `/app-${i}`])
  })
})
