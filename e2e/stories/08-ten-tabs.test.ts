import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi, type Api } from '../harness/createApi.ts'
import { launchChromium } from '../harness/launchChromium.ts'
import { serveSite, type Website } from '../harness/serveSite.ts'
import { sojourn } from '../harness/sojourn.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { until } from '../harness/until.ts'
import { watchTroubles } from '../harness/watchTroubles.ts'

declare global {
  /** Starts the tracker of a waiting page at an instant of the wall clock. */
  var startAt: ((instant: number) => void) | undefined
}

const tabs = 10

let collector: Collector
let api: Api
let browser: Browser
let site: Website

/** A page that has the script at hand, and starts it at the instant that it is given: the same for all tabs. */
const waitingPage = (script: string): string => `<!doctype html><title>Tab</title><link rel="icon" href="data:,"><script type="module">
  const code = await (await fetch(${JSON.stringify(script)})).text()
  const src = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  globalThis.startAt = instant => {
    const tag = Object.assign(document.createElement('script'), { src })
    Object.assign(tag.dataset, { site: 'demo', collector: ${JSON.stringify(new URL(script).origin)} })
    setTimeout(() => document.head.append(tag), instant - Date.now())
  }
</script>`

beforeAll(async () => {
  collector = await startCollector()
  api = createApi(collector)
  browser = await launchChromium()
  site = await serveSite({ pages: { '/': waitingPage(`${collector.url}/sojourn.js`) } })
})

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await collector?.stop()
})

const openTabs = async (): Promise<{ pages: Page[]; troubles: string[][] }> => {
  const context = await browser.newContext()
  const pages = await Promise.all(Array.from({ length: tabs }, () => context.newPage()))
  const troubles = pages.map(watchTroubles)
  await Promise.all(pages.map(page => page.goto(site.origin)))
  await Promise.all(pages.map(page => page.waitForFunction(() => 'startAt' in globalThis)))
  const instant = Date.now() + 300
  await Promise.all(pages.map(page => page.evaluate(at => globalThis.startAt!(at), instant)))
  return { pages, troubles }
}

test.each(Array.from({ length: 20 }, (_, i) => i + 1))('ten tabs of a cold profile, started in the same instant, share one session (trial %i)', async () => {
  const before = new Set((await api.sessions()).map(({ id }) => id))
  const { pages, troubles } = await openTabs()
  const shortIds = await Promise.all(pages.map(sojourn.shortId))
  await Promise.all(pages.map(sojourn.flush))
  const own = await Promise.all(pages.map(sojourn.session))
  const stored = await until(
    async () => (await api.sessions()).filter(({ id }) => !before.has(id)),
    sessions => sessions.reduce((sum, { pageviewCount }) => sum + pageviewCount, 0) === tabs,
  )
  expect({
    stored: stored.map(({ pageviewCount, sessionIndex }) => ({ pageviewCount, sessionIndex })),
    sessions: new Set(own.map(session => session?.id)),
    visitors: new Set(own.map(session => session?.visitorId)),
    shortIds: new Set(shortIds),
    troubles: troubles.flat(),
  }).toEqual({
    stored: [{ pageviewCount: tabs, sessionIndex: 1 }],
    sessions: new Set([stored[0]!.id]),
    visitors: new Set([stored[0]!.visitorId]),
    shortIds: new Set([stored[0]!.shortId]),
    troubles: [],
  })
  await pages[0]!.context().close()
})
