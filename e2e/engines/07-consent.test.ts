import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createGate, type Gate } from '../faults/harness/createGate.ts'
import type { Session } from '../../src/model/index.ts'
import type { Tab } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { noTraces, readTraces } from '../harness/engines/readTraces.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

/** What privacy extensions put into each page, before its own scripts. */
const privacyControl = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, configurable: true })"

const landing = '/?utm_source=news&utm_campaign=spring'

inEachEngine(({ newProfile, collector, api }) => {
  /** Page and collector have one origin, so that nothing can be asked for that is not seen here. */
  let gate: Gate

  beforeEach(async () => {
    const pageWith = (data: Record<string, string>, script = ''): string =>
      trackedPage('Page', { tag: scriptTag('', 'demo', data), script, body: '<a id="in" href="#in">In</a> <a id="out" href="/elsewhere">Out</a>' })
    gate = await createGate([collector().url], {
      '/': pageWith({ 'data-consent': 'pending' }),
      '/denied': pageWith({ 'data-consent': 'denied' }),
      '/granted': pageWith({}),
      '/controlled': pageWith({ 'data-honor-global-privacy-control': 'true' }, privacyControl),
      '/careless': pageWith({}, privacyControl),
      '/anonymous': pageWith({ 'data-anonymous': 'true' }),
      '/elsewhere': trackedPage('Elsewhere', { body: `<a id="in" href="${landing}">In</a>` }),
    })
  })

  afterEach(() => gate.stop())

  const started = (tab: Tab): Promise<unknown> => tab.waitForFunction(() => (globalThis.sojourn as { started?: boolean } | undefined)?.started)
  const open = async (path: string): Promise<Tab> => {
    const tab = await (await newProfile()).newTab()
    await tab.goto(gate.origin + path)
    await started(tab)
    return tab
  }
  /** The tab's session at the collector, once it has so many events. */
  const readSession = async (tab: Tab, events: number): Promise<Session> => {
    await sojourn.flush(tab)
    const { id } = (await sojourn.session(tab))!
    return until(() => api().session(id), ({ eventCount }) => eventCount >= events)
  }
  const consent = (tab: Tab, answer: 'granted' | 'denied'): Promise<void> => tab.evaluate(given => void globalThis.sojourn!('consent', given), answer)
  /** Everything that a visitor and a site do on a page. */
  const visit = async (tab: Tab): Promise<void> => {
    await sojourn.track(tab, 'step')
    await sojourn.identify(tab, 'c-1', { type: 'crm', traits: { email: 'x@example.com' } })
    await tab.click('#in')
    await tab.pressEnter()
    await tab.evaluate(() => {
      history.pushState(null, '', '/second')
      document.title = 'Second'
      scrollTo(0, 1)
      globalThis.sojourn!('screenview', 'Cart')
    })
    await sojourn.flush(tab)
  }
  const untilClean = (tab: Tab): Promise<unknown> => until(() => readTraces(tab), traces => isDeepStrictEqual(traces, noTraces))
  /** What was asked for beside pages and the files of the script. */
  const findReports = (): string[] => gate.asked().filter(line => !/^GET \/(denied|controlled|elsewhere|favicon\.ico|sojourn(-\w+)?\.js)?$/.test(line))

  test('while consent is pending a full visit leaves no byte in any storage, and no request', async () => {
    const tab = await open(landing)
    await visit(tab)
    expect(await readTraces(tab)).toEqual(noTraces)
    // Its exit is a part of the visit.
    await tab.click('#out')
    await tab.waitForFunction(() => document.title === 'Elsewhere')
    expect(await readTraces(tab)).toEqual(noTraces)
    expect(findReports()).toEqual([])
    expect(gate.asked().filter(line => line.endsWith('/sojourn.js'))).toHaveLength(1)
  })

  test('a consent given later upgrades in place: what was before counts, with its instants, the landing campaign and the referrer', async () => {
    const tab = await (await newProfile()).newTab()
    await tab.goto(`${gate.origin.replace('127.0.0.1', 'localhost')}/elsewhere`)
    await tab.evaluate(to => void (document.querySelector('a')!.href = to), gate.origin + landing)
    await tab.click('#in')
    await tab.waitForFunction(() => document.title === 'Page')
    await started(tab)
    await visit(tab)
    expect([await readTraces(tab), findReports()]).toEqual([noTraces, []])
    const grantedAt = Date.now()
    await consent(tab, 'granted')
    await sojourn.track(tab, 'after')
    const shortId = await sojourn.shortId(tab)
    const stored = await readSession(tab, 5)
    expect(stored).toMatchObject({
      shortId,
      customerId: 'c-1',
      pageviewCount: 2,
      screenviewCount: 1,
      mktCampaign: { source: 'news', name: 'spring' },
      referrer: { hostname: 'localhost' },
      entryPage: { pathname: '/', title: 'Page' },
      lastPage: { pathname: '/second', title: 'Second' },
      delivery: { missing: 0 },
    })
    const steps = (await api().events(stored.id)).flatMap(event => (event.type === 'custom' ? [[event.eventName, event.at < grantedAt]] : []))
    expect(steps).toEqual([['step', true], ['after', false]])
    expect(Date.parse(stored.createdDate)).toBeLessThan(grantedAt)
    expect((await readTraces(tab)).databases).not.toEqual([])
  })

  test('an answer holds in all open tabs', async () => {
    const profile = await newProfile()
    const tabs = [await profile.newTab(), await profile.newTab()] as const
    for (const tab of tabs) {
      await tab.goto(gate.origin)
      await started(tab)
    }
    await consent(tabs[0], 'granted')
    const { id } = (await until(() => sojourn.session(tabs[1]), session => session !== undefined))!
    await sojourn.flush(tabs[1])
    expect(await readSession(tabs[0], 2)).toMatchObject({ id, pageviewCount: 2 })
    await consent(tabs[1], 'denied')
    await untilClean(tabs[0])
  })

  test('denied erases what an earlier consent has left, in every storage, and nothing more is sent', async () => {
    const tab = await open('/granted')
    await visit(tab)
    await sojourn.shortId(tab)
    const { id } = (await sojourn.session(tab))!
    await readSession(tab, 4)
    expect(await readTraces(tab)).not.toEqual(noTraces)
    await consent(tab, 'denied')
    await untilClean(tab)
    gate.forget()
    await visit(tab)
    await tab.click('#out')
    await tab.waitForFunction(() => document.title === 'Elsewhere')
    expect([await readTraces(tab), findReports()]).toEqual([noTraces, []])
    expect(await api().session(id)).toMatchObject({ eventCount: 4 })
  })

  test('a page that is denied from its start erases what an earlier one has left, and sends nothing', async () => {
    const tab = await open('/granted')
    await sojourn.shortId(tab)
    await tab.goto(`${gate.origin}/elsewhere`)
    expect(await readTraces(tab)).not.toEqual(noTraces)
    await tab.goto(`${gate.origin}/denied`)
    await started(tab)
    gate.forget()
    await visit(tab)
    await untilClean(tab)
    expect(findReports()).toEqual([])
  })

  test('Global Privacy Control counts as denied where the site honours it, until the visitor tells the site otherwise', async () => {
    const tab = await open('/controlled')
    await visit(tab)
    expect([await readTraces(tab), findReports()]).toEqual([noTraces, []])
    await consent(tab, 'granted')
    await sojourn.shortId(tab)
    expect(await readSession(tab, 1)).toMatchObject({ pageviewCount: 1 })
  })

  test('Global Privacy Control changes nothing where the site does not ask for it', async () => {
    const tab = await open('/careless')
    await sojourn.shortId(tab)
    expect(await readSession(tab, 1)).toMatchObject({ pageviewCount: 1 })
  })

  test('an anonymous visit is tracked, leaves no byte in any storage, and the next page is of somebody else', async () => {
    const tab = await open('/anonymous')
    await visit(tab)
    await sojourn.shortId(tab)
    const first = await readSession(tab, 4)
    expect(await readTraces(tab)).toEqual(noTraces)
    await tab.goto(`${gate.origin}/elsewhere`)
    await tab.goto(`${gate.origin}/anonymous`)
    await sojourn.shortId(tab)
    const second = await readSession(tab, 1)
    expect(await readTraces(tab)).toEqual(noTraces)
    expect([second.id === first.id, second.visitorId === first.visitorId, second.sessionIndex]).toEqual([false, false, 1])
    // No cookie has ever gone anywhere.
    expect(gate.asked().filter(line => line.split(' ').length > 2)).toEqual([])
  })
}, { config: { sites: [{ id: 'demo', origins: ['http://127.0.0.1:*'] }] } })
