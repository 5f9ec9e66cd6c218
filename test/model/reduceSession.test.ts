import { describe, expect, test } from 'vitest'
import { countSeen, leftAtOf, reduceSession, toSession, type Event, type Session } from '../../src/model/index.ts'
import { fold, idOf, sessionId, show, start, toEvents, type Given } from './fold.ts'

const shop = { url: 'https://shop.example.com/', title: 'Shop' }
const cart = { url: 'https://shop.example.com/cart' }
const date = (seconds: number): string => new Date(start + seconds * 1000).toISOString()
const of = (session: Session, ...keys: (keyof Session)[]): Partial<Session> => Object.fromEntries(keys.filter(key => key in session).map(key => [key, session[key]]))

test('given one pageview, the Session is that of a visitor who has just come', () => {
  expect(show([{ type: 'pageview', page: shop }])).toEqual({
    id: sessionId,
    type: 'web',
    createdDate: date(0),
    status: 'active',
    sessionIndex: 1,
    eventCount: 1,
    pageviewCount: 1,
    screenviewCount: 0,
    lastEvent: { id: sessionId, eventName: 'pageview', createdDate: date(0) },
    entryPage: { url: shop.url, title: 'Shop', domain: 'shop.example.com', hostname: 'shop.example.com', pathname: '/', breadcrumb: [] },
    lastPage: { url: shop.url, title: 'Shop', domain: 'shop.example.com', hostname: 'shop.example.com', pathname: '/', breadcrumb: [] },
    durationInSeconds: 0,
    engagement: { activeSeconds: 0, idleSeconds: 0, awaySeconds: 0 },
    idleDate: date(60),
    awayDate: date(300),
    authenticated: false,
  })
})

test('given a whole visit, every part of the Session is told', () => {
  const visit = [
    {
      type: 'pageview',
      page: shop,
      searchTerms: ['red shoes'],
      start: {
        type: 'app',
        index: 3,
        previous: idOf(99),
        referrer: 'https://www.google.com/search?q=shoes',
        campaign: { name: 'spring', source: 'newsletter' },
        customer: { id: 'c-1', type: 'crm' },
        rules: { idleAfterSeconds: 10 },
      },
    },
    { type: 'custom', at: 20, eventName: 'cart_changed', page: cart, attributes: { total: 49.9, skus: ['a'] }, idle: 10_000 },
    { type: 'screenview', at: 25, screen: 'Checkout', attributes: { total: 60, skus: ['b', 'a'] }, idle: 10_000 },
    { type: 'activity', at: 40, state: 'idle', idle: 10_000 },
  ] as const
  expect(show([...visit], { seconds: 40, facts: { visitorId: 'v-1', shortId: '1234' } })).toEqual({
    id: sessionId,
    type: 'app',
    createdDate: date(0),
    status: 'idle',
    customerId: 'c-1',
    customerIdType: 'crm',
    sessionIndex: 3,
    previousSessionId: idOf(99),
    eventCount: 3,
    pageviewCount: 1,
    screenviewCount: 1,
    lastEvent: { id: idOf(2), eventName: 'screenview', createdDate: date(25) },
    entryPage: { url: shop.url, title: 'Shop', domain: 'shop.example.com', hostname: 'shop.example.com', pathname: '/', breadcrumb: [] },
    lastPage: { url: cart.url, domain: 'shop.example.com', hostname: 'shop.example.com', pathname: '/cart', breadcrumb: [] },
    lastScreen: 'Checkout',
    durationInSeconds: 25,
    engagement: { activeSeconds: 15, idleSeconds: 10, awaySeconds: 0 },
    idleDate: date(35),
    awayDate: date(325),
    mktCampaign: { name: 'spring', source: 'newsletter' },
    referrer: { url: 'https://www.google.com/search?q=shoes', domain: 'google.com', hostname: 'www.google.com', pathname: '/search', queryString: 'q=shoes', medium: 'unknown' },
    searchTerms: ['red shoes'],
    attributes: { total: { dataType: 'number', value: '60' } },
    attributeLists: { skus: { dataType: 'string', values: ['a', 'b'] } },
    visitorId: 'v-1',
    shortId: '1234',
    authenticated: false,
  })
})

