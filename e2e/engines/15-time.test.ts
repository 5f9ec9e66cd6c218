import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '../../src/model/index.ts'
import type { Profile, Tab } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { settableClock } from '../harness/engines/settableClock.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

declare global {
  /** When the tracker told of which attention, in milliseconds since the page began: no clock that is set changes these. */
  var toldAfter: [state: string, milliseconds: number][]
}

const watch = `globalThis.toldAfter = []
for (const state of ['active', 'idle', 'away']) sojourn('on', state, () => toldAfter.push([state, performance.now()]))`

/** Milliseconds by which each timer of a page comes late. */
const lateness = 4000

/** As in a tab that a browser holds back. */
const lateTimers = `{
  const own = setTimeout
  globalThis.setTimeout = (work, milliseconds = 0, ...given) => own(work, milliseconds + ${lateness}, ...given)
}`

/** Milliseconds that a busy machine may take to run what is due. */
const slack = 5000

inEachEngine(({ newProfile, newWindows, collector, api }) => {
  let site: Website

  beforeAll(async () => {
    const { url } = collector()
    const pageWith = (data: Record<string, string>, script: string): string => trackedPage('Page', { tag: scriptTag(url, 'demo', data), script, body: '<button id="do">Do</button>' })
    const quick = { 'data-idle-after-seconds': '1', 'data-away-after-seconds': '2' }
    site = await serveSite({
      pages: {
        '/late': pageWith(quick, lateTimers),
        '/set': pageWith(quick, settableClock + watch),
        '/usual': pageWith({}, settableClock),
        '/brief': pageWith({ 'data-session-timeout-seconds': '1' }, ''),
      },
    })
  })

  afterAll(() => site?.stop())

  const see = async (tab: Tab): Promise<Session> => (await sojourn.session(tab))!
  const open = async (path: string, profile?: Profile): Promise<Tab> => {
    const tab = await (profile ?? (await newProfile())).newTab()
    await tab.goto(site.origin + path)
    await sojourn.shortId(tab)
    return tab
  }
  const isOver = ({ status }: Session): boolean => status === 'ended'
  const untilNext = (tab: Tab): Promise<Session> => until(() => see(tab), ({ sessionIndex }) => sessionIndex === 2)
  const since = ({ createdDate }: Session, date: string | undefined): number => Date.parse(date!) - Date.parse(createdDate)

  test('timers that come late: the instants of idle and away are those of then, and the seconds add up', async () => {
    const tab = await open('/late')
    const { id } = await see(tab)
    const isTold = (events: { type: string; state?: string }[]): boolean => events.some(({ state }) => state === 'away')
    const [view, away] = (await until(() => api().events(id), isTold)).sort((a, b) => a.at - b.at)
    expect([view!.type, away!.type, away!.at - view!.at]).toEqual(['pageview', 'activity', 2000])
    const stored = await api().session(id)
    expect([since(stored, stored.idleDate), since(stored, stored.awayDate), stored.status]).toEqual([1000, 2000, 'away'])
    await tab.click('#do')
    // Not its status, which is active for a second only.
    const { engagement, durationInSeconds } = await until(() => see(tab), session => session.durationInSeconds! > 0)
    expect([engagement!.activeSeconds, engagement!.idleSeconds, engagement!.awaySeconds]).toEqual([1, 1, durationInSeconds! - 2])
    expect(durationInSeconds).toBeGreaterThanOrEqual(lateness / 1000)
    expect(site.posted('/troubles')).toEqual([])
  })

  test('a clock that is set back by an hour neither ends the session nor stops it, and idle and away are told on time', async () => {
    const tab = await open('/set')
    await until(() => tab.evaluate(() => globalThis.toldAfter), told => told.at(-1)?.[0] === 'away')
    const first = await see(tab)
    const activeAfter = await tab.evaluate(() => {
      globalThis.shiftClock(-3_600_000)
      globalThis.toldAfter = []
      const since = performance.now()
      globalThis.sojourn!('track', 'after')
      return since
    })
    const told = await until(() => tab.evaluate(() => globalThis.toldAfter), all => all.length === 3)
    expect(told.map(([state]) => state)).toEqual(['active', 'idle', 'away'])
    const [idle, away] = told.slice(1).map(([, after]) => after - activeAfter) as [number, number]
    expect([idle >= 999, idle < 1000 + slack, away >= 1999, away < 2000 + slack]).toEqual([true, true, true, true])
    await sojourn.flush(tab)
    const stored = await until(() => api().session(first.id), ({ eventCount }) => eventCount === 2)
    const { activeSeconds, idleSeconds, awaySeconds } = stored.engagement!
    expect([stored.sessionIndex, stored.lastEvent?.eventName, activeSeconds, idleSeconds]).toEqual([1, 'after', 1, 1])
    expect([activeSeconds + idleSeconds + awaySeconds === stored.durationInSeconds, stored.durationInSeconds! < 60]).toEqual([true, true])
    expect(site.posted('/troubles')).toEqual([])
  })

  test('a machine that sleeps past the timeout: the click that wakes it opens the next session, and the one before has ended with its last activity', async () => {
    const tab = await open('/usual')
    const first = await see(tab)
    // Input is looked at once in a second.
    await tab.waitForFunction(() => performance.now() > 1000)
    await tab.evaluate(() => globalThis.shiftClock(7_200_000))
    await tab.click('#do')
    const next = await untilNext(tab)
    expect(next).toMatchObject({ visitorId: first.visitorId, previousSessionId: first.id, pageviewCount: 0, durationInSeconds: 0 })
    expect(since(first, next.createdDate)).toBeGreaterThanOrEqual(7_200_000)
    await sojourn.flush(tab)
    await until(() => api().session(next.id).catch(() => undefined), session => session?.previousSessionId === first.id)
    expect(await api().session(first.id)).toMatchObject({ eventCount: 1, durationInSeconds: 0, engagement: { activeSeconds: 0, idleSeconds: 0, awaySeconds: 0 } })
    expect(site.posted('/troubles')).toEqual([])
  })

  test('a hidden page that is frozen past the timeout opens no session as it thaws, but the next one when it is shown', async ({ skip }) => {
    const tab = await open('/brief', await newWindows())
    if (!(await tab.evaluate(() => 'onfreeze' in document))) return skip('this engine tells a page of no freezing')
    const first = await see(tab)
    await tab.hide()
    await tab.setFrozen!(true)
    await until(() => api().session(first.id), isOver)
    await tab.setFrozen!(false)
    await sojourn.flush(tab)
    expect(await see(tab)).toMatchObject({ id: first.id, status: 'ended' })
    await tab.show()
    expect(await untilNext(tab)).toMatchObject({ visitorId: first.visitorId, previousSessionId: first.id })
    expect(site.posted('/troubles')).toEqual([])
  })
})
