import { expect, test } from 'vitest'
import type { TrackerOptions } from '../../src/tracker/options.ts'
import { createTestPlatform } from './createTestPlatform.ts'

const minute = 60_000
const shop = 'https://shop.example.com/'
const pay = 'https://pay.example.org/checkout?step=1#form'

const setUp = async () => {
  const platform = await createTestPlatform()
  const { run, open, collector } = platform
  const start = (url: string, options: Partial<TrackerOptions> = {}, referrer = '') => {
    const tab = open({ url, referrer })
    return { tab, tracker: tab.start({ linkDomains: ['example.org', 'example.com'], ...options }) }
  }
  const from = start(shop)
  await run(10_000)
  const visitors = (): number => new Set(collector.requests.map(({ batch }) => batch.visitor.id)).size
  return { ...platform, start, from, visitors }
}

const address = (tab: { window: Record<string, unknown> }): string => (tab.window.location as Location).href

test('a decorated link takes visitor and session along, and leaves no trace in the address', async () => {
  const { run, start, from, collector, visitors } = await setUp()
  const decorated = from.tracker.decorate(pay)
  expect(decorated).toMatch(/^https:\/\/pay\.example\.org\/checkout\?step=1&sojourn=[\w.-]+#form$/)
  const landed = start(decorated, {}, shop)
  await run(10_000)
  expect(address(landed.tab)).toBe(pay)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 2, lastPage: { url: pay.replace('#form', '') } }])
  expect(visitors()).toBe(1)
  expect(JSON.stringify(collector.events())).not.toContain('sojourn=')
})

test.each<[string, string]>([
  ['another site', 'https://elsewhere.example.net/'],
  ['a domain that only ends alike', 'https://notexample.org/'],
  ['the page’s own host', 'https://shop.example.com/cart'],
  ['a path', '/cart'],
  ['no address', 'http://['],
  ['mail', 'mailto:x@example.org'],
])('a link to %s stays as it is', async (_, link) => {
  const { from } = await setUp()
  expect(from.tracker.decorate(link)).toBe(link)
})

test('before a session is known, and without linkDomains, addresses stay as they are', async () => {
  const { run, start } = await setUp()
  const early = start('https://other.example.com/')
  expect(early.tracker.decorate(pay)).toBe(pay)
  const without = start('https://third.example.com/', { linkDomains: undefined as never })
  await run(10_000)
  expect(without.tracker.decorate(pay)).toBe(pay)
})

test('a link that is decorated again has one token', async () => {
  const { run, from } = await setUp()
  const first = from.tracker.decorate(pay)
  await run(1000)
  const second = from.tracker.decorate(first)
  expect(second.match(/sojourn=/g)).toHaveLength(1)
  expect(second).not.toBe(first)
})

test.each<[string, number, number]>([
  ['within two minutes', 2 * minute - 1000, 1],
  ['after two minutes', 2 * minute, 2],
])('a token %s counts or does not', async (_, wait, count) => {
  const { run, start, from, visitors } = await setUp()
  const decorated = from.tracker.decorate(pay)
  await run(wait)
  start(decorated)
  await run(10_000)
  expect(visitors()).toBe(count)
})

test('a token counts once: the same address again does not bring the visit back', async () => {
  const { run, start, from, collector } = await setUp()
  const decorated = from.tracker.decorate(pay)
  const first = start(decorated)
  await run(10_000)
  first.tracker.reset()
  await run(1000)
  const again = start(decorated)
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ status: 'ended' }, { sessionIndex: 2, pageviewCount: 1 }])
  expect(address(again.tab)).toBe(pay)
})

