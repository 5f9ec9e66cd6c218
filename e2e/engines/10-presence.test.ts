import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Profile, Scriptable, Tab } from '../harness/engines/engine.ts'
import { inEachEngine } from '../harness/engines/inEachEngine.ts'
import { settableClock } from '../harness/engines/settableClock.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { scriptTag } from '../harness/scriptTag.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

type Told = [state: 'active' | 'idle' | 'away', at: number]

declare global {
  /** What the tracker has told, and when by the page's clock. */
  var told: Told[]
  /** When the visitor first did something here. */
  var inputAt: number | undefined
  /** Transactions that have written into a database since the page began. */
  var writes: number
  /** What listens to the visitor's input: the event's type, and whether the browser need not wait for it. */
  var listening: [type: string, passive: boolean | undefined][]
}

const watch = `${settableClock}
globalThis.told = []
for (const state of ['active', 'idle', 'away']) sojourn('on', state, () => told.push([state, Date.now()]))
for (const type of ['pointermove', 'pointerdown', 'keydown']) addEventListener(type, () => { globalThis.inputAt ??= Date.now() }, true)`

/** Counts what a tracker costs a page whose visitor is busy. */
const countCosts = `
globalThis.writes = 0
globalThis.listening = []
const { transaction } = IDBDatabase.prototype
IDBDatabase.prototype.transaction = function (names, mode, ...rest) {
  if (mode === 'readwrite') globalThis.writes++
  return transaction.call(this, names, mode, ...rest)
}
const listen = EventTarget.prototype.addEventListener
EventTarget.prototype.addEventListener = function (type, listener, options) {
  // Drivers listen, too.
  if (/^(pointer|mouse|key|wheel|touch|scroll)/.test(type) && new Error().stack.includes('/sojourn.js')) globalThis.listening.push([type, options?.passive])
  return listen.call(this, type, listener, options)
}`

/** Milliseconds that a busy machine may take to run what is due. */
const slack = 5000

