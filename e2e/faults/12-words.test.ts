import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { toRefusal } from '../../test/tracker/platform/toRefusal.ts'
import { launchChromium } from '../harness/launchChromium.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { until } from '../harness/until.ts'
import { createGate, type Gate } from './harness/createGate.ts'
import { pages } from './harness/pages.ts'
import { flush, started } from './harness/tab.ts'

declare global {
  /** What the handler of the page was told. */
  var troubles: { code: string; message: string }[]
}

let browser: Browser
let collector: Collector
let gate: Gate

beforeAll(async () => {
  collector = await startCollector()
  gate = await createGate([collector.url], pages)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await gate?.stop()
  await collector?.stop()
})

/** A page that keeps what it is told of troubles, and what its console says. @param before runs before anything else in the page */
const open = async (before: () => void): Promise<{ page: Page; consoled: string[] }> => {
  const context = await browser.newContext()
  onTestFinished(async () => {
    gate.behave('pass')
    await context.close()
  })
  await context.addInitScript(before)
  const page = await context.newPage()
  const consoled: string[] = []
  page.on('console', message => consoled.push(message.text()))
  await page.goto(`${gate.origin}/debug`)
  await started(page)
  return { page, consoled }
}

/** Changes the text of the next batches on their way. */
const tamper = (page: Page, change: (body: string) => string): Promise<unknown> =>
  page.route('**/v1/events', route => route.continue({ postData: change(route.request().postData() ?? '') }))

const nothing = (): void => undefined

interface TroubleCase {
  what: string
  /** In the page, before the tracker starts. */
  before?: () => void
  /** When it runs, and has a short id where it can get one. */
  happens?: (page: Page) => unknown
  code: string
  words: RegExp
}

const cases: TroubleCase[] = [
  { what: 'a collector that is down', happens: () => gate.behave('down'), code: 'unreachable', words: /events wait.*no answer from http:\S+.*down/ },
  {
    what: 'a blocker in the browser',
    happens: page => page.route('**/v1/events', route => route.abort('blockedbyclient')),
    code: 'unreachable',
    words: /events wait.*blocked by an extension/,
  },
  { what: 'an answer 500', happens: () => gate.behave({ status: 500 }), code: 'unreachable', words: /events wait.*answered 500/ },
  { what: 'a body that is no batch', happens: page => tamper(page, () => 'no batch'), code: 'refused', words: /dropped.*400.*JSON/ },
  {
    what: 'an unknown site',
    happens: page => tamper(page, body => body.replace('"site":"demo"', '"site":"nobody"')),
    code: 'refused',
    words: /dropped.*401.*site/,
  },
  { what: 'an origin that is not allowed', happens: () => gate.behave(toRefusal('origin-not-allowed')), code: 'refused', words: /dropped.*http:\S+ refused them.*403/ },
  { what: 'one event that is too large', happens: () => gate.behave({ tooLarge: 10 }), code: 'tooLarge', words: /an event dropped.*too large/ },
  {
    what: 'an event that the collector finds wrong',
    happens: async page => {
      await tamper(page, body => body.replace('"eventName":"wrong"', '"eventName":"not a name"'))
      await page.evaluate(() => globalThis.sojourn!('track', 'wrong', {}))
    },
    code: 'rejected',
    words: /event [\da-f-]{36} dropped.*eventName/,
  },
  {
    what: 'more events than the outbox holds',
    happens: async page => {
      gate.behave('down')
      await page.evaluate(() => {
        const filling = Object.fromEntries([1, 2, 3].map(i => [`filling${i}`, 'x'.repeat(6500)]))
        for (let i = 0; i < 250; i++) globalThis.sojourn!('track', 'marked', filling)
      })
    },
    code: 'cap',
    words: /\d+ events dropped.*more wait than the outbox holds/,
  },
  {
    what: 'IndexedDB that is absent',
    before: () => void Object.defineProperty(globalThis, 'indexedDB', { value: undefined }),
    code: 'storage',
    words: /storage.*in memory.*\(.+\)/,
  },
  {
    what: 'storage that the visitor blocks',
    before: () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The user denied permission to access the database.', 'SecurityError')
      }
    },
    code: 'storage',
    words: /storage.*in memory.*The user denied permission/,
  },
  {
    what: 'storage that is full',
    before: () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      }
    },
    code: 'storage',
    words: /storage.*full.*in memory.*[Qq]uota/,
  },
]

test.each(cases)('$what is told to the page and to its console, with its cause', async ({ before = nothing, happens = nothing, code, words }) => {
  const { page, consoled } = await open(before)
  await page.evaluate(() => globalThis.sojourn!('shortId'))
  await happens(page)
  await page.evaluate(() => globalThis.sojourn!('track', 'marked', {}))
  await flush(page)
  const [trouble] = await until(
    () => page.evaluate(wanted => globalThis.troubles.filter(told => told.code === wanted), code),
    told => told.length > 0,
  )
  expect(trouble!.message).toMatch(words)
  await until(
    () => consoled.join('\n'),
    text => text.includes('[sojourn] error') && text.includes(trouble!.message.slice(0, 30)),
  )
})

test('storage that the visitor empties while the page is open is no trouble: nothing is lost, and nothing told', async () => {
  const { page } = await open(nothing)
  await page.evaluate(() => globalThis.sojourn!('shortId'))
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: gate.origin, storageTypes: 'all' })
  await page.evaluate(() => globalThis.sojourn!('track', 'marked', {}))
  await flush(page)
  expect(await page.evaluate(() => globalThis.troubles)).toEqual([])
})
