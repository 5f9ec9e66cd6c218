import { describe, expect, test } from 'vitest'
import { contextKeys, type ContextKey } from '../../src/model/contextKeys.ts'
import { createCriteriaEngine, type AssessedSession, type Assignments } from '../../src/model/criteriaEngine.ts'
import type { Definitions } from '../../src/model/definition.ts'
import { journeyKeys } from '../../src/model/journeyKeys.ts'
import { aboutVisit, criterion, outcome, pattern, segment } from './definitions.ts'
import { start, toEvents, type Given } from './fold.ts'

const web: AssessedSession = { type: 'web', createdAt: start, authenticated: false }

const assess = (definitions: Partial<Definitions>, given: Given[] = [], session: Partial<AssessedSession> = {}): Assignments => {
  const engine = createCriteriaEngine({ segments: [], outcomes: [], ...definitions })
  return engine.assess(engine.count(undefined, toEvents(given)), { ...web, ...session })
}

const isMet = (definitions: Partial<Definitions>, given: Given[] = [], session: Partial<AssessedSession> = {}): boolean =>
  assess(definitions, given, session).segments.length > 0

const page = { url: 'https://www.shop.example.com/cart/pay?step=2#top', title: 'Pay', keywords: 'pay, cart' }

/** A session in which every context key is known. */
const known: AssessedSession = {
  ...web,
  authenticated: true,
  device: { category: 'mobile', type: 'iPhone', isMobile: true, osFamily: 'iOS', osVersion: '18.1' },
  browser: { family: 'Safari', version: '18.1', lang: 'de-DE', featuresFlash: false, featuresJava: false, featuresPdf: true, featuresWebrtc: true },
  mktCampaign: { source: 'newsletter', medium: 'email', name: 'spring', term: 'shoes', content: 'top', clickId: 'abc', network: 'google' },
  geolocation: { country: 'DE', countryName: 'Germany', locality: 'Berlin', region: 'DE-BE', postalCode: '10115' },
  ipOrganization: 'Example Telecom',
  referrer: { url: 'https://www.google.com/search', domain: 'google.com', hostname: 'www.google.com', pathname: '/search', medium: 'search' },
}

const contextValues: Record<ContextKey, string> = {
  'device.category': 'mobile',
  'device.type': 'iPhone',
  'device.osFamily': 'iOS',
  'browser.family': 'Safari',
  'browser.lang': 'de-DE',
  'browser.version': '18.1',
  'mktCampaign.source': 'newsletter',
  'mktCampaign.medium': 'email',
  'mktCampaign.name': 'spring',
  'mktCampaign.term': 'shoes',
  'mktCampaign.content': 'top',
  'mktCampaign.clickId': 'abc',
  'mktCampaign.network': 'google',
  'geolocation.countryName': 'Germany',
  'geolocation.locality': 'Berlin',
  'geolocation.region': 'DE-BE',
  'geolocation.postalCode': '10115',
  'geolocation.country': 'DE',
  ipOrganization: 'Example Telecom',
  'referrer.url': 'https://www.google.com/search',
  'referrer.medium': 'search',
  'referrer.hostname': 'www.google.com',
  authenticated: 'true',
}

describe('a context key', () => {
  test('is one of 23', () => expect(contextKeys).toHaveLength(23))

  test.each(contextKeys)('%s is read from the session', key => {
    const segments = [segment('s', { context: [aboutVisit(key, [contextValues[key]])] })]
    expect(isMet({ segments }, [], known)).toBe(true)
    expect(isMet({ segments })).toBe(false)
  })
})

const journeyValues: Record<string, string> = {
  eventName: 'pageview',
  'page.url': page.url,
  'page.title': 'Pay',
  'page.hostname': 'www.shop.example.com',
  'page.domain': 'shop.example.com',
  'page.fragment': 'top',
  'page.keywords': 'pay, cart',
  'page.pathname': '/cart/pay',
  'page.queryString': 'step=2',
  searchQuery: 'red shoes',
  'attributes.total.value': '49.9',
  'attributes.skus.value': 'b',
  'attributes.a.value.b.value': 'yes',
  'attributes.__proto__.value': 'own',
}

describe('a journey key', () => {
  const attributes = Object.fromEntries([['total', 49.9], ['skus', ['a', 'b']], ['a.value.b', 'yes'], ['__proto__', 'own']])
  const full: Given = { type: 'pageview', page, searchTerms: ['red shoes', 'hats'], attributes }

  test('has a row here', () => expect(Object.keys(journeyValues)).toEqual(expect.arrayContaining([...journeyKeys])))

  test.each(Object.keys(journeyValues))('%s is read from the event', key => {
    const segments = [segment('s', { journey: [pattern({ criteria: [criterion(key, [journeyValues[key]!])] })] })]
    expect(isMet({ segments }, [full])).toBe(true)
    expect(isMet({ segments }, [{ type: 'custom', eventName: 'other' }])).toBe(false)
  })
})

