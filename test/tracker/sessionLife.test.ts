import { expect, test } from 'vitest'
import { createTestPlatform } from './createTestPlatform.ts'

const minute = 60_000

/** With the collector's sessions in the order of their index, and what ended them. */
const setUp = async () => {
  const platform = await createTestPlatform()
  return {
    ...platform,
    sessions: () => platform.collector.sessions().sort((a, b) => a.sessionIndex! - b.sessionIndex!),
    ends: () => platform.collector.of('end').map(({ session, at, reason }) => ({ session, at, reason })),
  }
}

test('events less than the timeout apart belong to one session', async () => {
  const { run, open, collector, sessions } = await setUp()
  const tracker = open().start()
  for (let i = 0; i < 5; i++) {
    await run(29 * minute)
    tracker.track('step')
  }
  await run(minute)
  expect(sessions()).toMatchObject([{ eventCount: 6, durationInSeconds: 5 * 29 * 60 }])
  expect(collector.of('end')).toEqual([])
})

test('an event after the timeout opens the next session, which knows the one before', async () => {
  const { run, open, sessions } = await setUp()
  const tracker = open().start()
  await run(30 * minute)
  tracker.track('late')
  await run(minute)
  const [first, second] = sessions()
  expect(first).toMatchObject({ sessionIndex: 1, eventCount: 1, status: 'ended', endedDate: first!.createdDate })
  expect(second).toMatchObject({ sessionIndex: 2, previousSessionId: first!.id, eventCount: 1 })
})

test('an event one millisecond before the timeout extends the session', async () => {
  const { clock, run, open, sessions } = await setUp()
  const tracker = open().start()
  await run(minute)
  clock.jump(29 * minute - 1)
  tracker.track('in_time')
  await run(minute)
  expect(sessions()).toHaveLength(1)
})

test('the timeout can be configured, and the collector learns it from the opening event', async () => {
  const { run, open, sessions } = await setUp()
  const tracker = open().start({ sessionTimeoutSeconds: 120 })
  await run(2 * minute)
  tracker.track('late')
  await run(minute / 2)
  expect(sessions().map(({ status }) => status)).toEqual(['ended', 'active'])
})

test('plain input keeps a session open without an event of its own', async () => {
  const { run, open, sessions, collector } = await setUp()
  const tab = open()
  const tracker = tab.start()
  for (let i = 0; i < 80; i++) {
    await run(minute / 2)
    tab.input()
  }
  tracker.track('after_40_minutes')
  await run(minute)
  expect(sessions()).toMatchObject([{ eventCount: 2, durationInSeconds: 40 * 60 }])
  expect(collector.of('activity').length).toBeLessThan(90)
})

test('input after the timeout opens a session', async () => {
  const { run, open, sessions } = await setUp()
  const tab = open()
  tab.start()
  await run(31 * minute)
  tab.input()
  await run(minute)
  expect(sessions()).toMatchObject([{ eventCount: 1, durationInSeconds: 0 }, { sessionIndex: 2, eventCount: 0 }])
})

test('a session is over after its maximum, as of its last activity', async () => {
  const { clock, run, open, sessions, ends } = await setUp()
  const tracker = open().start({ sessionMaxSeconds: 3600 })
  for (let i = 0; i < 2; i++) {
    await run(20 * minute - 1)
    tracker.track('step')
  }
  const lastActivity = clock.now()
  await run(20 * minute + 2)
  tracker.track('next')
  await run(minute)
  const [first, second] = sessions()
  expect(first).toMatchObject({ status: 'ended', eventCount: 3, endedDate: new Date(lastActivity).toISOString() })
  expect(second).toMatchObject({ eventCount: 1, previousSessionId: first!.id })
  expect(ends()).toEqual([])
})

test('a pageview of a new campaign ends the session and opens one of that campaign', async () => {
  const { run, open, sessions, ends } = await setUp()
  open({ url: 'https://shop.example.com/?utm_source=a' }).start()
  await run(minute)
  open({ url: 'https://shop.example.com/?utm_source=b' }).start()
  await run(minute)
  const [first, second] = sessions()
  expect([first!.mktCampaign, second!.mktCampaign]).toEqual([{ source: 'a' }, { source: 'b' }])
  expect(ends()).toMatchObject([{ session: first!.id, reason: 'campaign' }])
})

test('a pageview of the same campaign extends the session', async () => {
  const { run, open, sessions } = await setUp()
  const tab = open({ url: 'https://shop.example.com/?utm_source=a&utm_medium=email' })
  tab.start()
  await run(minute)
  tab.push('/cart?utm_medium=email&utm_source=a')
  await run(minute)
  expect(sessions()).toMatchObject([{ pageviewCount: 2, mktCampaign: { source: 'a', medium: 'email' } }])
})

