import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Collector } from '../../harness/startCollector.ts'
import type { Gate } from './createGate.ts'
import type { Count, Counter } from './createCounter.ts'
import { createWatch, type Watch } from './createWatch.ts'
import { launchProfile, type Profile } from './launchProfile.ts'
import { readLeft } from './readLeft.ts'
import { CutShortError, started } from './tab.ts'

/** What all trials of a file share. */
export interface World {
  browser: Browser
  gate: Gate
  /** The one collector, or the first of several. */
  collector: Collector
  collectors: readonly Collector[]
  counter: Counter
}

/** What a trial works with. */
export interface Trial extends World {
  context: BrowserContext
  page: Page
  /** The browser of this trial alone, where the scenario wants one. */
  profile: Profile | undefined
  /** Makes markers, each for one event, and remembers that they were sent. */
  markers(n: number): string[]
}

export interface Scenario {
  name: string
  trials: number
  /** Before the first page is opened. */
  prepare?(context: BrowserContext): Promise<unknown>
  run(trial: Trial): Promise<void>
  /** Each trial has a browser of its own, which can be killed. */
  ownBrowser?: boolean
  /** Milliseconds that a trial may take until its events are counted. Default 60,000. */
  deadline?: number
  /** Milliseconds until what is missing counts as lost. Default 30,000. */
  patience?: number
  /** What the platform does not let any tracker do, with its reference; then `lost` may be more than 0. */
  limit?: string
}

/** Milliseconds that looking for what is left, and tidying up, may take. */
const afterwards = 15_000

/** What is known of events that did not arrive once: what the gate has seen, what the collector has, and what the profile still holds. */
const describeLoss = async ({ context, profile, gate, counter }: Trial, watch: Watch, markers: readonly string[]): Promise<string> => {
  const found = await counter.read()
  const list = (wanted: (n: number) => boolean): string => markers.filter(marker => wanted(found.get(marker) ?? 0)).slice(0, 20).join(', ')
  const left = await watch
    .within(afterwards, () => readLeft(profile?.context() ?? context, `${gate.origin}/elsewhere`))
    .then(
      known => JSON.stringify(known),
      (cause: unknown) => `not to be read: ${String(cause)}`,
    )
  return [
    `not stored: ${list(n => n === 0)}`,
    `stored more than once: ${list(n => n > 1)}`,
    `stored once: ${markers.filter(marker => found.get(marker) === 1).length} of ${markers.length}`,
    `left in the profile: ${left}`,
    `the gate has seen:\n  ${gate.seen().join('\n  ')}`,
  ].join('\n')
}

/**
 * Runs one trial of a scenario in a fresh profile, and waits until its events have arrived.
 *
 * @returns what was sent, and what became of it; nothing when Chromium cut the page's leaving short, which tells nothing of the tracker
 * @throws when a step hangs, with its name; when events are lost or doubled, with what is known of them
 */
export const runTrial = async (world: World, scenario: Scenario, trial: number): Promise<{ markers: string[]; counted: Count } | undefined> => {
  const { name, prepare, run, ownBrowser, deadline = 60_000, patience = 30_000, limit } = scenario
  const watch = createWatch()
  const sent: string[] = []
  const profile = ownBrowser ? await watch.within(deadline, launchProfile) : undefined
  const context = watch.over('context', profile?.context() ?? (await world.browser.newContext()))
  const open = async (): Promise<Trial> => {
    await prepare?.(context)
    const page = await context.newPage()
    await page.goto(world.gate.origin)
    await started(page)
    const markers = (n: number): string[] => {
      const made = Array.from({ length: n }, (_, i) => `${name} ${trial}-${sent.length + i}`)
      sent.push(...made)
      return made
    }
    return { ...world, context, page, profile, markers }
  }
  try {
    world.gate.forget()
    const own = await watch.within(deadline, async () => {
      const opened = await open()
      await run(opened)
      return opened
    })
    world.gate.behave('pass')
    // The browser lives on as a visitor's does: what is under way when the trial ends may still arrive.
    const counted = await world.counter.count(sent, patience)
    if (counted.doubled || (counted.lost && !limit)) throw new Error(await describeLoss(own, watch, sent))
    return { markers: sent, counted }
  } catch (cause) {
    if (cause instanceof CutShortError) return undefined
    throw new Error(`${name}, trial ${trial + 1}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  } finally {
    world.gate.behave('pass')
    await watch.within(afterwards, async () => (profile ? profile.stop() : context.close()))
  }
}
