import { expect, test } from 'vitest'
import type { TrackerOptions } from '../../src/tracker/options.ts'
import { createTestPlatform } from './createTestPlatform.ts'
import type { TabOptions } from './platform/tab.ts'

const minute = 60_000
const shop = 'https://shop.example.com/'
const help = 'https://help.example.com/'

const setUp = async (given: Partial<TrackerOptions> = {}) => {
  const platform = await createTestPlatform()
  const start = (url: string, options: Partial<TrackerOptions> = {}, page: TabOptions = {}) => {
    const tab = platform.open({ url, ...page })
    return { tab, tracker: tab.start({ cookieDomain: 'example.com', ...given, ...options }) }
  }
  const visitors = (): number => new Set(platform.collector.requests.map(({ batch }) => batch.visitor.id)).size
  return { ...platform, start, visitors }
}

test('subdomains share visitor and session', async () => {
  const { run, start, collector, visitors } = await setUp()
  const first = start(shop)
  await run(10_000)
  await first.tab.close()
  await run(20_000)
  const second = start(help)
  await run(10_000)
  const shown = second.tracker.session()
  await run(10)
  expect(await shown).toMatchObject({ pageviewCount: 2, sessionIndex: 1 })
  await second.tab.close()
  start(`${shop}back`)
  await run(10_000)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 3, entryPage: { hostname: 'shop.example.com' }, lastPage: { pathname: '/back' } }])
  expect(visitors()).toBe(1)
})

test('without a cookieDomain each host has its own visitor, and no cookie', async () => {
  const { run, start, collector, visitors, cookies } = await setUp({ cookieDomain: undefined as never })
  start(shop)
  await run(10_000)
  start(help)
  await run(10_000)
  expect([collector.sessions().length, visitors(), cookies.all()]).toEqual([2, 2, []])
})

test('the visit goes on across subdomains whatever the site says of its campaigns, and however long one is', async () => {
  const clickIds = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`partner_click_${i}`, { network: `Partner ${i}`, source: `partner${i}`, medium: 'affiliate' }]))
  const { run, start, collector, visitors } = await setUp({ campaign: { clickIds } })
  const first = start(`${shop}?utm_source=news&utm_content=${'%C3%A4'.repeat(400)}`)
  await run(10_000)
  await first.tab.close()
  start(help)
  await run(10_000)
  expect(visitors()).toBe(1)
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 2, mktCampaign: { source: 'news' } }])
})

test('what a host has yet to send is still of its own visitor when the option comes later', async () => {
  const { run, start, collector } = await setUp()
  const earlier = start(help, { cookieDomain: undefined as never })
  await run(10_000)
  collector.answer = () => 'unreachable'
  earlier.tracker.track('kept')
  await earlier.tab.close()
  await run(1000)
  collector.answer = () => 'accept'
  start(shop)
  await run(10_000)
  start(`${help}again`).tracker.track('shared')
  await run(10_000)
  expect(collector.foreign()).toBe(0)
  expect(collector.of('custom').map(({ eventName }) => eventName)).toEqual(['kept', 'shared'])
})

test('a session that timed out on one subdomain is followed by the next on another, counted on', async () => {
  const { run, start, collector, visitors } = await setUp()
  const first = start(shop)
  await run(10_000)
  await first.tab.close()
  await run(40 * minute)
  start(help)
  await run(10_000)
  const [before, after] = collector.sessions()
  expect(after).toMatchObject({ sessionIndex: 2, previousSessionId: before!.id })
  expect(visitors()).toBe(1)
})

test('a reset on one subdomain ends the session on all, and forgets who had been named', async () => {
  const { run, start, collector } = await setUp()
  const first = start(shop)
  await run(1000)
  const second = start(help)
  second.tracker.identify('c-1')
  await run(10_000)
  first.tracker.track('logout')
  first.tracker.reset()
  await run(10_000)
  second.tracker.track('next')
  await run(10_000)
  const [before, after] = collector.sessions()
  expect(before).toMatchObject({ status: 'ended', customerId: 'c-1' })
  expect(after).toMatchObject({ sessionIndex: 2, eventCount: 1 })
  expect(after).not.toHaveProperty('customerId')
})

test('the cookie holds no customer, no page and no trait', async () => {
  const { run, start, cookies } = await setUp()
  const { tracker } = start(`${shop}secret-path?q=words`)
  tracker.identify('c-1017', { traits: { email: 'x@example.com' } })
  await run(10_000)
  expect(cookies.all()).toHaveLength(1)
  expect(decodeURIComponent(cookies.all()[0]!)).not.toMatch(/c-1017|x@example|secret|words/)
})

test.each(['sojourn.shop=', 'sojourn.shop=%7B', 'sojourn.shop=null', 'sojourn.shop=%E0%A4%A', `sojourn.shop=${encodeURIComponent('{"v":1,"visitor":"x","session":{}}')}`])(
  'a cookie that is none of ours (%s) is ignored',
  async text => {
    const { run, start, collector, cookies } = await setUp()
    cookies.write('shop.example.com', `${text};domain=example.com`)
    const { tab } = start(shop)
    await run(10_000)
    expect(collector.sessions()).toMatchObject([{ pageviewCount: 1 }])
    expect([tab.uncaught, tab.errors()]).toEqual([[], []])
  },
)

test.each<[TabOptions['modules'], number]>([
  ['never', 0],
  ['refused', 1],
])('where the part with the cookie is %s, no event is lost', async (modules, sentBefore) => {
  const { run, open, collector } = await setUp()
  const tab = open({ url: shop, modules })
  tab.runScript('https://collect.example.com/sojourn.js', { site: 'shop', cookieDomain: 'example.com' })
  await run(10_000)
  expect(collector.of('pageview')).toHaveLength(sentBefore)
  await tab.close()
  await run(1000)
  expect(collector.of('pageview')).toHaveLength(1)
  expect([tab.uncaught, tab.errors()]).toEqual([[], []])
})

test('with the script, too, subdomains share a session', async () => {
  const { run, open, collector } = await setUp()
  for (const url of [shop, help]) {
    open({ url }).runScript('https://collect.example.com/sojourn.js', { site: 'shop', cookieDomain: 'example.com' })
    await run(10_000)
  }
  expect(collector.sessions()).toMatchObject([{ pageviewCount: 2 }])
})

test('a refusal erases the cookie, and nothing is written while the answer is pending', async () => {
  const { run, start, cookies } = await setUp()
  const pending = start(shop, { consent: 'pending' })
  await run(10_000)
  expect(cookies.all()).toEqual([])
  pending.tracker.consent('granted')
  await run(10_000)
  expect(cookies.all()).toHaveLength(1)
  start(help, { consent: 'denied' })
  await run(10)
  expect(cookies.all()).toEqual([])
})

test('anonymous pages have no cookie', async () => {
  const { run, start, cookies } = await setUp({ anonymous: true })
  start(shop)
  await run(10_000)
  expect(cookies.all()).toEqual([])
})
