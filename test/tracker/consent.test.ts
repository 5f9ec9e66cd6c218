import { expect, test } from 'vitest'
import type { TrackerOptions } from '../../src/tracker/options.ts'
import { createTestPlatform } from './createTestPlatform.ts'
import type { TabOptions } from './platform/tab.ts'

const minute = 60_000
const landing = { url: 'https://shop.example.com/?utm_source=news&utm_campaign=spring', referrer: 'https://www.google.com/' }

const setUp = async () => {
  const platform = await createTestPlatform()
  const { open, disk, collector } = platform
  const start = (options: Partial<TrackerOptions> = {}, page: TabOptions = {}) => {
    const tab = open(page)
    const problems: string[] = []
    const tracker = tab.start(options)
    tracker.on('error', ({ code, message }) => problems.push(`${code}: ${message}`))
    return { tab, tracker, problems }
  }
  /** What the browser keeps of the visitor, and what was sent. */
  const traces = async () => [disk.openings, await disk.databases(), [...disk.local.keys()], collector.requests.length]
  return { ...platform, start, traces, names: () => collector.of('custom').map(({ eventName }) => eventName) }
}

const nothing = [0, [], [], 0]

test('while consent is pending a whole visit leaves no trace and sends nothing', async () => {
  const { run, start, traces } = await setUp()
  const { tracker, tab } = start({ consent: 'pending' }, landing)
  tracker.track('step')
  tracker.identify('c-1')
  tab.input()
  tab.push('/next')
  await run(10 * minute)
  await tab.hide()
  await run(minute)
  await tab.show()
  expect(await Promise.all([tracker.session(), tracker.flush()])).toEqual([undefined, undefined])
  await tab.close()
  await run(minute)
  expect(await traces()).toEqual(nothing)
})

test('consent given later keeps what happened before it, the landing campaign and the referrer', async () => {
  const { run, start, collector, clock } = await setUp()
  const { tracker, tab } = start({ consent: 'pending' }, landing)
  const landedAt = clock.now()
  await run(1000)
  tab.push('/second')
  await run(1000)
  tracker.track('step')
  tab.push('/third')
  await run(20_000)
  tracker.consent('granted')
  await run(10_000)
  expect(collector.sessions()).toMatchObject([
    {
      createdDate: new Date(landedAt).toISOString(),
      pageviewCount: 3,
      eventCount: 4,
      mktCampaign: { name: 'spring', source: 'news' },
      referrer: { hostname: 'www.google.com' },
      entryPage: { pathname: '/' },
      lastPage: { pathname: '/third' },
    },
  ])
})

test('a campaign is not lost either where the site counts its pages itself, and begins after the landing', async () => {
  const { run, start, collector } = await setUp()
  const { tracker, tab } = start({ consent: 'pending', autotrack: false }, landing)
  tab.push('/second')
  tracker.track('step')
  await run(1000)
  tracker.consent('granted')
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ eventCount: 1, mktCampaign: { name: 'spring', source: 'news' }, referrer: { hostname: 'www.google.com' } }])
})

test('the answer in one tab holds in all', async () => {
  const { run, start, collector } = await setUp()
  const first = start({ consent: 'pending' })
  const second = start({ consent: 'pending' }, { url: 'https://shop.example.com/other' })
  await run(1000)
  first.tracker.consent('granted')
  await run(10_000)
  second.tracker.track('late')
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 2, eventCount: 3 }])
})

test.each(['denied', 'granted'] as const)('an answer that has waited for the script (%s) holds in all tabs, too', async answer => {
  const { run, start, names } = await setUp()
  const other = start({ consent: answer === 'denied' ? 'granted' : 'pending' })
  await run(10_000)
  start({ consent: 'pending' }).tracker.consent(answer)
  await run(10_000)
  other.tracker.track('after')
  await run(10_000)
  expect(names()).toEqual(answer === 'denied' ? [] : ['after'])
})

test('denied while it is pending forgets what waited', async () => {
  const { run, start, traces, collector } = await setUp()
  const { tracker } = start({ consent: 'pending' })
  tracker.track('before')
  tracker.consent('denied')
  tracker.track('after')
  await run(10 * minute)
  expect(await traces()).toEqual(nothing)
  expect(collector.events()).toEqual([])
})

test('denied erases the database and what pages have left, in all tabs, and nothing more is sent', async () => {
  const { run, start, traces, disk, collector } = await setUp()
  const first = start()
  const second = start()
  await run(10_000)
  collector.answer = () => 'unreachable'
  second.tracker.track('unsent')
  await run(10_000)
  // What a third tab has left, and what belongs to somebody else.
  disk.local.set('sojourn.shop:left', '{}')
  disk.local.set('theirs', '{}')
  const sent = collector.requests.length
  first.tracker.consent('denied')
  await run(10)
  for (const { tracker, tab } of [first, second]) {
    tracker.track('refused')
    tab.input()
    await run(5 * minute)
    await tab.hide()
    await tab.show()
    expect(await tracker.session()).toBeUndefined()
    await tab.close()
  }
  await run(10 * minute)
  expect((await traces()).slice(1)).toEqual([[], ['theirs'], sent])
  expect([first.problems, second.tab.uncaught]).toEqual([[], []])
})

