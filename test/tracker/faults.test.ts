import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestPlatform, type TestPlatform } from './createTestPlatform.ts'
import type { Answer } from './platform/collector.ts'
import type { Tab } from './platform/tab.ts'
import type { Tracker } from '../../src/tracker/tracker.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

const answers: Answer[] = ['accept', 'unreachable', 'lost', 'hang', { status: 500 }, { status: 429, retryAfter: 20 }]

/** One thing that happens: to a visitor's tabs, to the disk, to the collector. */
const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('track' as const), tab: fc.nat(3), times: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('wait' as const), milliseconds: fc.oneof(fc.nat(50), fc.nat(8000), fc.nat(3_000_000)) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('hide' as const, 'show' as const, 'replace' as const), tab: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('answer' as const), answer: fc.constantFrom(...answers) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('latency' as const), milliseconds: fc.constantFrom(0, 1, 15, 80) }) },
)

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

/** Lets it all happen, then a last visit with everything in order; tells the numbers that were tracked and that arrived. */
const live = async (platform: TestPlatform, happenings: Happening[]) => {
  const { run, open, collector, disk } = platform
  const visit = (): { tab: Tab; tracker: Tracker } => {
    const tab = open()
    return { tab, tracker: tab.start() }
  }
  const tabs = [visit(), visit(), visit(), visit()]
  let tracked = 0
  for (const step of happenings) {
    if (step.what === 'wait') await run(step.milliseconds)
    else if (step.what === 'latency') disk.latency = step.milliseconds
    else if (step.what === 'answer') collector.answer = () => step.answer
    else if (step.what === 'track') for (let i = 0; i < step.times; i++) tabs[step.tab]!.tracker.track('step', { n: tracked++ })
    else if (step.what === 'replace') {
      await tabs[step.tab]!.tab.close()
      tabs[step.tab] = visit()
    } else await tabs[step.tab]!.tab[step.what]()
  }
  for (const { tab } of tabs) await tab.close()
  disk.latency = 0
  collector.answer = () => 'accept'
  const last = visit()
  await run(3_600_000)
  last.tracker.stop()
  return { tracked, arrived: collector.of('custom').map(({ attributes }) => Number(attributes!.n)) }
}

test(`whatever happens to pages, disk and collector, every event arrives and counts once (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async happenings => {
      const platform = await createTestPlatform()
      const { tracked, arrived } = await live(platform, happenings)
      expect(arrived.sort((a, b) => a - b)).toEqual(Array.from({ length: tracked }, (_, n) => n))
      expect(platform.collector.sessions().reduce((sum, session) => sum + session.eventCount - session.pageviewCount, 0)).toBe(tracked)
    }),
    { seed, numRuns: 100 },
  )
})
