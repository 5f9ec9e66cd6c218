import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'

const second = 1000
const start = Date.UTC(2026, 2, 2, 9)

/** A page with one pageview, and the changes of attention that its handlers were told: `idle 60` is idle after 60 s. */
const setUp = async () => {
  const platform = await createTestPlatform()
  const { clock, open } = platform
  const told: string[] = []
  const watch = (tab = open(), options = {}) => {
    const tracker = tab.start(options)
    for (const state of ['active', 'idle', 'away'] as const) tracker.on(state, () => told.push(`${state} ${(clock.now() - start) / second}`))
    return { tab, tracker }
  }
  return { ...platform, told, watch, status: () => platform.collector.sessions().at(-1)!.status }
}

test('the visitor goes idle after 60 seconds and away after 300, told on time', async () => {
  const { run, watch, told } = await setUp()
  watch()
  await run(1000 * second)
  expect(told).toEqual(['idle 60', 'away 300'])
})

test('the seconds can be configured', async () => {
  const { run, watch, told } = await setUp()
  watch(undefined, { idleAfterSeconds: 5, awayAfterSeconds: 20 })
  await run(60 * second)
  expect(told).toEqual(['idle 5', 'away 20'])
})

test.each(['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'touchmove'])('%s makes an idle visitor active at once', async type => {
  const { run, watch, told } = await setUp()
  const { tab } = watch()
  await run(90 * second)
  tab.input(type)
  await run(120 * second)
  expect(told).toEqual(['idle 60', 'active 90', 'idle 150'])
})

test('input that a script made up is no activity', async () => {
  const { run, watch, told } = await setUp()
  const { tab } = watch()
  for (let i = 0; i < 20; i++) {
    await run(10 * second)
    tab.input('pointerdown', { isTrusted: false })
  }
  expect(told).toEqual(['idle 60'])
})

test('scrolling without a hand on it is a script\'s doing, and no activity', async () => {
  const { run, watch, told } = await setUp()
  const { tab } = watch()
  for (let i = 0; i < 20; i++) {
    await run(10 * second)
    tab.input('scroll')
  }
  expect(told).toEqual(['idle 60'])
})

test('input pushes idle forward, to the second', async () => {
  const { run, watch, told } = await setUp()
  const { tab } = watch()
  await run(50 * second)
  tab.input()
  await run(200 * second)
  expect(told).toEqual(['idle 110'])
})

test('a tracked event makes an idle visitor active', async () => {
  const { run, watch, told } = await setUp()
  const { tracker } = watch()
  await run(100 * second)
  tracker.track('video_ended')
  await run(100 * second)
  expect(told).toEqual(['idle 60', 'active 100', 'idle 160'])
})

test('handlers are given the Session as it is then', async () => {
  const { run, watch } = await setUp()
  const { tracker } = watch()
  const statuses: unknown[] = []
  tracker.on('idle', session => statuses.push([session!.status, session!.idleDate]))
  await run(100 * second)
  expect(statuses).toEqual([['idle', new Date(start + 60 * second).toISOString()]])
})

test('the collector sees the same attention, and the seconds spent in each', async () => {
  const { run, watch, collector } = await setUp()
  const { tab, tracker } = watch()
  await run(100 * second)
  tab.input()
  await run(400 * second)
  tracker.track('back')
  await run(10 * second)
  expect(collector.sessions()).toMatchObject([
    { status: 'active', durationInSeconds: 500, engagement: { activeSeconds: 120, idleSeconds: 40 + 240, awaySeconds: 100 } },
  ])
})

test('while the visitor is busy the collector never sees idle', async () => {
  const { run, watch, status } = await setUp()
  const { tab } = watch()
  const statuses = new Set<string>()
  await run(second)
  for (let i = 0; i < 300; i++) {
    await run(second)
    tab.input('pointermove')
    statuses.add(status())
  }
  expect(statuses).toEqual(new Set(['active']))
})

