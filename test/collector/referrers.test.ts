import { expect, test } from 'vitest'
import { createReferrerNames } from '../../src/collector/enrich/referrers/createReferrerNames.ts'
import { createToArrivalFacts } from '../../src/collector/enrich/toArrivalFacts.ts'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection } from '../../src/collector/projection/projection.ts'
import { createServedSession } from '../../src/collector/reading/servedSession.ts'
import { toPageFacts } from '../../src/collector/reading/toPageFacts.ts'
import type { Event, SessionStart } from '../../src/model/index.ts'
import { batchOf, idOf, opening, start } from './batches.ts'

const site = { id: 'shop', origins: ['https://shop.example.com', 'https://help.example.com'] }

const fold = async (...batches: Event[][]) => {
  const log = createMemoryEventLog()
  const sessions = createMemorySessionStore([site])
  const projection = createProjection({ log, sessions, sites: [site], toFacts: ({ batch }) => ({ visitorId: batch.visitor.id }), toArrivalFacts: createToArrivalFacts(createReferrerNames()) })
  let sentAt = start
  for (const events of batches) {
    const batch = batchOf({ sentAt: sentAt++ }, events)
    await log.append({ receivedAt: sentAt, site: 'shop', address: null, userAgent: null, batch })
  }
  while (projection.run());
  const stored = sessions.get(idOf(1))!
  return { served: createServedSession([site])(stored, start), page: toPageFacts(stored) }
}

const from = (referrer: string): Event => opening(1, { start: { type: 'web', index: 1, referrer } })
const later: Event = { id: idOf(2), type: 'custom', eventName: 'added', at: start + 1, session: idOf(1), seq: 1, tab: 'tab-1' }

const google = { name: 'Google', medium: 'search', keywords: 'shoes', domain: 'google.com' }

test('the Session and the page get the named referrer', async () => {
  const { served, page } = await fold([from('https://www.google.com/search?q=shoes'), later])
  expect([served.referrer, page.referrer]).toMatchObject([google, google])
})

test('in whatever order the batches come', async () => {
  const opener = from('https://www.google.com/search?q=shoes')
  const [forward, backward] = await Promise.all([fold([opener], [later]), fold([later], [opener])])
  expect(backward.served.referrer).toMatchObject(google)
  expect(JSON.stringify(backward)).toBe(JSON.stringify(forward))
})

test('another host of the site is internal', async () => {
  expect((await fold([from('https://help.example.com/returns')])).served.referrer).toMatchObject({ medium: 'internal' })
})

const entered = (start: Partial<SessionStart>): Event => opening(1, { start: { type: 'web', index: 1, ...start }, page: { url: 'https://shop.example.com/about' } })

test.each([
  ['a page of the site', 'https://shop.example.com/?utm_source=mail&gclid=A1'],
  ['another host of it', 'https://help.example.com/?utm_source=mail&gclid=A1'],
])('what brought a visitor to %s who could not be told about there is read of its address', async (_, referrer) => {
  const { served, page } = await fold([entered({ referrer })])
  expect(served).toMatchObject({ mktCampaign: { source: 'mail', clickId: 'A1', network: 'google', medium: 'cpc' }, referrer: { medium: 'internal' } })
  expect(page.mktCampaign).toEqual(served.mktCampaign)
})

test.each([
  ['of a later session', { index: 2, referrer: 'https://shop.example.com/?utm_source=mail' }],
  ['of somebody else', { referrer: 'https://blog.example.net/?utm_source=mail' }],
  ['of a payment service', { referrer: 'https://www.paypal.com/?utm_source=mail' }],
])('but not that %s', async (_, start) => expect((await fold([entered(start)])).served.mktCampaign).toBeUndefined())

test('and the landing page stands before it', async () => {
  const { served } = await fold([entered({ referrer: 'https://shop.example.com/?utm_source=mail', campaign: { tags: 'utm_source=poster' } })])
  expect(served.mktCampaign).toEqual({ source: 'poster' })
})

test('a direct visit has none', async () => {
  const { served, page } = await fold([opening(1)])
  expect([served.referrer, page.referrer]).toEqual([undefined, undefined])
})