describe('what counts', () => {
  test('pageviews, screenviews and custom events do; identify, activity and end do not', () => {
    const session = show([
      { type: 'pageview', page: shop },
      { type: 'custom', eventName: 'a', at: 1 },
      { type: 'screenview', screen: 'S', at: 2 },
      { type: 'identify', customer: { id: 'c', type: 't' }, at: 3 },
      { type: 'activity', state: 'active', at: 4 },
      { type: 'end', reason: 'reset', at: 5 },
    ])
    expect(of(session, 'eventCount', 'pageviewCount', 'screenviewCount', 'durationInSeconds', 'lastEvent')).toEqual({
      eventCount: 3,
      pageviewCount: 1,
      screenviewCount: 1,
      durationInSeconds: 2,
      lastEvent: { id: idOf(2), eventName: 'screenview', createdDate: date(2) },
    })
  })

  test('an event that comes again changes nothing, not even the object', () => {
    const events = toEvents([{ type: 'pageview', page: shop }, { type: 'custom', eventName: 'a', at: 1 }])
    const state = fold(events)
    expect(reduceSession(state, events[1]!)).toBe(state)
  })

  test('a session whose opening event is lost still counts the others', () => {
    const [, second] = toEvents([{ type: 'pageview', page: shop }, { type: 'custom', eventName: 'a', at: 1 }])
    const session = toSession(fold([second!]), {}, { now: start })
    expect(of(session, 'id', 'type', 'createdDate', 'eventCount', 'sessionIndex')).toEqual({ id: sessionId, type: 'web', createdDate: date(1), eventCount: 1 })
  })

  test.each([
    [[0, 1, 2], { received: 3, missing: 0 }],
    [[2, 0, 1], { received: 3, missing: 0 }],
    [[0, 2, 5], { received: 3, missing: 3 }],
    [[3], { received: 1, missing: 3 }],
    [[0, 0, 0], { received: 1, missing: 0 }],
    [[5, 4, 3, 2, 1], { received: 5, missing: 1 }],
  ])('events numbered %j leave so many missing', (numbers, seen) => {
    const state = fold(numbers.map((seq, n) => ({ ...toEvents([{ type: 'custom', eventName: 'a' }])[0]!, id: idOf(n), seq }) as Event))
    expect(countSeen(state.tabs.t1!.seen)).toEqual(seen)
  })

  test.each([
    ['lost', (seqs: number[]) => seqs.filter(seq => seq !== 1), 4999],
    ['the last to come', (seqs: number[]) => seqs.toSorted((a, b) => Number(a === 1) - Number(b === 1)), 5000],
  ])('a long session goes on when one of its events is %s', (_name, arrive, received) => {
    const events = toEvents(Array.from({ length: 5000 }, (_, at) => ({ type: 'custom', eventName: 'a', at })))
    const state = fold(arrive(events.map(({ seq }) => seq)).map(seq => events[seq]!))
    expect(toSession(state, {}, { now: start })).toMatchObject({ eventCount: received, lastEvent: { id: idOf(4999) }, durationInSeconds: 4999 })
    expect(countSeen(state.tabs.t1!.seen)).toEqual({ received, missing: 5000 - received })
  })

  test('a page that loads itself anew all day is counted to the end, and is seen until its newest document is hidden', () => {
    const loads = 2500
    const events = toEvents(
      Array.from({ length: loads }, (_, n): Given[] => [
        { type: 'pageview', page: { url: `${shop.url}?n=${n}` }, tab: `t${n}`, at: n * 40 },
        { type: 'activity', state: 'active', visible: false, tab: `t${n}`, at: n * 40 + 39 },
      ]).flat(),
    )
    const hidden = fold(events)
    const seen = fold(events.slice(0, -1))
    expect(toSession(seen, {}, { now: start })).toMatchObject({ pageviewCount: loads, lastPage: { url: `${shop.url}?n=${loads - 1}` } })
    expect(leftAtOf(seen)).toBeUndefined()
    expect(leftAtOf(hidden)).toBe(start + (loads * 40 - 1) * 1000)
    expect(Object.keys(hidden.tabs).length).toBeLessThan(loads)
  })

  test('a tab named like a part of every object is a tab', () => {
    const session = show([
      { type: 'pageview', page: shop, tab: '__proto__' },
      { type: 'pageview', page: shop, tab: 'constructor', at: 1 },
      { type: 'pageview', page: shop, tab: '__proto__', at: 2 },
    ])
    expect(session.pageviewCount).toBe(3)
  })
})

