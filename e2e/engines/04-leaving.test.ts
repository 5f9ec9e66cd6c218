import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scriptable, Tab } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { readViews } from '../harness/engines/readViews.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

declare global {
  /** How often the page was shown: first loaded, then as it came from the back/forward cache. */
  var shows: boolean[] | undefined
}

const remember = "globalThis.shows = []; addEventListener('pageshow', ({ persisted }) => shows.push(persisted))"

const toPaths = (name: string): string[] => [1, 2, 3, 4, 5].map(i => `/${name}-${i}`)

const linkTo = (path: string | undefined): string => (path ? `<a id="next" href="${path}">Next</a>` : '')

inEachEngine(({ newProfile, collector, api }) => {
  let site: Website

  beforeAll(async () => {
    const tag = scriptTag(collector().url, 'demo')
    const toPages = (paths: string[], head: { tag?: string }): object =>
      Object.fromEntries(paths.map((path, i) => [path, trackedPage(`Page ${i + 1}`, { ...head, script: remember, body: linkTo(paths[i + 1]) })]))
    site = await serveSite({
      pages: {
        '/': trackedPage('Home', { tag }),
        '/elsewhere': trackedPage('Elsewhere'),
        ...toPages(toPaths('page'), { tag }),
        ...toPages(toPaths('plain'), {}),
      },
    })
  })

  afterAll(() => site?.stop())

  /** A visitor who stays in the browser when the tracked tab is closed. */
  const open = async () => {
    const profile = await newProfile()
    const other = await profile.newTab()
    await other.goto(`${site.origin}/elsewhere`)
    const tab = await profile.newTab()
    await tab.goto(site.origin)
    await sojourn.shortId(tab)
    return { profile, tab, other, id: (await sojourn.session(tab))!.id }
  }
  /** Resolves when the collector has these events and no other ones, each once. */
  const expectEvents = async (id: string, names: string[]): Promise<void> => {
    const read = async (): Promise<string[]> => (await api().events(id)).flatMap(event => (event.type === 'custom' ? [event.eventName] : []))
    expect((await until(read, found => found.length >= names.length)).sort()).toEqual([...names].sort())
    expect(site.posted('/troubles')).toEqual([])
  }
  const trackAll = (tab: Scriptable, names: string[]): Promise<void> => tab.evaluate(list => list.forEach(name => globalThis.sojourn!('track', name)), names)
  const names = Array.from({ length: 10 }, (_, i) => `step-${i}`)

  test('an event in pagehide itself arrives', async () => {
    const { tab, id } = await open()
    await tab.evaluate(() => addEventListener('pagehide', () => globalThis.sojourn!('track', 'goodbye')))
    await tab.goto(`${site.origin}/elsewhere`)
    await expectEvents(id, ['goodbye'])
  })

  test('ten events arrive though the page navigates in the same task', async () => {
    const { tab, id } = await open()
    await tab.evaluate(list => {
      list.forEach(name => globalThis.sojourn!('track', name))
      location.href = '/elsewhere'
    }, names)
    await expectEvents(id, names)
  })

  test('ten events arrive though the tab is closed at once', async () => {
    const { tab, id } = await open()
    await trackAll(tab, names)
    await tab.close()
    await expectEvents(id, names)
  })

  test('what a closed tab could not send is sent by a later visit, once', async () => {
    const { profile, tab, id } = await open()
    await collector().kill()
    await trackAll(tab, names)
    await tab.close()
    await collector().restart()
    const later = await profile.newTab()
    await later.goto(site.origin)
    await sojourn.flush(later)
    await expectEvents(id, names)
  })

  test('what happens offline is sent when the network is back', async ({ skip }) => {
    const { profile, tab, id } = await open()
    if (!profile.setOffline) return skip('the driver of this engine cannot take the network away')
    await profile.setOffline(true)
    await trackAll(tab, names)
    await sojourn.flush(tab)
    await profile.setOffline(false)
    await expectEvents(id, names)
  })

  /** Through five pages by their links, back and forward again; for each page that is come back to whether the cache had it. */
  const walk = async (tab: Tab, paths: string[], arrive: (count: number) => Promise<unknown>): Promise<unknown[]> => {
    await tab.goto(site.origin + paths[0])
    await arrive(1)
    for (const [i, path] of paths.slice(1).entries()) {
      await tab.click('#next')
      await until(() => tab.evaluate(() => (document.readyState === 'complete' ? location.pathname : '')).catch(() => ''), at => at === path)
      await arrive(i + 2)
    }
    const restored = []
    const steps = paths.length - 1
    for (let i = 1; i <= 2 * steps; i++) {
      await (i > steps ? tab.forward() : tab.back())
      await arrive(paths.length + i)
      restored.push(
        await tab.evaluate(() => {
          const [navigation] = performance.getEntriesByType('navigation') as (PerformanceEntry & { notRestoredReasons?: unknown })[]
          return { isRestored: globalThis.shows!.at(-1), reasons: navigation?.notRestoredReasons ?? null }
        }),
      )
    }
    return restored
  }

  test('back and forward through five pages, each comes from the back/forward cache, and is counted once more', async ({ skip }) => {
    const { tab, other } = await open()
    const untracked = await walk(other, toPaths('plain'), () => Promise.resolve())
    const tellsReasons = await tab.evaluate(() => 'notRestoredReasons' in PerformanceNavigationTiming.prototype)
    const hasCache = JSON.stringify(untracked).includes('true')
    if (!hasCache && !tellsReasons) return skip('this engine, as it is driven, keeps no page in a back/forward cache')
    // The first view is that of the page before.
    const restored = await walk(tab, toPaths('page'), async count => {
      await until(() => readViews(tab, api()), views => views.length === count + 1)
      // The answer is noted, too: a page that is left while a transaction is being committed is not kept, since it might hold up another's.
      await sojourn.flush(tab)
    })
    // As it is without a tracker; an engine that tells its reasons has room for all of them, and no reason.
    expect(restored).toEqual(tellsReasons ? untracked.map(() => ({ isRestored: true, reasons: null })) : untracked)
    const views = await readViews(tab, api())
    expect(views.map(([path, title]) => `${path} ${title}`)).toEqual(['/ Home', ...[1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 3, 4, 5].map(i => `/page-${i} Page ${i}`)])
    expect(site.posted('/troubles')).toEqual([])
  })
})