test.each([0, 1, 2, 5, 10, 20])('a refusal %i ms after an event, in the middle of its way to the disk, leaves nothing', async milliseconds => {
  const { run, start, traces, disk } = await setUp()
  disk.latency = 3
  const { tracker, problems, tab } = start()
  await run(10_000)
  tracker.track('step')
  await run(milliseconds)
  tracker.consent('denied')
  await run(10 * minute)
  expect((await traces()).slice(1, 3)).toEqual([[], []])
  expect([problems, tab.uncaught, tab.errors()]).toEqual([[], [], []])
})

test('a page that is refused from its start erases what an earlier one was allowed to keep', async () => {
  const { run, start, traces } = await setUp()
  const { tab } = start()
  await run(10_000)
  await tab.close()
  start({ consent: 'denied' })
  await run(10_000)
  expect((await traces()).slice(1, 3)).toEqual([[], []])
})

test('consent given after a refusal starts anew: another visitor, a first session, the page that is seen', async () => {
  const { run, start, collector } = await setUp()
  const { tracker, tab } = start({}, landing)
  tracker.identify('c-1')
  await run(10_000)
  tracker.consent('denied')
  tab.push('/unseen')
  await run(10_000)
  tracker.consent('granted')
  tracker.track('again')
  await run(10_000)
  const [before, after] = collector.sessions()
  expect(before).toMatchObject({ pageviewCount: 1, customerId: 'c-1' })
  expect(after).toMatchObject({ sessionIndex: 1, pageviewCount: 1, eventCount: 2, lastPage: { pathname: '/unseen' } })
  expect(after).not.toHaveProperty('previousSessionId')
  expect(after).not.toHaveProperty('customerId')
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(2)
  expect(new Set(collector.events().map(({ tab }) => tab)).size).toBe(2)
})

test.each([0, 1, 3, 8, 20, 80])('a refusal %i ms after the start of a page is as good: who lets it later is another visitor', async milliseconds => {
  const { run, start, disk, collector } = await setUp()
  const before = start()
  await run(10_000)
  await before.tab.close()
  await run(10_000)
  disk.latency = 5
  const { tracker } = start()
  await run(milliseconds)
  const sent = collector.requests.length
  tracker.consent('denied')
  await run(minute)
  tracker.consent('granted')
  await run(10_000)
  const visitors = collector.requests.map(({ batch }) => batch.visitor.id)
  expect(visitors.length).toBeGreaterThan(sent)
  expect(visitors.slice(sent)).not.toContain(visitors[0])
})

test.each([0, 2, 4, 6, 8, 10, 12, 15, 20])('a refusal %i ms after sending has begun sends nothing, and troubles nobody', async milliseconds => {
  const { run, start, disk, collector } = await setUp()
  disk.latency = 2
  const { tracker, problems } = start()
  await run(10_000)
  tracker.track('step')
  void tracker.flush()
  await run(milliseconds)
  const sent = collector.requests.length
  tracker.consent('denied')
  await run(minute)
  expect([collector.requests.length, problems]).toEqual([sent, []])
})

test('a page that is first seen after a refusal was taken back counts', async () => {
  const { run, start, collector } = await setUp()
  const { tracker } = start()
  const { tab } = start({}, { url: 'https://shop.example.com/two' })
  await run(10_000)
  await tab.hide()
  tracker.consent('denied')
  await run(1000)
  tracker.consent('granted')
  await run(10_000)
  await tab.show()
  await run(10_000)
  expect(collector.sessions().at(-1)).toMatchObject({ pageviewCount: 2 })
})

test('a page refused from its start counts once the visitor lets it', async () => {
  const { run, start, collector } = await setUp()
  const { tracker } = start({ consent: 'denied' })
  await run(10_000)
  tracker.consent('granted')
  tracker.consent('granted')
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 1 }])
})

test.each([
  [true, true, 0],
  [true, false, 1],
  [false, true, 1],
])('Global Privacy Control %s, honoured %s: %i requests', async (globalPrivacyControl, honorGlobalPrivacyControl, count) => {
  const { run, start, collector, disk } = await setUp()
  const { tracker } = start({ honorGlobalPrivacyControl }, { globalPrivacyControl })
  tracker.track('step')
  await run(10_000)
  expect([collector.requests.length, disk.openings]).toEqual([count, count])
})

test('what the visitor tells the site counts more than what the browser tells all of them', async () => {
  const { run, start, collector } = await setUp()
  const { tracker } = start({ honorGlobalPrivacyControl: true }, { globalPrivacyControl: true })
  tracker.consent('granted')
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 1 }])
})

test('two anonymous pages at the same time know nothing of each other', async () => {
  const { run, start, collector, traces } = await setUp()
  const first = start({ anonymous: true })
  await run(1000)
  const second = start({ anonymous: true })
  await run(10_000)
  second.tracker.track('two')
  first.tracker.track('one')
  await run(20_000)
  expect(collector.sessions()).toMatchObject([{ eventCount: 2 }, { eventCount: 2 }])
  expect(new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size).toBe(2)
  expect((await traces()).slice(0, 3)).toEqual([0, [], []])
})

test.each(['pending', 'yes', undefined])('an answer that is none (%s) is named and changes nothing', async answer => {
  const { run, start, names } = await setUp()
  const { tracker, problems } = start()
  tracker.consent(answer as never)
  tracker.track('step')
  await run(10_000)
  expect([problems, names()]).toEqual([[`argument: consent${answer ? ` ${answer}` : ''}: expected granted or denied`], ['step']])
})
