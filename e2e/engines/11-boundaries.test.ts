import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '../../src/model/index.ts'
import type { Profile, Tab } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

inEachEngine(({ newProfile, newWindows, collector, api }) => {
  let site: Website

  beforeAll(async () => {
    const { url } = collector()
    const pageWith = (data: Record<string, string>): string =>
      trackedPage('Page', { tag: scriptTag(url, 'demo', data), body: '<button id="do">Do</button>' })
    site = await serveSite({
      pages: {
        '/': pageWith({}),
        '/brief': pageWith({ 'data-session-timeout-seconds': '1' }),
        '/longer': pageWith({ 'data-session-timeout-seconds': '3' }),
        '/bounded': pageWith({ 'data-session-max-seconds': '2' }),
        '/careless': pageWith({ 'data-new-session-on-campaign': 'false' }),
        '/plain': trackedPage('Plain'),
      },
    })
  })

  afterAll(() => site?.stop())

  const open = async (path: string, profile?: Profile): Promise<Tab> => {
    const tab = await (profile ?? (await newProfile())).newTab()
    await visit(tab, path)
    return tab
  }
  const visit = async (tab: Tab, path: string): Promise<Session> => {
    await tab.goto(site.origin + path)
    await sojourn.shortId(tab)
    return see(tab)
  }
  const see = async (tab: Tab): Promise<Session> => (await sojourn.session(tab))!
  const untilNext = (tab: Tab, index = 2): Promise<Session> => until(() => see(tab), ({ sessionIndex }) => sessionIndex === index)
  const untilEnded = (tab: Tab): Promise<Session> => until(() => see(tab), ({ status }) => status === 'ended')
  const names = async (id: string): Promise<string[]> => (await api().events(id)).flatMap(event => (event.type === 'custom' ? [event.eventName] : []))

  test('a click after the timeout opens the next session, and the one before has ended with its last activity', async () => {
    const tab = await open('/brief')
    const first = await untilEnded(tab)
    await tab.click('#do')
    const next = await untilNext(tab)
    expect(next).toMatchObject({ visitorId: first.visitorId, previousSessionId: first.id })
    await sojourn.flush(tab)
    // Its page was all that was done in it.
    expect(await api().session(first.id)).toMatchObject({ status: 'ended', endedDate: first.createdDate, eventCount: 1 })
    expect(await until(() => api().session(next.id).catch(() => undefined), session => !!session)).toMatchObject({ sessionIndex: 2, previousSessionId: first.id })
    expect(site.posted('/troubles')).toEqual([])
  })

  test('an event after the timeout opens the next session', async () => {
    const tab = await open('/brief')
    const first = await untilEnded(tab)
    await sojourn.track(tab, 'later')
    const next = await untilNext(tab)
    await sojourn.flush(tab)
    expect([await names(first.id), await until(() => names(next.id).catch(() => []), all => all.length > 0)]).toEqual([[], ['later']])
  })

  test('a busy visitor has a new session after the longest length', async () => {
    const tab = await open('/bounded')
    const first = await see(tab)
    const busy = async (): Promise<Session> => {
      await sojourn.track(tab, 'busy')
      return see(tab)
    }
    const next = await until(busy, ({ sessionIndex }) => sessionIndex === 2)
    await sojourn.flush(tab)
    expect(next.previousSessionId).toBe(first.id)
    const stored = await until(() => api().session(first.id), ({ status }) => status === 'ended')
    expect(stored.durationInSeconds).toBeLessThanOrEqual(2)
    expect(Date.parse(next.createdDate) - Date.parse(first.createdDate)).toBeGreaterThanOrEqual(2000)
  })

  test('a new campaign opens a session, the same one and none go on with it', async () => {
    const tab = await open('/?utm_campaign=spring')
    const first = await see(tab)
    const second = await visit(tab, '/?utm_campaign=summer')
    expect(second).toMatchObject({ sessionIndex: 2, previousSessionId: first.id, visitorId: first.visitorId, mktCampaign: { name: 'summer' } })
    expect((await visit(tab, '/?utm_campaign=summer')).id).toBe(second.id)
    expect((await visit(tab, '/')).id).toBe(second.id)
    await sojourn.flush(tab)
    expect(await until(() => api().session(second.id), ({ pageviewCount }) => pageviewCount === 3)).toMatchObject({ mktCampaign: { name: 'summer' } })
    expect(await api().session(first.id)).toMatchObject({ status: 'ended', pageviewCount: 1, mktCampaign: { name: 'spring' } })
  })

  test('with newSessionOnCampaign off a new campaign opens none', async () => {
    const tab = await open('/careless?utm_campaign=spring')
    const first = await see(tab)
    expect((await visit(tab, '/careless?utm_campaign=summer')).id).toBe(first.id)
  })

  test('reset ends the session at once; the next event opens one of the same visitor, without the customer', async () => {
    const tab = await open('/')
    const first = await see(tab)
    await sojourn.identify(tab, 'c-1017')
    await sojourn.reset(tab)
    await sojourn.flush(tab)
    expect(await until(() => api().session(first.id), ({ status }) => status === 'ended')).toMatchObject({ customerId: 'c-1017' })
    await sojourn.track(tab, 'after')
    expect(await untilNext(tab)).toMatchObject({ visitorId: first.visitorId, customerId: first.visitorId, previousSessionId: first.id })
  })

  test('events of a session that arrive after the next one has begun stay in theirs', async () => {
    const tab = await open('/longer')
    await collector().kill()
    await sojourn.track(tab, 'late')
    // On a busy machine that is a session of its own already.
    const first = await see(tab)
    await untilEnded(tab)
    await sojourn.track(tab, 'next')
    const next = await until(() => see(tab), ({ id }) => id !== first.id)
    await collector().restart()
    await sojourn.flush(tab)
    expect(await until(() => names(next.id).catch(() => []), all => all.length > 0)).toEqual(['next'])
    expect(await until(() => names(first.id).catch(() => []), all => all.length > 0)).toEqual(['late'])
  })

  test('a hidden page that is shown after the timeout opens the next session', async () => {
    const tab = await open('/brief', await newWindows())
    const first = await see(tab)
    await tab.hide()
    await untilEnded(tab)
    await tab.show()
    expect(await untilNext(tab)).toMatchObject({ visitorId: first.visitorId, previousSessionId: first.id })
  })

  test('a page that comes back from the back/forward cache after the timeout opens the next session, and counts in it', async () => {
    const tab = await open('/brief')
    const first = await see(tab)
    // Without a click: after the timeout that would open the next session by itself.
    await tab.goto(`${site.origin}/plain`)
    await until(() => api().session(first.id), ({ status }) => status === 'ended')
    await tab.back()
    const next = await untilNext(tab)
    await sojourn.flush(tab)
    expect(await until(() => api().session(next.id).catch(() => undefined), session => session?.pageviewCount === 1)).toMatchObject({ sessionIndex: 2 })
    expect(await api().session(first.id)).toMatchObject({ pageviewCount: 1 })
  })
})