test('a page without a campaign extends the session of a campaign', async () => {
  const { run, open, sessions } = await setUp()
  const tab = open({ url: 'https://shop.example.com/?gclid=x1' })
  tab.start()
  await run(minute)
  tab.push('/cart')
  await run(minute)
  expect(sessions()).toMatchObject([{ pageviewCount: 2, mktCampaign: { source: 'google', clickId: 'x1' } }])
})

test('going back to a page where a campaign has led before is no new campaign', async () => {
  const { run, open, sessions } = await setUp()
  const landed = open({ url: 'https://shop.example.com/?utm_source=news' })
  landed.start()
  await run(10_000)
  await landed.freeze()
  const next = open({ url: 'https://shop.example.com/next', referrer: 'https://shop.example.com/' })
  const tracker = next.start()
  await run(50 * minute)
  tracker.track('after_lunch')
  await run(minute / 2)
  await next.freeze()
  await landed.restore()
  await run(10_000)
  expect(sessions().map(({ pageviewCount }) => pageviewCount)).toEqual([2, 1])
})

test('going back within an app to where a campaign has led before is no new campaign', async () => {
  const { run, open, sessions } = await setUp()
  const tab = open({ url: 'https://shop.example.com/?utm_source=news' })
  const tracker = tab.start()
  await run(10_000)
  tab.push('/next')
  await run(50 * minute)
  tracker.track('after_lunch')
  await run(minute / 2)
  tab.back('/?utm_source=news')
  await run(10_000)
  expect(sessions().map(({ pageviewCount }) => pageviewCount)).toEqual([2, 1])
})

test('with newSessionOnCampaign off a new campaign opens no session', async () => {
  const { run, open, sessions } = await setUp()
  const tab = open({ url: 'https://shop.example.com/?utm_source=a' })
  tab.start({ newSessionOnCampaign: false })
  await run(minute)
  tab.push('/?utm_source=b')
  await run(minute)
  expect(sessions()).toMatchObject([{ pageviewCount: 2, mktCampaign: { source: 'a' } }])
})

test('reset ends the session now, and the next event opens one of the same visitor without the customer', async () => {
  const { clock, run, open, sessions, ends, collector } = await setUp()
  const tracker = open().start()
  tracker.identify('c-1017', { type: 'crm' })
  await run(minute)
  tracker.reset()
  const at = clock.now()
  await run(minute)
  tracker.track('anonymous')
  await run(minute)
  const [first, second] = sessions()
  expect(ends()).toEqual([{ session: first!.id, at, reason: 'reset' }])
  expect(first).toMatchObject({ customerId: 'c-1017', customerIdType: 'crm', endedDate: new Date(at).toISOString() })
  expect(second).not.toHaveProperty('customerId')
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(1)
})

test('a reset after the timeout forgets the customer, too, and the session ended with its last activity all the same', async () => {
  const { clock, run, open, sessions } = await setUp()
  const tab = open()
  const tracker = tab.start()
  const at = clock.now()
  tracker.identify('c-1017', { type: 'crm' })
  await run(40 * minute)
  tracker.reset()
  // In haste, before the transaction: who signs out is led elsewhere.
  await tab.close()
  await run(10 * minute)
  open().start().track('somebody_else')
  await run(minute)
  const [first, second] = sessions()
  expect(first).toMatchObject({ customerId: 'c-1017', endedDate: new Date(at).toISOString() })
  expect(second).toMatchObject({ sessionIndex: 2, eventCount: 2 })
  expect(second).not.toHaveProperty('customerId')
})

test('the customer stays known in the next session after a timeout', async () => {
  const { run, open, sessions } = await setUp()
  const tracker = open().start()
  tracker.identify('c-1017', { type: 'crm' })
  await run(31 * minute)
  tracker.track('back')
  await run(minute)
  expect(sessions()).toMatchObject([{ customerId: 'c-1017' }, { customerId: 'c-1017', customerIdType: 'crm' }])
})

test('after a reset input alone opens no session while the page does nothing', async () => {
  const { run, open, sessions, ends } = await setUp()
  const tab = open()
  const tracker = tab.start()
  await run(minute / 2)
  tracker.reset()
  tracker.reset()
  await run(minute)
  expect([sessions().length, ends().length]).toEqual([1, 1])
})

test('after sleep longer than the timeout the next event opens a session', async () => {
  const { clock, run, open, sessions } = await setUp()
  const tracker = open().start()
  await run(minute)
  await clock.sleep(8 * 3_600_000)
  tracker.track('morning')
  await run(minute / 2)
  expect(sessions().map(({ status, durationInSeconds }) => [status, durationInSeconds])).toEqual([
    ['ended', 0],
    ['active', 0],
  ])
})

test('a clock that is set back by an hour neither ends the session nor stops it', async () => {
  const { clock, run, open, sessions } = await setUp()
  const tracker = open().start()
  await run(minute)
  clock.jump(-60 * minute)
  tracker.track('earlier')
  await run(minute)
  expect(sessions()).toMatchObject([{ eventCount: 2 }])
})
