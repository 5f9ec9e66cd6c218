import { expect, test } from 'vitest'
import { createReferrerNames } from '../../../src/collector/enrich/referrers/createReferrerNames.ts'
import { createToArrivalFacts } from '../../../src/collector/enrich/toArrivalFacts.ts'
import { reduceSession, type Event, type SessionState } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'

const site = { id: 'shop', origins: ['https://shop.example.com'] }
const other = { ...site, origins: [...site.origins, 'https://blog.example.org'] }

const pageview = (n: number, url: string, at = start + n): Event => ({ id: idOf(n), type: 'pageview', at, session: idOf(1), seq: n, tab: 'tab-1', page: { url } })

const opener = opening(1, { start: { type: 'web', index: 1, referrer: 'https://blog.example.org/shoes' }, page: { url: 'https://shop.example.com/' } })

const fold = (state: SessionState | undefined, ...events: Event[]): SessionState => events.reduce<SessionState | undefined>(reduceSession, state)!

test('what is known of a session is not worked out again while it goes on', () => {
  let named = 0
  const nameReferrer = createReferrerNames()
  const toArrivalFacts = createToArrivalFacts((...given) => {
    named++
    return nameReferrer(...given)
  })
  const first = fold(undefined, opener)
  const states = [first, fold(first, pageview(2, 'https://shop.example.com/2')), fold(first, pageview(2, '/2'), pageview(3, '/3'))]
  expect(states.map(state => toArrivalFacts(state, site).referrer?.domain)).toEqual(Array(3).fill('blog.example.org'))
  expect(named).toBe(1)
})

test('is worked out anew for an earlier first page, and for a site that is configured otherwise', () => {
  const toArrivalFacts = createToArrivalFacts(createReferrerNames())
  const state = fold(undefined, opener)
  const earlier = fold(state, pageview(9, 'https://blog.example.org/cart', start - 1000))
  const mediums = [toArrivalFacts(state, site), toArrivalFacts(earlier, site), toArrivalFacts(state, other), toArrivalFacts(state, site)]
  expect(mediums.map(({ referrer }) => referrer?.medium)).toEqual(['unknown', 'internal', 'internal', 'unknown'])
})
