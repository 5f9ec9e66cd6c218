import { expect, onTestFinished, test } from 'vitest'
import { bundleExample } from '../harness/bundleExample.ts'
import type { Scriptable } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { serveSite } from '../harness/serveSite.ts'
import { until } from '../harness/until.ts'

inEachEngine(({ newProfile, collector, api }) => {
  /** Pageviews of the only session of the visitor at an origin: path, title, and the page before. */
  const readViews = async (origin: string): Promise<[path: string, title: string | undefined, referrer: string | undefined][]> => {
    const own = (await api().sessions()).find(({ entryPage }) => entryPage?.url.startsWith(origin))
    const events = own ? await api().events(own.id) : []
    return events.flatMap(event => (event.type === 'pageview' ? [[new URL(event.page!.url).pathname, event.page!.title, event.page!.referrer?.replace(origin, '')]] : []))
  }

  test.each(['react-router/main.jsx', 'vue-router/main.js', 'sveltekit-style/main.js'])('examples/%s: one pageview for each page seen, with its title', async entry => {
    const { page, program } = await bundleExample(entry, collector().url)
    const site = await serveSite({ pages: { '/': page, '/main.js': program }, headers: { '/main.js': { 'content-type': 'text/javascript' } } })
    onTestFinished(() => site.stop())
    const tab = await (await newProfile()).newTab()
    await tab.goto(site.origin)
    const expected: [string, string, string | undefined][] = []
    /** The visitor looks at a page until the collector knows it. */
    const look = async (path: string, title: string): Promise<void> => {
      expected.push([path, title, expected.at(-1)?.[0]])
      expect(await until(() => readViews(site.origin), views => views.length >= expected.length)).toEqual(expected)
    }
    const click = async (within: Scriptable & { click(selector: string): Promise<unknown> }, id: string): Promise<void> => {
      await within.waitForFunction(() => document.querySelector('nav a'))
      await within.click(id)
    }

    await look('/', 'Lamps')
    await click(tab, '#lamp')
    await look('/lamps/aurora', 'Lamp aurora')
    await click(tab, '#old')
    await look('/offers', 'Offers')
    await tab.evaluate(() => history.back())
    await look('/lamps/aurora', 'Lamp aurora')
    await click(tab, '#home')
    await look('/', 'Lamps')
  })
})
