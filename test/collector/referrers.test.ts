import { expect, test } from 'vitest'
import { createReferrerNames } from '../../src/collector/enrich/referrers/createReferrerNames.ts'
import { createToArrivalFacts } from '../../src/collector/enrich/toArrivalFacts.ts'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection } from '../../src/collector/projection.ts'
import { createServedSession } from '../../src/collector/servedSession.ts'
import { toPageFacts } from '../../src/collector/toPageFacts.ts'
import type { Event } from '../../src/model/index.ts'
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

test('a direct visit has none', async () => {
  const { served, page } = await fold([opening(1)])
  expect([served.referrer, page.referrer]).toEqual([undefined, undefined])
})