test('a busy visitor costs few events and few writes', async () => {
  const { run, watch, collector } = await setUp()
  const { tab } = watch()
  for (let i = 0; i < 6000; i++) {
    await run(100)
    tab.input('pointermove')
  }
  expect(collector.of('activity').length).toBeLessThan(15)
  expect(collector.requests.length).toBeLessThan(16)
})

test('after the last page hid the visitor is away within 30 seconds', async () => {
  const { run, watch, told, status } = await setUp()
  const { tab } = watch()
  await run(10 * second)
  await tab.hide()
  await run(29 * second)
  expect(told).toEqual([])
  await run(2 * second)
  expect([told, status()]).toEqual([['away 40'], 'away'])
})

test('hiding the page makes an idle visitor no less idle', async () => {
  const { run, watch, told } = await setUp()
  const { tab } = watch()
  await run(100 * second)
  await tab.hide()
  await run(60 * second)
  expect(told).toEqual(['idle 60', 'away 130'])
})

test('while another page of the site is visible the visitor is not away', async () => {
  const { run, watch, told, open } = await setUp()
  const { tab } = watch(open({ name: 'one' }))
  open({ name: 'two' }).start()
  await run(10 * second)
  await tab.hide()
  await run(45 * second)
  expect(told).toEqual([])
})

test('showing the page again makes the visitor active', async () => {
  const { run, watch, told, status } = await setUp()
  const { tab } = watch()
  await run(10 * second)
  await tab.hide()
  await run(100 * second)
  await tab.show()
  await run(6 * second)
  expect([told, status()]).toEqual([['away 40', 'active 110'], 'active'])
})

test('after an hour of sleep the visitor is away, and the time counts as such', async () => {
  const { clock, run, watch, told, collector } = await setUp()
  const { tab } = watch(undefined, { sessionTimeoutSeconds: 7200 })
  await run(10 * second)
  await clock.sleep(3600 * second)
  expect(told).toEqual(['away 3610'])
  tab.input()
  await run(10 * second)
  expect(collector.sessions()[0]!.engagement).toEqual({ activeSeconds: 60, idleSeconds: 240, awaySeconds: 3310 })
})

test('where timers do not count sleep, input tells that the visitor was away', async () => {
  const { clock, run, watch, collector } = await setUp()
  const { tab } = watch(undefined, { sessionTimeoutSeconds: 7200 })
  await run(10 * second)
  clock.jump(3600 * second)
  tab.input()
  await run(10 * second)
  expect(collector.sessions()[0]!.engagement).toEqual({ activeSeconds: 60, idleSeconds: 240, awaySeconds: 3310 })
})

test('a page that was frozen goes idle and away when it thaws, not active', async () => {
  const { run, watch, collector } = await setUp()
  const { tab } = watch()
  await run(10 * second)
  await tab.freeze()
  await run(600 * second)
  expect(collector.sessions()[0]!.status).toBe('away')
  await tab.restore()
  await run(10 * second)
  expect(collector.sessions()[0]).toMatchObject({ status: 'active', engagement: { awaySeconds: 570 } })
})

test('a session that has timed out is told as away once', async () => {
  const { run, watch, told } = await setUp()
  watch()
  await run(5 * 3600 * second)
  expect(told).toEqual(['idle 60', 'away 300'])
})

test('after a clock is set back idle and away are told on time', async () => {
  const { clock, run, watch, told, collector } = await setUp()
  const { tab } = watch()
  await run(10 * second)
  clock.jump(-3600 * second)
  tab.input()
  const elapsed: number[] = []
  for (let i = 0; i < 310; i++) {
    if (told.length > elapsed.length) elapsed.push(clock.elapsed() / second)
    await run(second)
  }
  expect(elapsed).toEqual([70, 310])
  tab.input()
  await run(10 * second)
  expect(collector.sessions()[0]!.engagement).toEqual({ activeSeconds: 70, idleSeconds: 240, awaySeconds: 10 })
})

test('every tab is told of idle, away and active on time, hidden ones too', async () => {
  const { run, watch, told, open } = await setUp()
  const { tab } = watch(open({ name: 'one' }))
  watch(open({ name: 'two' }))
  await watch(open({ name: 'three' })).tab.hide()
  await run(310 * second)
  tab.input()
  await run(second)
  expect(told.map(text => text.replace(/\.\d+/, ''))).toEqual(['idle 60', 'away 300', 'active 310'].flatMap(text => [text, text, text]))
})

