import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Tracker } from '../../src/tracker/tracker.ts'
import { createTestPlatform, type TestPlatform } from './createTestPlatform.ts'
import type { Tab } from './platform/tab.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const numRuns = Number(process.env.MOMENTS ?? 1000)

interface Page {
  tab: Tab
  tracker: Tracker
  state: 'unseen' | 'visible' | 'hidden' | 'cached' | 'gone'
}

/**
 * What may happen to one of the pages that are in these states. Who shows a page stops looking at the one before; and a page that nobody has
 * seen yet tracks nothing: two that open a session in the same instant, before either can know of the other, open two.
 */
const deeds = {
  open: undefined,
  openUnseen: undefined,
  track: ['visible', 'hidden'],
  ask: ['unseen', 'visible', 'hidden'],
  hide: ['visible'],
  show: ['unseen', 'hidden'],
  close: ['unseen', 'visible', 'hidden'],
  cache: ['visible'],
  restore: ['cached'],
} satisfies Record<string, Page['state'][] | undefined>

const moments = fc.record({
  /** Milliseconds of each step of the disk. */
  latency: fc.constantFrom(0, 1, 5, 20),
  finishes: fc.boolean(),
  channel: fc.boolean(),
  locks: fc.boolean(),
  steps: fc.array(fc.record({ wait: fc.nat(12), what: fc.constantFrom(...(Object.keys(deeds) as (keyof typeof deeds)[])), page: fc.nat(3) }), { maxLength: 12 }),
})

type Moments = typeof moments extends fc.Arbitrary<infer T> ? T : never

/** Lives through them. @returns names of what was tracked */
const live = async ({ run, open, disk }: TestPlatform, { latency, finishes, steps, ...lacks }: Moments): Promise<string[]> => {
  const pages: Page[] = []
  const names: string[] = []
  const step = latency || 1
  Object.assign(disk, { latency, finishes })

  const lookAway = async (): Promise<void> => {
    const seen = pages.find(({ state }) => state === 'visible')
    if (!seen) return
    seen.state = 'hidden'
    await seen.tab.hide()
  }
  const openPage = (visible: boolean): Page => {
    const tab = open({ name: `tab${pages.length}`, url: `https://shop.example.com/${pages.length}`, visible, ...lacks })
    const page: Page = { tab, tracker: tab.start(), state: visible ? 'visible' : 'unseen' }
    pages.push(page)
    return page
  }
  const track = ({ tracker }: Page): void => {
    names.push(`event${names.length}`)
    tracker.track(names.at(-1)!)
  }
  const change = (page: Page, state: Page['state'], act: () => Promise<void>): Promise<void> => {
    page.state = state
    return act()
  }
  const acts: Record<Exclude<keyof typeof deeds, 'open' | 'openUnseen'>, (page: Page) => unknown> = {
    track,
    ask: ({ tracker }) => void tracker.session(),
    hide: lookAway,
    show: async page => {
      await lookAway()
      await change(page, 'visible', page.tab.show)
    },
    close: page => change(page, 'gone', page.tab.close),
    cache: page => change(page, 'cached', page.tab.freeze),
    restore: async page => {
      await lookAway()
      await change(page, 'visible', page.tab.restore)
    },
  }

  for (const { wait, what, page: n } of steps) {
    await run(wait * step)
    if (what === 'open' || what === 'openUnseen') {
      if (what === 'open') await lookAway()
      openPage(what === 'open')
      continue
    }
    const fit = pages.filter(({ state }) => (deeds[what] as Page['state'][]).includes(state))
    if (fit.length) await acts[what](fit[n % fit.length]!)
  }
  await run(20 * step)
  await lookAway()
  track(openPage(true))
  await run(20_000)
  return names
}

test(
  `${numRuns} random first moments of a visit, in which pages come and go while the disk is still at its first work: one session of one visitor, and no event lost (seed ${seed})`,
  { timeout: 600_000 },
  () =>
    fc.assert(
      fc.asyncProperty(moments, async given => {
        const platform = await createTestPlatform()
        const names = await live(platform, given)
        const { collector } = platform
        expect(collector.foreign()).toBe(0)
        expect(collector.of('custom').map(({ eventName }) => eventName).sort()).toEqual(names.sort())
        expect(collector.sessions()).toHaveLength(1)
      }),
      { seed, numRuns },
    ),
)
