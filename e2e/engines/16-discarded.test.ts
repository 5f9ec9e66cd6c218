import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import type { Session } from '../../src/model/index.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { until } from '../harness/until.ts'

/** What a page says of itself each time that it has loaded. */
interface Told {
  wasDiscarded: boolean
  /** Its session, once its events are at the collector. */
  id: string
}

/** Nobody drives the browser, so the page tells by itself. */
const tell = `sojourn('track', 'seen')
sojourn('flush', () => sojourn('session', ({ id }) => navigator.sendBeacon('/told', JSON.stringify({ wasDiscarded: document.wasDiscarded, id }))))`

inEachEngine(({ newProfile, openAlone, collector, api }) => {
  let site: Website

  beforeAll(async () => {
    const { url } = collector()
    site = await serveSite({
      pages: {
        '/': trackedPage('Page', { tag: scriptTag(url, 'demo'), script: tell }),
        '/brief': trackedPage('Page', { tag: scriptTag(url, 'demo', { 'data-session-timeout-seconds': '1' }), script: tell }),
        '/from': trackedPage('From', { script: "location.replace(new URLSearchParams(location.search).get('to'))" }),
      },
    })
  })

  afterAll(() => site?.stop())

  /** Comes to a page from another website, lets the browser discard it once it is hidden, and comes back. @returns its session before, and after */
  const run = async (path: string, skip: TestContext['skip'], mayDiscard: (hidden: Session) => boolean): Promise<[before: Session, after: Session]> => {
    const tab = await (await newProfile()).newTab()
    if (!(await tab.evaluate(() => 'wasDiscarded' in document))) return skip('this engine tells a page of no discarding')
    const address = site.origin + path
    const before = site.posted('/told').length
    const told = async (count: number): Promise<Told> => JSON.parse((await until(() => site.posted('/told'), all => all.length === before + count)).at(-1)!) as Told
    const alone = (await openAlone(`${site.origin.replace('127.0.0.1', 'localhost')}/from?to=${encodeURIComponent(address)}`))!
    const first = await told(1)
    await alone.cover()
    const hidden = await until(() => api().session(first.id), mayDiscard)
    await alone.discard(address)
    await alone.show(address)
    const second = await told(2)
    expect([first.wasDiscarded, second.wasDiscarded]).toEqual([false, true])
    expect(site.posted('/troubles')).toEqual([])
    // Each time that it loads it tells two events; what is acknowledged is read a moment later.
    const count = second.id === first.id ? 4 : 2
    return [hidden, await until(() => api().session(second.id), ({ eventCount }) => eventCount >= count)]
  }

  test('a hidden page that the browser discards goes on with its session when it is loaded again, and that is a view', async ({ skip }) => {
    const [before, after] = await run('/', skip, ({ awayDate }) => Date.parse(awayDate!) < Date.now() + 60_000)
    expect([before.id, before.pageviewCount]).toEqual([after.id, 1])
    expect(after).toMatchObject({ sessionIndex: 1, pageviewCount: 2, eventCount: 4, referrer: { hostname: 'localhost' }, status: 'active', delivery: { missing: 0 } })
    expect(Date.parse(after.awayDate!)).toBeGreaterThan(Date.now() + 60_000)
  })

  test('a page that is discarded past the timeout opens the next session when it is loaded again, and that came from nowhere', async ({ skip }) => {
    const [before, after] = await run('/brief', skip, ({ status }) => status === 'ended')
    expect(before).toMatchObject({ sessionIndex: 1, pageviewCount: 1, eventCount: 2, referrer: { hostname: 'localhost' } })
    expect(after).toMatchObject({ sessionIndex: 2, pageviewCount: 1, eventCount: 2, visitorId: before.visitorId, previousSessionId: before.id })
    expect(after.referrer).toBeUndefined()
  })
})
