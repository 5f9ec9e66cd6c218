import { describe, expect, onTestFinished, test } from 'vitest'
import type { CampaignDay, CampaignName } from '../../../src/collector/campaigns/campaignCounts.ts'
import { dayLength } from '../../../src/collector/campaigns/campaignCounts.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { start } from '../batches.ts'
import { createTestEndpoint } from '../createTestEndpoint.ts'

const today = Math.floor(start / dayLength)

const spring: CampaignName = { site: 'shop', name: 'spring', source: 'mail', medium: 'email' }

const counts = (day: number, sessions = 1): CampaignDay => ({ day, sessions, pageviews: 2 * sessions, outcomes: 0 })

const setUp = (...entries: [CampaignName, CampaignDay][]) => {
  const sessions = createMemorySessionStore([])
  sessions.transaction({ name: 'sessions', version: 1, position: 1 }, writer => entries.forEach(([of, day]) => writer.addCampaign(of, day)))
  const clock = { at: start }
  const { app, get } = createTestEndpoint({ sessions, clock: { now: () => clock.at, monotonicNow: () => 0 } })
  onTestFinished(() => app.close())
  return { clock, get: async (url: string) => (await get(url)).json() as Record<string, unknown>, app }
}

describe('campaigns', () => {
  test('are listed with what they have led to, by the day', async () => {
    const { get } = setUp([spring, counts(today, 3)], [spring, counts(today - 1)])
    expect(await get('/v1/campaigns')).toEqual({
      entities: [
        {
          ...{ ...spring, sessions: 4, pageviews: 8, outcomes: 0 },
          days: [
            { date: '2026-07-31', sessions: 1, pageviews: 2, outcomes: 0 },
            { date: '2026-08-01', sessions: 3, pageviews: 6, outcomes: 0 },
          ],
        },
      ],
    })
  })

  test.each([
    ['/v1/campaigns', ['new', 'month']],
    ['/v1/campaigns?from=2026-07-02', ['new', 'month', 'before']],
    ['/v1/campaigns?to=2026-08-01', ['month', 'before']],
    ['/v1/campaigns?to=2026-08-01T00:00:00.001Z', ['new', 'month']],
    ['/v1/campaigns?site=blog', []],
  ])('%s is about %j', async (url, names) => {
    const { get } = setUp([{ ...spring, name: 'new' }, counts(today, 3)], [{ ...spring, name: 'month' }, counts(today - 29, 2)], [{ ...spring, name: 'before' }, counts(today - 30)])
    expect(((await get(url)) as { entities: CampaignName[] }).entities.map(({ name }) => name)).toEqual(names)
  })

  test('come in pages', async () => {
    const { get } = setUp([{ ...spring, name: 'a' }, counts(today, 3)], [{ ...spring, name: 'b' }, counts(today, 2)])
    const first = await get('/v1/campaigns?limit=1&site=shop')
    expect(first.nextUri).toMatch(/^\/v1\/campaigns\?.*limit=1&site=shop&cursor=/)
    expect(await get(String(first.nextUri))).toMatchObject({ entities: [{ name: 'b' }] })
    expect(await get(String(first.nextUri))).not.toHaveProperty('nextUri')
  })

  test('are of the same days on every page, though midnight has passed', async () => {
    const { get, clock } = setUp([{ ...spring, name: 'a' }, counts(today, 3)], [{ ...spring, name: 'b' }, counts(today - 29, 2)], [{ ...spring, name: 'c' }, counts(today - 28)])
    const first = await get('/v1/campaigns?limit=1')
    clock.at += dayLength
    expect(await get(String(first.nextUri))).toMatchObject({ entities: [{ name: 'b' }] })
  })

  test.each([
    ['/v1/campaigns?form=1', 'form is unknown; did you mean from?'],
    ['/v1/campaigns?from=yesterday', 'from: expected an instant'],
    ['/v1/campaigns?from=2025-07-01', 'from: expected at most 366 days before to'],
    ['/v1/campaigns?cursor=x', 'cursor: expected what nextUri says'],
    ['/v1/campaigns/landing?url=https://shop.example.com/', 'site: is missing'],
    ['/v1/campaigns/landing?site=shop', 'url: expected an address such as'],
    ['/v1/campaigns/landing?site=shop&url=shop', 'url: expected an address such as'],
    ['/v1/campaigns/landing?site=shop&url=javascript:alert(1)', 'url: expected an address such as'],
    ['/v1/campaigns/landing?site=shoop&url=https://shop.example.com/', 'site: expected one of shop'],
  ])('%s is refused', async (url, detail) => {
    const { get } = setUp()
    expect(await get(url)).toMatchObject({ status: 400, code: 'invalid-query', detail: expect.stringContaining(detail) })
  })
})

test.each(['https://shop.example.com/?utm_source=mail', 'shop.example.com/?utm_source=mail', ' //shop.example.com/?utm_source=mail'])('the link %s is checked', async url => {
  const { get } = setUp()
  const query = new URLSearchParams({ site: 'shop', url, referrer: 'www.google.com' })
  expect(await get(`/v1/campaigns/landing?${query.toString()}`)).toMatchObject({
    site: 'shop',
    url: 'https://shop.example.com/?utm_source=mail',
    mktCampaign: { source: 'mail' },
    referrer: { name: 'Google', medium: 'search' },
    campaignReasons: [{ field: 'source', value: 'mail', because: 'the parameter utm_source' }],
    mistakes: [{ code: 'missing-medium' }],
  })
})

test('the sites are listed with what is told to pages, and nothing secret', async () => {
  const sites = [{ id: 'shop', origins: ['https://shop.example.com'], campaign: { parameters: { source: 'src' }, lowercase: ['source' as const] }, shortIdDigits: 5, identityKeys: [] }]
  const { app, get } = createTestEndpoint({ settings: { sites, addressPolicy: 'full', trustedProxies: [], rateLimits: { address: false, site: false } } })
  onTestFinished(() => app.close())
  expect((await get('/v1/sites')).json()).toEqual({
    entities: [{ id: 'shop', origins: ['https://shop.example.com'], campaign: sites[0]!.campaign, pageOptions: { campaign: { parameters: { source: 'src' } } } }],
  })
})

test.each(['/v1/campaigns', '/v1/campaigns/landing?site=shop&url=https://shop.example.com/', '/v1/sites'])('%s needs the API key', async url => {
  const { app } = setUp()
  expect((await app.inject({ method: 'GET', url })).json()).toMatchObject({ status: 401, code: 'invalid-api-key' })
})