test.each<[string, (address: string) => string, string]>([
  ['was changed', decorated => decorated.replace(/sojourn=(....)/, 'sojourn=$1x'), ''],
  ['was cut', decorated => decorated.replace(/...#form/, '#form'), ''],
  ['is nothing', () => 'https://pay.example.org/?sojourn=', ''],
  ['comes from a page of somebody else', decorated => decorated, 'https://evil.example.net/'],
])('a token that %s is not taken', async (_, change, referrer) => {
  const { run, start, from, visitors } = await setUp()
  const landed = start(change(from.tracker.decorate(pay)), {}, referrer)
  await run(10_000)
  expect(visitors()).toBe(2)
  expect([address(landed.tab).includes('sojourn'), landed.tab.uncaught, landed.tab.errors()]).toEqual([false, [], []])
})

test('an own earlier visit is left for the one that the link brings', async () => {
  const { run, start, from, collector } = await setUp()
  const earlier = start('https://pay.example.org/')
  await run(10_000)
  await earlier.tab.close()
  await run(1000)
  start(from.tracker.decorate(pay), {}, shop)
  await run(10_000)
  expect(collector.sessions().map(({ pageviewCount }) => pageviewCount)).toEqual([2, 1])
})

test('what an earlier visit has yet to send is still of its own visitor when the link brings another one', async () => {
  const { run, start, from, collector } = await setUp()
  const earlier = start('https://pay.example.org/')
  await run(10_000)
  collector.answer = () => 'unreachable'
  earlier.tracker.track('kept')
  await earlier.tab.close()
  const landed = start(from.tracker.decorate(pay), {}, shop)
  landed.tracker.track('landed')
  await run(5000)
  collector.answer = () => 'accept'
  await run(10 * minute)
  expect(collector.foreign()).toBe(0)
  expect(collector.of('custom').map(({ eventName }) => eventName).sort()).toEqual(['kept', 'landed'])
  expect(collector.sessions().map(({ pageviewCount }) => pageviewCount)).toEqual([2, 1])
})

test('an earlier visit that goes on in another tab of the landing host has lost nothing', async () => {
  const { run, start, from, collector } = await setUp()
  const earlier = start('https://pay.example.org/')
  await run(10_000)
  collector.answer = () => 'unreachable'
  earlier.tracker.track('before')
  await run(1000)
  start(from.tracker.decorate(pay), {}, shop)
  await run(1000)
  earlier.tracker.track('after')
  collector.answer = () => 'accept'
  await run(10 * minute)
  expect(collector.foreign()).toBe(0)
  expect(collector.of('custom').map(({ eventName }) => eventName).sort()).toEqual(['after', 'before'])
})

test('nothing leaves with a link while the answer is pending or after a refusal', async () => {
  const { run, start } = await setUp()
  const { tracker } = start('https://www.example.com/', { consent: 'pending' })
  await run(1000)
  expect(tracker.decorate(pay)).toBe(pay)
  tracker.consent('granted')
  await run(1000)
  expect(tracker.decorate(pay)).not.toBe(pay)
  tracker.consent('denied')
  await run(1000)
  expect(tracker.decorate(pay)).toBe(pay)
})

test('a consent given on the landing page still takes the visit over', async () => {
  const { run, start, from, visitors } = await setUp()
  const { tracker } = start(from.tracker.decorate(pay), { consent: 'pending' }, shop)
  await run(5 * minute)
  tracker.consent('granted')
  await run(10_000)
  expect(visitors()).toBe(1)
})

const createLink = (href: string) => {
  const attributes = new Map([['href', href]])
  return {
    get href() {
      return attributes.get('href')!
    },
    getAttribute: (name: string) => attributes.get(name) ?? null,
    setAttribute: (name: string, value: string) => void attributes.set(name, value),
  }
}

test.each(['click', 'auxclick'])('a link is decorated while it is followed (%s), and is as it was after', async type => {
  const { run, from } = await setUp()
  const link = createLink(pay)
  from.tab.input(type, { composedPath: () => [{}, link, {}] })
  expect(link.href).toContain('sojourn=')
  await run(1)
  expect(link.href).toBe(pay)
})

test('window.open takes the visit along', async () => {
  const { from } = await setUp()
  from.tab.run(`window.open('${pay}'); window.open('/own'); window.open()`)
  expect(from.tab.opened).toEqual([expect.stringContaining('sojourn='), '/own', undefined])
})

test('after stop links are left alone', async () => {
  const { from } = await setUp()
  from.tracker.stop()
  expect(from.tracker.decorate(pay)).toBe(pay)
})