test('input that wakes the machine takes nothing from the session before its sleep', async () => {
  const { clock, run, watch, collector } = await setUp()
  const { tab } = watch()
  await run(20 * second)
  tab.input()
  await run(second)
  clock.jump(3 * 3600 * second)
  tab.input()
  await run(10 * second)
  expect(collector.sessions().map(({ durationInSeconds }) => durationInSeconds)).toEqual([20, 0])
})

test('what a tracked event finds when it wakes the machine is told first', async () => {
  const { clock, run, watch, collector } = await setUp()
  const { tab, tracker } = watch()
  await run(20 * second)
  tab.input()
  clock.jump(3 * 3600 * second)
  tracker.track('woken')
  await run(10 * second)
  expect(collector.sessions().map(({ durationInSeconds, eventCount }) => [durationInSeconds, eventCount])).toEqual([[20, 1], [0, 1]])
})

test('the input before a reset belongs to the session that it ends', async () => {
  const { run, watch, collector } = await setUp()
  const { tab, tracker } = watch()
  await run(20 * second)
  tab.input()
  tracker.reset()
  await run(10 * second)
  expect(collector.sessions()).toMatchObject([{ durationInSeconds: 20 }])
})

test('input goes on into the next session at the moment in which the longest one is over', async () => {
  const { run, watch, told, collector } = await setUp()
  const { tab } = watch(undefined, { sessionMaxSeconds: 600 })
  for (let i = 0; i < 80; i++) {
    await run(10 * second)
    tab.input()
  }
  await run(60 * second)
  expect(collector.sessions().map(({ createdDate, endedDate }) => [createdDate, endedDate])).toEqual([
    [new Date(start).toISOString(), new Date(start + 590 * second).toISOString()],
    [new Date(start + 600 * second).toISOString(), undefined],
  ])
  expect(told).toEqual(['away 600', 'active 600', 'idle 860'])
})

test('while a page that opened the session by input is seen, another one that closes leaves nobody away', async () => {
  const { run, watch, told, open } = await setUp()
  const { tab } = watch(open({ name: 'one' }))
  await run(3600 * second)
  told.length = 0
  tab.input()
  await run(second)
  const popup = open({ name: 'popup' })
  popup.start()
  await run(second)
  await popup.close()
  await run(50 * second)
  expect(told).toEqual(['active 3600'])
})

test('a page that was closed is no longer seen, as the others know by their next write', async () => {
  const { run, watch, told, open } = await setUp()
  const { tab, tracker } = watch(open({ name: 'one' }))
  const other = open({ name: 'two' })
  other.start()
  await run(10 * second)
  await other.close()
  await run(second)
  tracker.track('step')
  await run(second)
  await tab.hide()
  await run(60 * second)
  expect(told).toEqual(['away 42'])
})

test('an event that wakes the machine knows that the visitor had left by closing the last page as it fell asleep', async () => {
  const { clock, run, watch, open, collector } = await setUp()
  const { tab, tracker } = watch(open({ name: 'hidden' }))
  const other = open({ name: 'seen' })
  other.start()
  await run(second)
  await tab.hide()
  await run(9 * second)
  await other.close()
  await run(second)
  clock.jump(90 * second)
  tracker.track('step')
  await run(10 * second)
  expect(collector.sessions()[0]!.engagement).toEqual({ activeSeconds: 40, idleSeconds: 0, awaySeconds: 61 })
})

test('a clock that is set forward makes the visitor idle, and input makes the visitor active again', async () => {
  const { clock, run, watch, told } = await setUp()
  const { tab } = watch()
  await run(10 * second)
  clock.jump(120 * second)
  await run(60 * second)
  tab.input()
  await run(second)
  expect(told.map(text => text.split(' ')[0])).toEqual(['idle', 'active'])
  expect(told[1]).toBe('active 190')
})