inEachEngine(({ newProfile, newWindows, collector, api }) => {
  let site: Website

  beforeAll(async () => {
    const { url } = collector()
    const pageWith = (seconds: Record<string, number>, script = watch): string => {
      const options = JSON.stringify({ ...seconds, batch: { maxDelayMs: 200 } }).replaceAll('"', '&quot;')
      return trackedPage('Page', { tag: scriptTag(url, 'demo', { 'data-options': options }), script, body: '<button id="do">Do</button>' })
    }
    site = await serveSite({
      pages: {
        '/quick': pageWith({ idleAfterSeconds: 1, awayAfterSeconds: 2, leaveGraceSeconds: 1 }),
        '/leaving': pageWith({ idleAfterSeconds: 60, awayAfterSeconds: 300, leaveGraceSeconds: 1 }),
        '/patient': pageWith({ idleAfterSeconds: 60, awayAfterSeconds: 300, leaveGraceSeconds: 20 }),
        '/usual': pageWith({}),
        '/counted': pageWith({}, countCosts),
        '/elsewhere': trackedPage('Elsewhere'),
      },
    })
  })

  afterAll(() => site?.stop())

  const openIn = async (profile: Profile, path: string): Promise<Tab> => {
    const tab = await profile.newTab()
    await tab.goto(site.origin + path)
    await sojourn.shortId(tab)
    return tab
  }
  const readTold = (tab: Scriptable): Promise<Told[]> => tab.evaluate(() => globalThis.told)
  const states = async (tab: Scriptable): Promise<string[]> => (await readTold(tab)).map(([state]) => state)
  const isSoon = (awayDate: string | undefined): boolean => Date.parse(awayDate!) < Date.now() + 60_000
  const idOf = async (tab: Scriptable): Promise<string> => (await sojourn.session(tab))!.id

  test('the visitor goes idle and away on time in every tab, and a click in one of them makes all active', async () => {
    const profile = await newProfile()
    const tabs = [await openIn(profile, '/quick'), await openIn(profile, '/quick')] as const
    // In the first tab, too, which may have gone away before the second one was open.
    await until(() => Promise.all(tabs.map(states)), both => both.every(all => all.at(-1) === 'away'))
    for (const tab of tabs) await tab.evaluate(() => void globalThis.told.splice(0))
    await tabs[0].click('#do')
    const inputAt = (await tabs[0].evaluate(() => globalThis.inputAt))!
    for (const tab of tabs) {
      const told = await until(() => readTold(tab), all => all.length >= 3)
      expect(told.map(([state]) => state)).toEqual(['active', 'idle', 'away'])
      const [active, idle, away] = told.map(([, at]) => at - inputAt) as [number, number, number]
      expect(active).toBeLessThan(slack)
      expect([idle >= 1000, away >= 2000, idle < 1000 + slack, away < 2000 + slack]).toEqual([true, true, true, true])
    }
    // What the collector adds up is the whole of the session.
    const id = await idOf(tabs[0])
    await sojourn.track(tabs[1], 'done')
    await sojourn.flush(tabs[1])
    const { engagement, durationInSeconds } = await until(() => api().session(id), ({ eventCount }) => eventCount === 3)
    expect(engagement!.activeSeconds + engagement!.idleSeconds + engagement!.awaySeconds).toBeCloseTo(durationInSeconds!, 0)
    expect([engagement!.activeSeconds > 0, engagement!.idleSeconds >= 2]).toEqual([true, true])
    expect(site.posted('/troubles')).toEqual([])
  })

  test('a key is activity; what a script does to the page is none', async () => {
    const tab = await openIn(await newProfile(), '/quick')
    await until(() => states(tab), all => all.includes('away'))
    await tab.evaluate(() => {
      for (const type of ['pointerdown', 'keydown', 'wheel', 'touchstart']) document.body.dispatchEvent(new Event(type, { bubbles: true }))
      document.querySelector<HTMLElement>('#do')!.click()
      scrollTo(0, 10)
      document.querySelector<HTMLElement>('#do')!.focus()
    })
    await sojourn.flush(tab)
    expect((await states(tab)).at(-1)).toBe('away')
    await tab.pressEnter()
    await until(() => states(tab), all => all.lastIndexOf('active') > all.indexOf('away'))
  })

  test('a busy visitor costs a write in a few seconds at most, and the browser waits for nothing that listens', async () => {
    const tab = await openIn(await newProfile(), '/counted')
    await tab.evaluate(() => document.querySelector<HTMLElement>('#do')!.focus())
    const begun = await tab.evaluate(() => ((globalThis.writes = 0), performance.now()))
    let passed = 0
    while (passed < 5000) {
      await tab.pressEnter()
      passed = await tab.evaluate(since => performance.now() - since, begun)
    }
    expect(await tab.evaluate(() => globalThis.writes)).toBeLessThanOrEqual(2)
    const listening = await tab.evaluate(() => globalThis.listening)
    expect(listening.map(([type]) => type)).toEqual(expect.arrayContaining(['pointerdown', 'keydown', 'wheel', 'touchstart']))
    expect(listening.filter(([, passive]) => !passive)).toEqual([])
    expect(site.posted('/troubles')).toEqual([])
  })

  test('the last visible page is hidden: away after the grace, and active again when it is shown', async () => {
    const tab = await openIn(await newWindows(), '/leaving')
    const id = await idOf(tab)
    const hiddenAt = Date.now()
    await tab.hide()
    await until(() => api().session(id), ({ status }) => status === 'away')
    const [[state, at]] = (await until(() => readTold(tab), all => all.length === 1)) as [Told]
    expect([state, at - hiddenAt >= 1000]).toEqual(['away', true])
    await tab.show()
    expect(await until(() => states(tab), all => all.length === 2)).toEqual(['away', 'active'])
    await until(() => api().session(id), ({ status }) => status === 'active')
    expect(site.posted('/troubles')).toEqual([])
  })

  test('coming back within the grace undoes the leave', async () => {
    const tab = await openIn(await newWindows(), '/patient')
    const id = await idOf(tab)
    await tab.hide()
    await until(() => api().session(id), ({ awayDate }) => isSoon(awayDate))
    await tab.show()
    await until(() => api().session(id), ({ awayDate }) => !isSoon(awayDate))
    expect(await states(tab)).toEqual([])
  })

  test('while another page of the site is visible nobody is away', async () => {
    const windows = await newWindows()
    const [other, tab] = [await openIn(windows, '/leaving'), await openIn(windows, '/leaving')]
    const id = await idOf(tab)
    await sojourn.flush(tab)
    await tab.hide()
    await until(() => api().events(id), events => events.some(event => event.type === 'activity' && event.visible === false))
    const { status, awayDate } = await api().session(id)
    expect([status, isSoon(awayDate)]).toEqual(['active', false])
    await sojourn.track(other, 'seen')
    expect([await states(tab), await states(other)]).toEqual([[], []])
  })

  test('the last page is closed: away after the grace', async () => {
    const profile = await newProfile()
    await (await profile.newTab()).goto(`${site.origin}/elsewhere`)
    const tab = await openIn(profile, '/leaving')
    const id = await idOf(tab)
    await tab.close()
    await until(() => api().session(id), ({ status }) => status === 'away')
  })

  test('ten minutes of sleep: the visitor is away, and the seconds add up', async () => {
    const tab = await openIn(await newProfile(), '/usual')
    await idOf(tab)
    // Input is looked at once in a second.
    await tab.waitForFunction(() => performance.now() > 1000)
    await tab.evaluate(() => globalThis.shiftClock(600_000))
    await tab.click('#do')
    expect(await until(() => states(tab), all => all.length >= 2)).toEqual(['away', 'active'])
    const { engagement, durationInSeconds, sessionIndex } = (await until(() => sojourn.session(tab), session => session!.durationInSeconds! >= 600))!
    expect([engagement!.idleSeconds, sessionIndex]).toEqual([240, 1])
    expect(engagement!.awaySeconds).toBeGreaterThanOrEqual(300)
    expect(engagement!.activeSeconds + engagement!.idleSeconds + engagement!.awaySeconds).toBeCloseTo(durationInSeconds!, 0)
  })

  test('a hidden page that is frozen goes idle and away when it thaws, with the instants of then', async ({ skip }) => {
    const tab = await openIn(await newWindows(), '/quick')
    if (!(await tab.evaluate(() => 'onfreeze' in document))) return skip('this engine tells a page of no freezing')
    const id = await idOf(tab)
    await tab.hide()
    await tab.setFrozen!(true)
    await until(() => api().session(id), ({ status }) => status === 'away')
    await tab.setFrozen!(false)
    await until(() => states(tab), all => all.includes('away'))
    const { awayDate, lastPage } = await api().session(id)
    expect([Date.parse(awayDate!) < Date.now(), lastPage?.title]).toEqual([true, 'Page'])
    await tab.show()
    expect((await until(() => states(tab), all => all.at(-1) === 'active')).filter(state => state === 'away')).toHaveLength(1)
  })
})