describe('pages and screens', () => {
  test('the first pageview is the entry, and the newest counted event with a page has the last page', () => {
    const session = show([
      { type: 'custom', eventName: 'early', page: cart },
      { type: 'pageview', page: shop, at: 1 },
      { type: 'pageview', page: cart, at: 2 },
      { type: 'activity', state: 'idle', page: shop, at: 62 },
    ])
    expect([session.entryPage?.url, session.lastPage?.url]).toEqual([shop.url, cart.url])
  })

  test('events of one millisecond stand in the order of their ids', () => {
    const session = show([{ type: 'pageview', page: shop }, { type: 'pageview', page: cart }, { type: 'custom', eventName: 'last' }])
    expect([session.entryPage?.url, session.lastPage?.url, session.lastEvent.eventName]).toEqual([shop.url, cart.url, 'last'])
  })

  test('a referrer of the site itself is internal', () => {
    const session = show([{ type: 'pageview', page: shop, start: { type: 'web', index: 2, referrer: 'https://www.shop.example.com/x' } }])
    expect(session.referrer?.medium).toBe('internal')
  })
})

describe('the customer', () => {
  const named = (id: string, at: number) => ({ type: 'identify', customer: { id, type: 'crm' }, at }) as const

  test('is the one named last, in whatever order the events come', () => {
    const events = toEvents([{ type: 'pageview', page: shop }, named('first', 1), named('second', 2)])
    for (const order of [events, [...events].reverse()]) expect(toSession(fold(order), { visitorId: 'v' }, { now: start })).toMatchObject({ customerId: 'second', customerIdType: 'crm' })
  })

  test('is the visitor while nobody was named', () => {
    expect(of(show([{ type: 'pageview', page: shop }], { facts: { visitorId: 'v' } }), 'customerId', 'customerIdType')).toEqual({ customerId: 'v', customerIdType: 'cookie' })
  })

  test('has neither traits nor a token in the Session', () => {
    const session = show([{ ...named('c', 0), traits: { email: 'x@example.com' }, token: 'secret' }])
    expect(JSON.stringify(session)).not.toMatch(/x@example\.com|secret/)
  })
})

describe('facts', () => {
  test('are shown as they are, and authenticated is false unless they say otherwise', () => {
    const facts = { shortId: '1234', ipAddress: '203.0.113.7', geolocation: { country: 'DE' }, divisionIds: ['d'], selfUri: '/v1/sessions/x' }
    expect(show([{ type: 'pageview', page: shop }], { facts })).toMatchObject({ ...facts, authenticated: false })
    expect(show([{ type: 'pageview', page: shop }], { facts: { authenticated: true } }).authenticated).toBe(true)
  })

  test('of the collector on the referrer stand before what the page knows', () => {
    const referrer = { url: 'https://www.google.com/', domain: 'google.com', hostname: 'www.google.com', pathname: '/', name: 'Google', medium: 'search' as const }
    const opening = { type: 'web', index: 1, referrer: 'https://www.google.com/' }
    expect(show([{ type: 'pageview', page: shop, start: opening }], { facts: { referrer } }).referrer).toEqual(referrer)
  })
})
