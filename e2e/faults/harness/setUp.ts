import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { createApi, type Api } from '../../harness/createApi.ts'
import { launchChromium } from '../../harness/launchChromium.ts'
import { startCollector, type Collector } from '../../harness/startCollector.ts'
import { count } from './count.ts'
import { createGate, type Gate } from './createGate.ts'
import { pages } from './pages.ts'
import { keepResult } from './results.ts'

/** What a trial works with. */
export interface Trial {
  context: BrowserContext
  page: Page
  gate: Gate
  collector: Collector
  /** Makes markers, each for one event, and remembers that they were sent. */
  markers(n: number): string[]
}

export interface Scenario {
  name: string
  trials: number
  /** Before the first page is opened. */
  prepare?(context: BrowserContext): Promise<unknown>
  run(trial: Trial): Promise<void>
  /** Milliseconds until what is missing counts as lost. Default 30,000. */
  patience?: number
  limit?: string
}

/** Tracks events in a page, each with its marker, within one task. */
export const trackAll = (page: Page, markers: readonly string[]): Promise<void> =>
  page.evaluate(list => list.forEach(marker => globalThis.sojourn!('track', 'marked', { marker })), markers)

/** Resolves when the page's tracker runs. */
export const started = (page: Page): Promise<unknown> => page.waitForFunction(() => (globalThis.sojourn as { started?: boolean } | undefined)?.started)

/** Resolves when the page has tried to send everything that waits. */
export const flush = (page: Page): Promise<unknown> => page.evaluate(() => globalThis.sojourn!('flush'))

/** A later visit in the same profile, long enough to send what the one before has left. */
export const visitAgain = async (context: BrowserContext, gate: Gate): Promise<void> => {
  const page = await context.newPage()
  await page.goto(gate.origin)
  await started(page)
  await flush(page)
}

/** Closes a tab as a visitor does, with everything that the page does then; resolves when it is gone. */
export const close = async (page: Page): Promise<void> => {
  const gone = page.waitForEvent('close')
  await page.close({ runBeforeUnload: true })
  await gone
}

/** A collector, a gate before it and a browser for the scenarios of a file. */
export const setUp = () => {
  let collector: Collector
  let api: Api
  let browser: Browser
  let gate: Gate

  beforeAll(async () => {
    collector = await startCollector()
    api = createApi(collector)
    browser = await launchChromium()
    gate = await createGate(collector.url, pages)
  })

  afterAll(async () => {
    await browser?.close()
    await gate?.stop()
    await collector?.stop()
  })

  return {
    gate: (): Gate => gate,
    collector: (): Collector => collector,
    api: (): Api => api,
    /** Runs the trials of a scenario, each in a fresh profile, counts, and keeps the result. */
    run: async ({ name, trials, prepare, run, patience = 30_000, limit }: Scenario): Promise<void> => {
      const markers: string[] = []
      for (let trial = 0; trial < trials; trial++) {
        const context = await browser.newContext()
        await prepare?.(context)
        const page = await context.newPage()
        const make = (n: number): string[] => {
          const made = Array.from({ length: n }, (_, i) => `${name} ${trial}-${markers.length + i}`)
          markers.push(...made)
          return made
        }
        await page.goto(gate.origin)
        await started(page)
        await run({ context, page, gate, collector, markers: make })
        gate.behave('pass')
        // The browser lives on as a visitor's does: what is under way when the trial ends may still arrive.
        await count(api, markers, patience)
        await context.close()
      }
      const counted = await count(api, markers, patience)
      keepResult({ scenario: name, trials, ...counted, ...(limit && { limit }) })
      expect({ name, ...counted }).toEqual({ name, sent: markers.length, once: markers.length, lost: 0, doubled: 0 })
    },
  }
}
