import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayLength } from '../../../src/collector/campaigns/campaignCounts.ts'
import { createReferrerNames } from '../../../src/collector/enrich/referrers/createReferrerNames.ts'
import { createToArrivalFacts } from '../../../src/collector/enrich/toArrivalFacts.ts'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection } from '../../../src/collector/projection/projection.ts'
import type { Event, LandingCampaign, SiteCampaign } from '../../../src/model/index.ts'
import { outcome, pattern } from '../../model/definitions.ts'
import { batchOf, idOf, opening, start } from '../batches.ts'

const definitions = { segments: [], outcomes: [outcome('bought', { journey: [pattern({ eventName: 'paid' })] })] }

/** A collector without HTTP, and what it says of campaigns. */
const setUp = (campaign?: SiteCampaign) => {
  const sites = [{ id: 'shop', origins: [], ...(campaign && { campaign }) }]
  const log = createMemoryEventLog()
  const sessions = createMemorySessionStore(sites)
  const toArrivalFacts = createToArrivalFacts(createReferrerNames())
  const toFacts = ({ batch }: { batch: { visitor: { id: string } } }) => ({ visitorId: batch.visitor.id })
  const projection = createProjection({ log, sessions, sites, toFacts, toArrivalFacts, definitions, chunk: 3 })
  return {
    send: async (...batches: Event[][]) => {
      for (const events of batches) await log.append({ receivedAt: start, site: 'shop', address: null, userAgent: null, batch: batchOf({}, events) })
      while (projection.run());
    },
    list: () => sessions.campaigns({ fromDay: 0, toDay: 1_000_000 }, { limit: 100 }).entities,
  }
}

const day = Math.floor(start / dayLength)

const arrive = (session: number, campaign?: LandingCampaign): Event => opening(session, { start: { type: 'web', index: 1, ...(campaign && { campaign }) } })

const next = (session: number, seq: number, more: object = {}): Event =>
  ({ id: idOf(session * 100 + seq), type: 'pageview', at: start, session: idOf(session), seq, tab: 'tab-1', page: { url: 'https://shop.example.com/a' }, ...more }) as Event

const pay = (session: number, seq: number): Event => next(session, seq, { type: 'custom', eventName: 'paid', page: undefined })

test('sessions, their pageviews and what they achieved count for the campaign that led to them', async () => {
  const { send, list } = setUp()
  const spring = { name: 'spring', source: 'mail', medium: 'email', term: 'red', clickId: '1' }
  await send([arrive(1, spring)], [next(1, 1), pay(1, 2)], [arrive(2, { ...spring, term: 'blue' })], [arrive(3)], [next(1, 1)])
  const counts = { sessions: 2, pageviews: 3, outcomes: 1 }
  expect(list()).toEqual([{ site: 'shop', name: 'spring', source: 'mail', medium: 'email', ...counts, days: [{ day, ...counts }] }])
})

test('a click identifier names a campaign, and so does a rule of the site', async () => {
  const { send, list } = setUp({ rules: [{ when: { path: '/' }, set: { name: 'Poster' } }], clickIds: { pclid: { network: 'partnernet' } } })
  await send([arrive(1, { clickId: 'A', clickIdParameter: 'gclid' })], [arrive(2)], [arrive(3, { clickId: 'B', network: 'partnernet' })])
  expect(list().map(({ name, source, medium }) => [name, source, medium])).toEqual([
    ['Poster', 'google', 'cpc'],
    ['Poster', '', ''],
    ['Poster', 'partnernet', ''],
  ])
})

const seed = Date.now() & 0x7fffffff

test(`whatever the order and repetition of batches, the counts are the same (seed ${seed})`, async () => {
  const campaigns: (LandingCampaign | undefined)[] = [{ name: 'a' }, { name: 'b' }, undefined]
  const all = campaigns.flatMap((campaign, i) => [[arrive(i + 1, campaign)], [next(i + 1, 1)], [pay(i + 1, 2)], [next(i + 1, 3, { at: start - 2 * dayLength, tab: 'tab-2', seq: 0 })]])
  const listOf = async (batches: Event[][]): Promise<string> => {
    const { send, list } = setUp()
    await send(...batches)
    return JSON.stringify(list().sort((a, b) => (a.name < b.name ? -1 : 1)))
  }
  const expected = await listOf(all)
  expect(JSON.parse(expected)).toMatchObject([{ name: 'a', sessions: 1, pageviews: 3, outcomes: 1 }, { name: 'b' }])
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all), async (shuffled, again) => {
      expect(await listOf([...shuffled, ...again])).toBe(expected)
    }),
    { numRuns: 50, seed },
  )
})
