import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { StoredEvent } from '../../src/collector/sessionStore.ts'
import { bundleExample } from '../harness/bundleExample.ts'
import { createGate } from '../faults/harness/createGate.ts'
import { createApi, type Api } from '../harness/createApi.ts'
import { launchChromium } from '../harness/launchChromium.ts'
import { serveSite } from '../harness/serveSite.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { until } from '../harness/until.ts'
import { watchTroubles } from '../harness/watchTroubles.ts'

const example = fileURLToPath(new URL('../../examples/app/', import.meta.url))

let collector: Collector
let api: Api
let browser: Browser

beforeAll(async () => {
  collector = await startCollector()
  api = createApi(collector)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await collector?.stop()
})

/** Serves the example as its README says. @param collectorUrl where it sends to @returns its origin */
const serveApp = async (collectorUrl: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-app-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(example, folder, { recursive: true })
  const { page, program } = await bundleExample('app/main.js', collectorUrl)
  writeFileSync(join(folder, 'index.html'), page)
  writeFileSync(join(folder, 'main.js'), program)
  const site = await serveSite({ folder })
  onTestFinished(() => site.stop())
  return site.origin
}

/** Goes to a screen. @returns not before and not after when, by the clock of the page */
const look = async (page: Page, screen: string): Promise<[earliest: number, latest: number]> => {
  const now = (): Promise<number> => page.evaluate(() => Date.now())
  const earliest = await now()
  await page.getByRole('button', { name: screen }).click()
  await page.getByRole('heading', { name: screen }).waitFor()
  return [earliest, await now()]
}

const screensOf = (events: StoredEvent[]): string[] => events.flatMap(event => (event.type === 'screenview' ? [event.screen] : []))

test('an app is installable, works without a network, and what was done in it arrives later, with its own times', async () => {
  const gate = await createGate([collector.url], {})
  onTestFinished(() => gate.stop())
  const origin = await serveApp(gate.origin)
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const troubles = watchTroubles(page)
  await page.goto(origin)
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active!.state)

  const devtools = await context.newCDPSession(page)
  const manifest = await devtools.send('Page.getAppManifest')
  expect([manifest.url, manifest.errors]).toEqual([`${origin}/manifest.webmanifest`, []])
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  // A context of a test is a private window, in which nothing is installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])

  const session = await api.onlySession(({ screenviewCount }) => screenviewCount === 1)
  expect(session).toMatchObject({
    type: 'app',
    app: { name: 'Lamps', namespace: 'com.example.lamps', version: '2.1.0', buildNumber: '210' },
    lastScreen: 'Lamps',
    pageviewCount: 0,
  })

  await context.setOffline(true)
  // What a page sends as it goes is not held by the devtools: their network conditions end with it.
  gate.behave('down')
  await page.getByRole('status').filter({ hasText: 'No network' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Lamps' }).waitFor()
  const looked = [await look(page, 'Basket'), await look(page, 'Orders')]
  await page.close()
  const again = await context.newPage()
  await again.goto(origin)
  looked.push(await look(again, 'Basket'))
  expect(screensOf(await api.events(session.id))).toEqual(['Lamps'])

  const onlineAt = await again.evaluate(() => Date.now())
  gate.behave('pass')
  await context.setOffline(false)
  const whole = await until(() => api.session(session.id), ({ screenviewCount }) => screenviewCount === 6)
  expect(whole).toMatchObject({ type: 'app', lastScreen: 'Basket', networkConnectivity: { wifiEnabled: true, cellularEnabled: false, bluetoothEnabled: false } })
  const events = await api.events(session.id)
  // The app begins with the lamps, each time that it is opened.
  expect(screensOf(events)).toEqual(['Lamps', 'Lamps', 'Basket', 'Orders', 'Lamps', 'Basket'])
  const late = events.filter(event => event.type === 'screenview').filter((_event, i) => [2, 3, 5].includes(i))
  for (const [i, { at, receivedAt }] of late.entries()) {
    const [earliest, latest] = looked[i]!
    expect([at >= earliest, at <= latest], `screen ${i}`).toEqual([true, true])
    expect(Number(receivedAt)).toBeGreaterThanOrEqual(onlineAt)
  }
  // What the browser tells of requests without a network is no trouble of the page.
  expect(troubles.filter(text => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
})
