import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'
import type { Answer } from './platform/collector.ts'

const minute = 60_000

/** Instants of requests within an hour after a minute of normal life, in minutes from when the collector began to fail. */
const attemptsOf = async (answer: Answer, random: number, live: (platform: { tab: { hide(): Promise<void>; show(): Promise<void>; online(): void }; run(ms: number): Promise<void> }) => Promise<void>) => {
  const { run, open, collector, clock } = await createTestPlatform()
  const tab = open({ random: () => random })
  const tracker = tab.start()
  await run(minute)
  collector.requests.length = 0
  collector.answer = () => answer
  const begun = clock.elapsed()
  for (let elapsed = 0; elapsed < 60; elapsed++) {
    tracker.track('step')
    await live({ tab, run })
  }
  return collector.requests.map(({ elapsed }) => (elapsed - begun) / minute)
}

/** The most that fall into one minute, from the sixth minute on. */
const mostPerMinute = (attempts: number[]): number =>
  Math.max(...attempts.filter(at => at >= 5).map((at, i, late) => late.filter(other => other >= at && other < at + 1).length))

test.each([0, 0.3, 0.999])('a blocked collector is asked at most once a minute after five minutes (random %d)', async random => {
  const attempts = await attemptsOf('unreachable', random, ({ run }) => run(minute))
  expect(attempts.at(-1)).toBeGreaterThan(50)
  expect(mostPerMinute(attempts)).toBe(1)
})

test('nor more often by a page that is hidden, shown and flushed again and again', async () => {
  const attempts = await attemptsOf('unreachable', 0, async ({ tab, run }) => {
    for (let i = 0; i < 6; i++) {
      await run(5000)
      await tab.hide()
      await run(5000)
      await tab.show()
    }
  })
  expect(mostPerMinute(attempts)).toBe(1)
})

test('a page asks again at once when the network is back', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  const tracker = tab.start()
  await run(minute)
  collector.answer = () => 'unreachable'
  tracker.track('offline')
  await run(20 * minute)
  collector.answer = () => 'accept'
  tab.online()
  await run(1000)
  expect(collector.of('custom')).toHaveLength(1)
})

test('what a collector asks for holds for all tabs, also for one that is left', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tabs = ['a', 'b', 'c', 'd'].map(name => open({ name }))
  const trackers = tabs.map(tab => tab.start())
  await run(20_000)
  collector.requests.length = 0
  collector.answer = () => ({ status: 429, retryAfter: 300 })
  for (let i = 0; i < 10; i++) {
    trackers.forEach(tracker => tracker.track('x'))
    await run(10_000)
    await tabs[1]!.hide()
    tabs[2]!.online()
    void trackers[3]!.flush()
    await run(100)
    await tabs[1]!.show()
  }
  expect(collector.requests).toHaveLength(1)
  collector.answer = () => 'accept'
  await run(300_000)
  expect(collector.of('custom')).toHaveLength(40)
})

test('a clock that is set back a day does not make the pause longer', async () => {
  const { clock, run, open, collector } = await createTestPlatform()
  const tracker = open().start()
  await run(minute)
  collector.answer = () => 'unreachable'
  tracker.track('step')
  await run(20 * minute)
  clock.jump(-24 * 60 * minute)
  collector.answer = () => 'accept'
  await run(5 * minute)
  expect(collector.of('custom')).toHaveLength(1)
})
