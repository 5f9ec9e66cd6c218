import { describe, expect, test } from 'vitest'
import { describeEvent } from '../../src/live/describeEvent.ts'
import { describeSource } from '../../src/live/describeSource.ts'
import { toFactGroups } from '../../src/live/factGroups.ts'
import { formatDate } from '../../src/live/format.ts'
import { toMilestones } from '../../src/live/milestones.ts'
import type { Event } from '../../src/model/event.ts'
import { samplePage, sampleSession } from './sampleSession.ts'

const base = { id: 'e', at: 0, session: 's', seq: 0, tab: 't' }

describe('an event in words', () => {
  test.each<[event: Event, title: string, minor: boolean]>([
    [{ ...base, type: 'pageview', page: { url: 'https://a.example/', title: 'Home' } }, 'Home', false],
    [{ ...base, type: 'pageview', page: { url: 'https://a.example/' } }, 'https://a.example/', false],
    [{ ...base, type: 'pageview' }, 'Page', false],
    [{ ...base, type: 'screenview', screen: 'Cart' }, 'Cart', false],
    [{ ...base, type: 'custom', eventName: 'order_completed' }, 'order_completed', false],
    [{ ...base, type: 'custom', eventName: 'web_action', attributes: { actionId: 'a', actionState: 'accepted' } }, 'Offer accepted', false],
    [{ ...base, type: 'custom', eventName: 'web_action', attributes: { actionState: 'offered' } }, 'Offer shown', false],
    [{ ...base, type: 'custom', eventName: 'web_action' }, 'Offer', false],
    [{ ...base, type: 'identify', customer: { id: 'c-1', type: 'crm' } }, 'Identified as c-1', false],
    [{ ...base, type: 'activity', state: 'idle' }, 'Went idle', true],
    [{ ...base, type: 'activity', state: 'away' }, 'Went away', true],
    [{ ...base, type: 'activity', state: 'active' }, 'Active', true],
    [{ ...base, type: 'activity', state: 'active', visible: false }, 'Left the tab', true],
    [{ ...base, type: 'activity', state: 'active', visible: true }, 'Came to the tab', true],
    [{ ...base, type: 'end', reason: 'reset' }, 'Ended by the site', false],
  ])('%j', (event, title, minor) => expect(describeEvent(event)).toEqual({ title, minor }))

  test('of a type that is not known yet is its type', () =>
    expect(describeEvent(JSON.parse('{"type":"scroll"}') as Event)).toEqual({ title: 'scroll', minor: true }))
})

const referrerOf = (domain: string, medium: 'search' | 'unknown' | 'internal', name?: string) => ({
  url: `https://${domain}/`,
  domain,
  hostname: domain,
  pathname: '/',
  medium,
  ...(name && { name }),
})

describe('what brought a visitor', () => {
  test.each([
    [{}, { kind: 'direct', text: 'Direct' }],
    [{ mktCampaign: { name: 'spring', source: 'newsletter', medium: 'email' } }, { kind: 'campaign', text: 'spring', detail: 'newsletter / email' }],
    [{ mktCampaign: { source: 'google', medium: 'cpc', clickId: 'x' } }, { kind: 'campaign', text: 'google / cpc' }],
    [{ mktCampaign: { clickId: 'x' } }, { kind: 'campaign', text: 'x' }],
    [{ mktCampaign: { content: 'y' } }, { kind: 'campaign', text: 'Campaign' }],
    [{ referrer: referrerOf('www.google.com', 'search', 'Google') }, { kind: 'referrer', text: 'Google', detail: 'search' }],
    [{ referrer: referrerOf('blog.example', 'unknown') }, { kind: 'referrer', text: 'blog.example' }],
    [{ referrer: referrerOf('shop.example', 'internal') }, { kind: 'direct', text: 'Direct' }],
    [{ mktCampaign: { name: 'spring' }, referrer: referrerOf('blog.example', 'unknown') }, { kind: 'campaign', text: 'spring' }],
  ])('%j', (session, source) => expect(describeSource(session)).toEqual(source))
})

