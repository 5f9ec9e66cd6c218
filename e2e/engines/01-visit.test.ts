import { afterAll, beforeAll, expect, test } from 'vitest'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

inEachEngine(({ name, newProfile, collector, api }) => {
  let site: Website

  beforeAll(async () => {
    const tag = scriptTag(collector().url, 'demo')
    site = await serveSite({
      pages: {
        '/': trackedPage('Home', { tag, body: '<a id="next" href="/second">Next</a>' }),
        '/second': trackedPage('Second', { tag }),
        '/early': trackedPage('Early', { tag, script: "sojourn('track', 'order_completed', { total: 49.9, skus: ['a', 'b'] })" }),
      },
    })
  })

  afterAll(() => site?.stop())

  test('a first visit is a Session, and the page and the collector agree on its short id', async () => {
    const profile = await newProfile()
    const tab = await profile.newTab()
    await tab.goto(site.origin)
    const shortId = await sojourn.shortId(tab)
    const own = await sojourn.session(tab)
    expect(await api().sessions({ shortId })).toMatchObject([{ id: own!.id }])
    expect(await api().session(own!.id)).toMatchObject({
      shortId,
      pageviewCount: 1,
      eventCount: 1,
      sessionIndex: 1,
      status: 'active',
      lastPage: { title: 'Home' },
      delivery: { missing: 0 },
    })
    expect(own!.browser?.family).toMatch(name === 'Chromium' ? /^Chrom/ : name === 'Firefox' ? /^Firefox/ : /Safari|WebKit|Epiphany/)
    expect(site.posted('/troubles')).toEqual([])
  })

  test('a click to the next page goes on with the session', async () => {
    const profile = await newProfile()
    const tab = await profile.newTab()
    await tab.goto(site.origin)
    await sojourn.shortId(tab)
    const first = await sojourn.session(tab)
    await tab.click('#next')
    await tab.waitForFunction(() => location.pathname === '/second')
    await sojourn.flush(tab)
    const second = await until(
      () => api().session(first!.id),
      ({ pageviewCount }) => pageviewCount === 2,
    )
    expect(second).toMatchObject({ sessionIndex: 1, entryPage: { title: 'Home' }, lastPage: { title: 'Second' }, delivery: { missing: 0 } })
    expect((await api().events(first!.id)).flatMap(event => (event.type === 'pageview' ? [event.page?.title] : []))).toEqual(['Home', 'Second'])
    expect((await sojourn.session(tab))!.id).toBe(first!.id)
    expect(site.posted('/troubles')).toEqual([])
  })

  test('what the stub has queued is tracked', async () => {
    const profile = await newProfile()
    const tab = await profile.newTab()
    await tab.goto(`${site.origin}/early`)
    await sojourn.shortId(tab)
    expect(await sojourn.session(tab)).toMatchObject({
      eventCount: 2,
      lastEvent: { eventName: 'order_completed' },
      attributes: { total: { dataType: 'number', value: '49.9' } },
      attributeLists: { skus: { dataType: 'string', values: ['a', 'b'] } },
    })
    expect(site.posted('/troubles')).toEqual([])
  })

  test('each profile is a visitor of its own', async () => {
    const visitors = []
    for (let i = 0; i < 2; i++) {
      const profile = await newProfile()
      const tab = await profile.newTab()
      await tab.goto(site.origin)
      await sojourn.shortId(tab)
      visitors.push((await sojourn.session(tab))!.visitorId)
      await profile.close()
    }
    expect(new Set(visitors).size).toBe(2)
  })
})
