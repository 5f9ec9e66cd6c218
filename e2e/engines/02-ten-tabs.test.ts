import { expect, onTestFinished, test } from 'vitest'
import type { Session } from '../../src/model/index.ts'
import type { Tab } from '../harness/engines/engine.ts'
import { inEachEngine, type Setting } from '../harness/engines/inEachEngine.ts'
import { settableClock } from '../harness/engines/settableClock.ts'
import { trackedPage } from '../harness/engines/trackedPage.ts'
import { serveSite } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { until } from '../harness/until.ts'

declare global {
  /** Lets all tabs do something in the same instant. */
  var allTabs: ((work: 'start' | 'wake') => void) | undefined
}

const tabCount = 10
const trials = 20
/** Longer than a session waits for its visitor. */
const sleep = 31 * 60_000

/** Has the script at hand, and starts it, and later wakes from a sleep of the machine, when one tab tells all. */
const waitingPage = (collector: string): string =>
  trackedPage('Tab', {
    script: settableClock,
    body: `<script type="module">
  const src = URL.createObjectURL(new Blob([await (await fetch('${collector}/sojourn.js')).text()], { type: 'text/javascript' }))
  const works = {
    start: () => {
      const tag = Object.assign(document.createElement('script'), { src })
      Object.assign(tag.dataset, { site: 'demo', collector: '${collector}' })
      document.head.append(tag)
    },
    wake: () => {
      shiftClock(${sleep})
      sojourn('track', 'woke')
    },
  }
  const channel = new BroadcastChannel('all tabs')
  const plan = ({ work, instant }) => setTimeout(works[work], instant - Date.now())
  channel.onmessage = ({ data }) => plan(data)
  globalThis.allTabs = work => {
    const order = { work, instant: Date.now() + 100 }
    channel.postMessage(order)
    plan(order)
  }
</script>`,
  })

const inAll = <T>(tabs: Tab[], work: (tab: Tab) => Promise<T>): Promise<T[]> => Promise.all(tabs.map(work))

/** What ten tabs believe, each by itself. */
const ask = async (tabs: Tab[]): Promise<{ ids: Set<string | undefined>; visitors: Set<string | undefined>; indices: Set<number | undefined> }> => {
  const own = await inAll(tabs, sojourn.session)
  return {
    ids: new Set(own.map(session => session?.id)),
    visitors: new Set(own.map(session => session?.visitorId)),
    indices: new Set(own.map(session => session?.sessionIndex)),
  }
}

const run = async ({ collector, api }: Setting, tabs: Tab[]): Promise<object> => {
  // An origin of its own, where nothing is stored: none is given up before the end, or its port might be given to a later one.
  const site = await serveSite({ pages: { '/': waitingPage(collector().url) } })
  onTestFinished(() => site.stop())
  await inAll(tabs, tab => tab.goto(site.origin))
  await inAll(tabs, tab => tab.waitForFunction(() => !!globalThis.allTabs))
  const [first] = tabs as [Tab]

  await first.evaluate(() => globalThis.allTabs!('start'))
  const shortIds = new Set(await inAll(tabs, sojourn.shortId))
  const cold = await ask(tabs)

  await first.evaluate(() => globalThis.allTabs!('wake'))
  await inAll(tabs, tab => until(() => sojourn.session(tab), session => session?.sessionIndex === 2))
  await inAll(tabs, sojourn.flush)
  const woken = await ask(tabs)

  const stored = await until(
    async () => (await api().sessions()).filter(({ visitorId }) => cold.visitors.has(visitorId)),
    sessions => sessions.reduce((sum, { eventCount }) => sum + eventCount, 0) === 2 * tabCount,
  )
  const toFacts = ({ sessionIndex, pageviewCount, eventCount }: Session): object => ({ sessionIndex, pageviewCount, eventCount })
  const troubles = site.posted('/troubles')
  return {
    sessions: [cold.ids.size, woken.ids.size, new Set([...cold.ids, ...woken.ids]).size],
    visitors: new Set([...cold.visitors, ...woken.visitors]).size,
    shortIds: shortIds.size,
    indices: [...cold.indices, ...woken.indices],
    stored: stored.map(toFacts).reverse(),
    troubles,
  }
}

inEachEngine(setting => {
  test(
    'ten tabs that start in the same instant share one session, and another one when they wake after the timeout, in 20 of 20 trials',
    async () => {
      const profile = await setting.newProfile()
      const tabs: Tab[] = []
      while (tabs.length < tabCount) tabs.push(await profile.newTab())
      const results: object[] = []
      while (results.length < trials) results.push(await run(setting, tabs))
      const right = {
        sessions: [1, 1, 2],
        visitors: 1,
        shortIds: 1,
        indices: [1, 2],
        stored: [
          { sessionIndex: 1, pageviewCount: tabCount, eventCount: tabCount },
          { sessionIndex: 2, pageviewCount: 0, eventCount: tabCount },
        ],
        troubles: [],
      }
      expect(results).toEqual(Array.from({ length: trials }, () => right))
    },
    300_000,
  )
})