describe('the facts of a session', () => {
  const factsOf = (fields: Parameters<typeof sampleSession>[0]) =>
    toFactGroups(sampleSession(fields)).flatMap(({ title, facts }) => facts.map(({ name, value, isLink }) => ({ at: `${title}: ${name}`, value, isLink })))

  test('leave out what is not known', () => expect(factsOf({}).filter(({ value }) => /undefined|null|NaN/.test(value))).toEqual([]))

  test('offer addresses as links, and nothing else', () => {
    const facts = factsOf({ lastPage: samplePage('/a', 'A'), entryPage: samplePage('/', 'Home'), externalUrl: 'https://crm.example/1', customerId: 'https://a.example/' })
    expect(facts.filter(({ isLink }) => isLink).map(({ at }) => at)).toEqual(['Identity: External page', 'Last page: Address', 'First page: Address'])
  })

  test('tell how much an outcome is worth, where that is known', () => {
    const achieved = (id: string, value?: number) => ({ outcome: { id }, achievedDate: '2026-03-01T12:00:00.000Z', ...(value !== undefined && { associatedValue: { dataType: 'Number' as const, value } }) })
    const outcomeAchievements = [achieved('order', 49.9), achieved('gift', 0), achieved('visit')]
    const date = formatDate('2026-03-01T12:00:00.000Z')
    expect(factsOf({ outcomeAchievements }).filter(({ at }) => at.startsWith('Outcomes'))).toMatchObject([
      { at: 'Outcomes: order', value: `worth 49.9, ${date}` },
      { at: 'Outcomes: gift', value: `worth 0, ${date}` },
      { at: 'Outcomes: visit', value: date },
    ])
    expect(toMilestones(sampleSession({ outcomeAchievements })).map(({ title }) => title)).toEqual(['order, worth 49.9', 'gift, worth 0', 'visit'])
  })

  test('show attributes under the names the site gave them', () => {
    const facts = factsOf({
      attributes: { __proto__x: { dataType: 'string', value: '1' }, total: { dataType: 'number', value: '49.9' } },
      attributeLists: { skus: { dataType: 'string', values: ['a', 'b'] } },
      delivery: { received: 9, missing: 0, duplicates: 2 },
    })
    expect(facts).toMatchObject(
      expect.arrayContaining([
        { at: 'Attributes: __proto__x', value: '1' },
        { at: 'Attributes: total', value: '49.9' },
        { at: 'Lists: skus', value: 'a, b' },
        { at: 'Delivery: Missing', value: '0' },
      ].map(fact => expect.objectContaining(fact))),
    )
  })

  test('tell what has brought the visitor first and last, and whether that was this visit', () => {
    const first = { sessionId: 'before', date: '2026-03-01T09:00:00.000Z', mktCampaign: { name: 'spring', source: 'newsletter' } }
    const last = { sessionId: 'between', date: '2026-03-02T09:00:00.000Z', referrer: referrerOf('www.google.com', 'search', 'Google') }
    const brought = (touches: Parameters<typeof sampleSession>[0]): string[] => factsOf(touches).flatMap(({ at, value }) => (at.startsWith('Brought by') ? [`${at.slice(12)}: ${value}`] : []))
    expect(brought({ touches: { first, last } })).toEqual([
      `First touch: spring, newsletter, ${formatDate(first.date)}`,
      `Last touch: Google, search, ${formatDate(last.date)}`,
      'This visit: by themselves',
    ])
    expect(brought({ id: 'between', touches: { first, last, session: last } })).toEqual([`First touch: spring, newsletter, ${formatDate(first.date)}`, 'Last touch: Google, search, in this visit'])
    expect(brought({ touches: {} })).toEqual([])
  })

  test('tell segments and outcomes with their instants', () => {
    const at = '2026-03-02T09:00:00.000Z'
    const facts = factsOf({ segmentAssignments: [{ segment: { id: 'vip' }, assignedDate: at }], outcomeAchievements: [{ outcome: { id: 'paid' }, achievedDate: at }] })
    const found = facts.filter(fact => /^(Segments|Outcomes)/.test(fact.at))
    expect(found.map(fact => fact.at)).toEqual(['Segments: vip', 'Outcomes: paid'])
    expect(found.map(fact => fact.value)).toEqual([formatDate(at), formatDate(at)])
  })
})