describe('conditions', () => {
  const paid = pattern({ eventName: 'paid' })
  const shoes = pattern({ criteria: [criterion('page.pathname', ['/shoes'])] })
  const atShoes: Given = { at: 5, type: 'pageview', page: { url: 'https://shop.example.com/shoes' } }
  const pays: Given = { at: 9, type: 'custom', eventName: 'paid' }

  test('have to be met all: patterns, criteria, context', () => {
    const segments = [segment('s', { context: [aboutVisit('device.category', ['mobile'])], journey: [paid, shoes] })]
    expect(isMet({ segments }, [atShoes, pays], known)).toBe(true)
    expect(isMet({ segments }, [atShoes, pays])).toBe(false)
    expect(isMet({ segments }, [atShoes], known)).toBe(false)
    const both = [segment('s', { journey: [pattern({ criteria: [criterion('page.pathname', ['/shoes']), criterion('page.title', ['Shoes'])] })] })]
    expect(isMet({ segments: both }, [atShoes])).toBe(false)
  })

  test('are met by nobody where there is none, or where the definition is not active', () => {
    expect(isMet({ segments: [segment('s', {})] }, [atShoes], known)).toBe(false)
    expect(isMet({ segments: [segment('s', { journey: [shoes] }, { isActive: false })] }, [atShoes])).toBe(false)
  })

  test('of one event are not met by two', () => {
    const segments = [segment('s', { journey: [pattern({ criteria: [criterion('page.pathname', ['/a']), criterion('page.title', ['B'])] })] })]
    const views: Given[] = [
      { type: 'pageview', page: { url: 'https://shop.example.com/a', title: 'A' } },
      { type: 'pageview', page: { url: 'https://shop.example.com/b', title: 'B' } },
    ]
    expect(isMet({ segments }, views)).toBe(false)
  })

  test('count how often something happened, and the last time needed is the date', () => {
    const segments = [segment('s', { journey: [pattern({ eventName: 'paid', count: 3 })] })]
    const times = [40, 10, 30, 20].map((at): Given => ({ at, type: 'custom', eventName: 'paid' }))
    expect(assess({ segments }, times.slice(0, 2)).segments).toEqual([])
    expect(assess({ segments }, times).segments).toEqual([{ id: 's', at: start + 30_000 }])
  })

  test('are dated by the last one that was met, and by the opening where they are about the session alone', () => {
    const segments = [segment('both', { journey: [paid, shoes] }), segment('visit', { context: [aboutVisit('device.category', ['mobile'])] })]
    const { segments: found } = assess({ segments }, [atShoes, pays], known)
    expect(found).toEqual([
      { id: 'visit', at: start },
      { id: 'both', at: start + 9000 },
    ])
  })

  test('that need an identity are dated by when the customer was named', () => {
    const segments = [segment('s', { context: [aboutVisit('authenticated', ['true'])] })]
    const named: Given = { at: 7, type: 'identify', customer: { id: 'c', type: 'crm' } }
    expect(assess({ segments }, [{ type: 'pageview', page }, named], known).segments).toEqual([{ id: 's', at: start + 7000 }])
  })
})

describe('a stream', () => {
  const events: Given[] = [
    { type: 'pageview', page },
    { type: 'screenview', screen: 'Cart' },
    { type: 'custom', eventName: 'paid' },
    { type: 'activity', state: 'idle' },
    { type: 'end', reason: 'reset' },
  ]
  test.each([
    ['Web', 'web', 2],
    ['App', 'app', 2],
    ['Custom', 'web', 1],
    ['Conversation', 'conversation', 3],
  ] as const)('%s of sessions of the type %s has %i of five events', (streamType, sessionType, count) => {
    const has = (n: number, type = sessionType as string): boolean =>
      isMet({ segments: [segment('s', { journey: [pattern({ streamType, sessionType, count: n })] })] }, events, { type })
    expect([has(count), has(count + 1), has(count, 'other')]).toEqual([true, false, false])
  })
})

describe('scopes', () => {
  const journey = [pattern({ eventName: 'paid' })]
  const pays: Given = { type: 'custom', eventName: 'paid' }

  test('what is about a session ends with it, what is about a customer lasts', () => {
    const segments = [
      segment('session', { journey }, { assignmentExpirationDays: 7 }),
      segment('week', { journey }, { scope: 'Customer', assignmentExpirationDays: 7 }),
      segment('usual', { journey }, { scope: 'Customer' }),
    ]
    expect(assess({ segments }, [pays]).segments).toEqual([
      { id: 'session', at: start },
      { id: 'usual', at: start, until: start + 30 * 86_400_000 },
      { id: 'week', at: start, until: start + 7 * 86_400_000 },
    ])
  })

  test('an outcome is achieved in a session', () =>
    expect(assess({ outcomes: [outcome('o', { journey })] }, [pays])).toEqual({ segments: [], outcomes: [{ id: 'o', at: start }] }))
})

describe('the revision', () => {
  const of = (segments: Definitions['segments']): string => createCriteriaEngine({ segments, outcomes: [] }).revision
  const journey = [pattern({ eventName: 'paid' })]

  test('changes with the patterns, and with nothing else', () => {
    const one = of([segment('s', { journey })])
    expect(of([segment('other', { journey: [...journey, ...journey], context: [aboutVisit('authenticated', ['true'])] })])).toBe(one)
    expect(of([segment('s', { journey: [pattern({ eventName: 'paid', count: 2 })] })])).not.toBe(one)
    expect(of([])).not.toBe(one)
  })

  test('of other patterns begins to count anew', () => {
    const engine = createCriteriaEngine({ segments: [segment('s', { journey })], outcomes: [] })
    const events = toEvents([{ type: 'custom', eventName: 'paid' }])
    expect(engine.count({ revision: 'other', at: { x: [1] } }, events)).toEqual(engine.count(undefined, events))
  })
})
