import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { until } from '../harness/until.ts'

/** What the last page of a story says. */
interface Told {
  wasPrerendered: boolean
  /** When the visitor came to see it, milliseconds since 1970. */
  activatedAt: number
}

/** Lets the browser prerender a page, and goes on once that page has done everything it does by itself. */
const prerender = (to: string): string => `
addEventListener('storage', ({ key }) => { if (key === 'ran') location.href = '${to}' })
document.write('<script type="speculationrules">{"prerender":[{"urls":["/next"],"eagerness":"immediate"}]}</' + 'script>')`

/** Nobody drives the browser, so the pages tell by themselves how far they are. */
const tell = `
const wasPrerendered = !!document.prerendering
const finish = () => sojourn('flush', () => navigator.sendBeacon('/done', JSON.stringify({
  wasPrerendered, activatedAt: performance.timeOrigin + performance.getEntriesByType('navigation')[0].activationStart })))
if (wasPrerendered) {
  // What it has recorded is in the outbox by then, for the next page to send. A flush waits for a lock, which only seen pages are given.
  sojourn('session', () => localStorage.setItem('ran', '1'))
  document.addEventListener('prerenderingchange', finish)
} else finish()`

inEachEngine(({ newProfile, openAlone, collector, api }) => {
  let site: Website

  beforeAll(async () => {
    const tag = scriptTag(collector().url, 'demo')
    site = await serveSite({
      pages: {
        '/looked-at': trackedPage('Start', { tag, script: prerender('/next') }),
        '/never-looked-at': trackedPage('Start', { tag, script: prerender('/other') }),
        '/next': trackedPage('Next', { tag, script: tell }),
        '/other': trackedPage('Other', { tag, script: tell }),
        '/plain': trackedPage('Plain'),
      },
    })
  })

  afterAll(() => site?.stop())

  /** Lets a story run to its end, in an engine that prerenders. @returns what its last page tells; undefined where there is none */
  const run = async (path: string, skip: TestContext['skip']): Promise<Told> => {
    const tab = await (await newProfile()).newTab()
    await tab.goto(`${site.origin}/plain`)
    const canPrerender = await tab.evaluate(() => 'prerendering' in document && HTMLScriptElement.supports('speculationrules'))
    if (!canPrerender) return skip('this engine has no speculation rules, and prerenders nothing for a page')
    const before = site.posted('/done').length
    await openAlone(site.origin + path)
    const done = await until(() => site.posted('/done'), all => all.length > before)
    return JSON.parse(done.at(-1)!) as Told
  }
  /** Pageviews of the session that began on a page: path and instant. */
  const readViews = async (path: string): Promise<[path: string, at: number][]> => {
    const own = (await api().sessions()).find(({ entryPage }) => entryPage?.url === site.origin + path)
    const events = own ? await api().events(own.id) : []
    return events.flatMap(event => (event.type === 'pageview' ? [[event.page!.url.replace(site.origin, ''), event.at]] : []))
  }

  test('a prerendered page counts once, when the visitor comes to see it', async ({ skip }) => {
    const { wasPrerendered, activatedAt } = await run('/looked-at', skip)
    expect(wasPrerendered).toBe(true)
    const views = await until(() => readViews('/looked-at'), all => all.length >= 2)
    expect(views.map(([path]) => path)).toEqual(['/looked-at', '/next'])
    expect(views[1]![1]).toBeGreaterThanOrEqual(Math.floor(activatedAt))
    expect(site.posted('/troubles')).toEqual([])
  })

  test('a prerendered page that nobody comes to see counts nothing', async ({ skip }) => {
    const { wasPrerendered } = await run('/never-looked-at', skip)
    expect(wasPrerendered).toBe(false)
    const views = await until(() => readViews('/never-looked-at'), all => all.length >= 2)
    expect(views.map(([path]) => path)).toEqual(['/never-looked-at', '/other'])
    expect((await api().sessions()).filter(({ entryPage }) => entryPage?.url.endsWith('/next'))).toEqual([])
    expect(site.posted('/troubles')).toEqual([])
  })
})
