import { describe, expect, test } from 'vitest'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { sessionsProjection } from '../../../src/collector/projection/projection.ts'
import { createDefinitionStore } from '../../../src/collector/segments/createDefinitionStore.ts'
import { createMemoryDefinitionFile } from '../../../src/collector/segments/definitionFile.ts'
import type { StoredSession } from '../../../src/collector/sessionStore.ts'
import { reduceSession, type Event, type SessionState } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'
import { createDialectTest, createSchemaCheck } from './createDialectTest.ts'

type Json = Record<string, unknown>

interface Listing {
  entities: (Json & { id: string; eventType: string; createdDate: string })[]
  nextUri?: string
  previousUri?: string
  selfUri: string
}

const findSessionProblems = createSchemaCheck('genesys-journey-session.json')
const findListingProblems = createSchemaCheck('genesys-journey-events.json', '#/$defs/EventListing')

const dateOf = (at: number): string => new Date(start + at).toISOString()

const eventOf = (session: number, seq: number, more: object): Event =>
  ({ id: idOf(session * 100 + seq), at: start + seq * 1000, session: idOf(session), seq, tab: 'tab-1', page: { url: 'https://shop.example.com/cart?a=1#b', title: 'Cart' }, ...more }) as Event

const customer = { id: 'c-1', type: 'crm' }

/** A visit: a pageview, who it is, an event with attributes, idling, a screen. */
const visit = (session: number, at = 0): Event[] => [
  opening(session, { at: start + at, start: { type: 'web', index: session, customer } }),
  eventOf(session, 1, { type: 'identify', customer, traits: { email: 'a@example.com' } }),
  eventOf(session, 2, { type: 'custom', eventName: 'order_completed', attributes: { total: 49.9, skus: ['a', 'b'], gift: true }, searchTerms: ['red', 'shoes'] }),
  eventOf(session, 3, { type: 'activity', state: 'idle' }),
  eventOf(session, 4, { type: 'screenview', screen: 'Basket' }),
]

const storedOf = (events: Event[], more: Partial<StoredSession> = {}): StoredSession => ({
  site: 'shop',
  state: events.reduce<SessionState | undefined>(reduceSession, undefined)!,
  facts: { visitorId: idOf(900), userAgentString: 'Browser 1', geolocation: { country: 'NL' } },
  duplicates: 0,
  ...more,
})

const setUp = () => {
  const definitions = createDefinitionStore({
    file: createMemoryDefinitionFile(),
    configured: {
      segments: [
        { id: 'buyers', displayName: 'Buyers' },
        { id: 'friends', displayName: 'Friends', scope: 'Customer', assignmentExpirationDays: 10 },
      ],
      outcomes: [{ id: 'order', displayName: 'Order' }],
    },
    now: () => start,
  })
  const sessions = createMemorySessionStore([])
  const assigned = { segments: [{ id: 'buyers', at: start + 2000 }, { id: 'friends', at: start + 2000, until: start + 864_000_000 }], outcomes: [{ id: 'order', at: start + 2000 }] }
  sessions.transaction({ ...sessionsProjection, position: 1 }, ({ save, addEvent }) => {
    for (const n of [1, 2]) {
      const events = visit(n, n === 1 ? -10_000_000 : 0)
      save(storedOf(events, n === 2 ? { assigned } : {}))
      for (const event of events) addEvent('shop', { ...event, receivedAt: event.at }, 1)
    }
  })
  const { ask, clock } = createDialectTest({ sessions, definitions })
  clock.at = start + 5000
  return { ask, clock }
}

describe('a session', () => {
  test('is in their model, and nothing else', async () => {
    const { ask } = setUp()
    const { status, body } = await ask('GET', `/api/v2/journey/sessions/${idOf(2)}`)
    expect([status, findSessionProblems(body)]).toEqual([200, []])
    expect(body).toMatchObject({
      id: idOf(2),
      type: 'web',
      customerId: 'c-1',
      customerIdType: 'crm',
      externalContact: { id: 'c-1', selfUri: '/api/v2/externalcontacts/contacts/c-1' },
      eventCount: 3,
      lastEvent: { eventName: 'screen_viewed' },
      segmentAssignments: [
        { segment: { id: 'buyers', selfUri: '/api/v2/journey/segments/buyers' }, assignedDate: dateOf(2000) },
        { segment: { id: 'friends', selfUri: '/api/v2/journey/segments/friends' }, assignedDate: dateOf(2000) },
      ],
      outcomeAchievements: [{ outcome: { id: 'order', selfUri: '/api/v2/journey/outcomes/order' }, achievedDate: dateOf(2000) }],
      selfUri: `/api/v2/journey/sessions/${idOf(2)}`,
    })
    for (const name of ['status', 'visitorId', 'engagement', 'entryPage', 'site', 'delivery']) expect(body).not.toHaveProperty(name)
  })

  test('may be a conversation', async () => {
    const { ask } = setUp()
    await ask('POST', '/v1/conversations', { id: 'call-1', sessionId: idOf(2), createdDate: dateOf(9), originatingDirection: 'Inbound', conversationChannels: [{ type: 'Voice' }] })
    const { body } = await ask('GET', '/api/v2/journey/sessions/call-1')
    expect(findSessionProblems(body)).toEqual([])
    expect(body).toMatchObject({ type: 'conversation', originatingDirection: 'Inbound', conversation: { id: 'call-1' }, selfUri: '/api/v2/journey/sessions/call-1' })
    expect((await ask<Listing>('GET', '/api/v2/journey/sessions/call-1/events')).body.entities).toEqual([])
  })

  test('is in snake case on request', async () => {
    const { ask } = setUp()
    const { body } = await ask('GET', `/api/v2/journey/sessions/${idOf(2)}?case=snake`)
    expect(body).toMatchObject({ customer_id_type: 'crm', user_agent_string: 'Browser 1', attributes: { total: { data_type: 'number', value: '49.9' } } })
  })
})

describe('the events of a session', () => {
  const path = `/api/v2/journey/sessions/${idOf(2)}/events`

  test('are what was tracked, and what followed from it', async () => {
    const { ask } = setUp()
    const { body } = await ask<Listing>('GET', path)
    expect(findListingProblems(body)).toEqual([])
    expect(body.entities.map(({ eventType, createdDate }) => [eventType.split('.').at(-1), createdDate])).toEqual([
      ['WebEvent', dateOf(0)],
      ['WebEvent', dateOf(2000)],
      ['SegmentAssignmentEvent', dateOf(2000)],
      ['SegmentAssignmentEvent', dateOf(2000)],
      ['OutcomeAchievedEvent', dateOf(2000)],
      ['AppEvent', dateOf(4000)],
    ])
    expect([body.selfUri, body.nextUri]).toEqual([`${path}?pageSize=25`, undefined])
    const [opened, ordered, , , achieved, seen] = body.entities
    expect(opened).toMatchObject({ id: idOf(2), customerId: 'c-1', session: { id: idOf(2), type: 'web' }, webEvent: { eventName: 'page_viewed', totalEventCount: 4, totalPageviewCount: 2, traits: {} } })
    expect(ordered!.webEvent).toMatchObject({
      eventName: 'order_completed',
      totalEventCount: 5,
      page: { url: 'https://shop.example.com/cart?a=1#b', pathname: '/cart', fragment: 'b', breadcrumb: [] },
      attributes: { total: { dataType: 'number', value: '49.9' }, skus: { dataType: 'string', value: '["a","b"]' }, gift: { dataType: 'boolean', value: 'true' } },
      traits: { email: { dataType: 'string', value: 'a@example.com' } },
      searchQuery: 'red shoes',
      userAgentString: 'Browser 1',
      geolocation: { country: 'NL' },
      authenticated: false,
    })
    expect(achieved!.outcomeAchievedEvent).toMatchObject({ outcome: { id: 'order', displayName: 'Order', version: 1 }, visitCreatedDate: dateOf(0) })
    expect(seen!.appEvent).toMatchObject({ eventName: 'screen_viewed', screenName: 'Basket' })
  })

  test('have the same ids each time, each its own', async () => {
    const { ask } = setUp()
    const idsOf = async () => (await ask<Listing>('GET', path)).body.entities.map(({ id }) => id)
    const ids = await idsOf()
    expect(await idsOf()).toEqual(ids)
    expect(new Set(ids).size).toBe(6)
  })

  test('are read page by page, each once', async () => {
    const { ask } = setUp()
    const whole = (await ask<Listing>('GET', path)).body.entities
    const read: Listing['entities'] = []
    const sizes: number[] = []
    for (let uri: string | undefined = `${path}?pageSize=4&eventType=com.genesys.journey.WebEvent,com.genesys.journey.SegmentAssignmentEvent,com.genesys.journey.AppEvent`; uri !== undefined; ) {
      const { body }: { body: Listing } = await ask<Listing>('GET', uri)
      read.push(...body.entities)
      sizes.push(body.entities.length)
      uri = body.nextUri
    }
    expect(sizes).toEqual([4, 1])
    const second = (await ask<Listing>('GET', (await ask<Listing>('GET', `${path}?pageSize=2`)).body.nextUri!)).body
    const third = (await ask<Listing>('GET', second.nextUri!)).body
    expect([second.previousUri, third.previousUri]).toEqual([`${path}?pageSize=2`, second.selfUri])
    expect(read).toEqual(whole.filter(({ eventType }) => !eventType.endsWith('OutcomeAchievedEvent')))
  })

  test('go on behind a segment that is not in the list any more', async () => {
    const { ask } = setUp()
    const { body } = await ask<Listing>('GET', `${path}?pageSize=3`)
    expect(body.entities.at(-1)!.eventType).toBe('com.genesys.journey.SegmentAssignmentEvent')
    const rest = async (types: string) => (await ask<Listing>('GET', `${body.nextUri!}&eventType=${types}`)).body.entities.map(({ eventType }) => eventType.split('.').at(-1))
    expect(await rest('com.genesys.journey.WebEvent,com.genesys.journey.AppEvent')).toEqual(['AppEvent'])
    expect(await rest('com.genesys.journey.WebEvent,com.genesys.journey.OutcomeAchievedEvent')).toEqual(['OutcomeAchievedEvent'])
    expect(await rest('com.genesys.journey.WebEvent')).toEqual([])
  })

  test('go on in snake case where they began in it', async () => {
    const { ask } = setUp()
    const { body } = await ask<{ next_uri: string }>('GET', `${path}?pageSize=2&case=snake`)
    const next = await ask<{ entities: Json[]; self_uri: string }>('GET', body.next_uri)
    expect(next.body).toMatchObject({ self_uri: body.next_uri, entities: [{ event_type: expect.any(String) as string }, { event_type: expect.any(String) as string }] })
  })

  test.each([
    ['pageSize=201', 'pageSize must be a whole number from 1 to 200'],
    ['pageSize=0', 'pageSize must be a whole number from 1 to 200'],
    ['after=xyz', 'cursor: expected what nextUri says'],
    ['eventType=WebEvent', 'eventType must be one of com.genesys.journey.OutcomeAchievedEvent'],
  ])('are refused for ?%s', async (query, message) => {
    const { ask } = setUp()
    expect(await ask('GET', `${path}?${query}`)).toMatchObject({ status: 400, body: { code: 'bad.request', message: expect.stringContaining(message) as string } })
  })
})

describe('a contact', () => {
  test('has sessions, the newest first, page by page', async () => {
    const { ask } = setUp()
    const path = '/api/v2/externalcontacts/contacts/c-1/journey/sessions'
    const { body } = await ask<Listing>('GET', `${path}?pageSize=1`)
    expect(body.entities.map(({ id }) => id)).toEqual([idOf(2)])
    const next = (await ask<Listing>('GET', body.nextUri!)).body
    expect([next.entities.map(({ id }) => id), next.nextUri]).toEqual([[idOf(1)], undefined])
    expect([...body.entities, ...next.entities].flatMap(findSessionProblems)).toEqual([])
  })

  test('has segments: of a session while it goes on, of the customer until they expire', async () => {
    const { ask, clock } = setUp()
    const read = async () => (await ask<{ entities: Json[] }>('GET', '/api/v2/externalcontacts/contacts/c-1/journey/segments')).body.entities
    const contact = { id: 'c-1', selfUri: '/api/v2/externalcontacts/contacts/c-1' }
    const ofSession = { dateAssigned: dateOf(2000), segment: { id: 'buyers' }, externalContact: contact, session: { id: idOf(2), type: 'web' } }
    const ofCustomer = { dateAssigned: dateOf(2000), dateForUnassignment: dateOf(2000 + 864_000_000), segment: { id: 'friends' }, externalContact: contact }
    expect(await read()).toMatchObject([ofSession, ofCustomer])
    clock.at = start + 86_400_000
    expect(await read()).toMatchObject([ofCustomer])
    clock.at = start + 865_000_000
    expect(await read()).toEqual([])
  })

  test('who is not known is not found', async () => {
    const { ask } = setUp()
    for (const part of ['sessions', 'segments']) {
      const body = { status: 404, code: 'not.found', message: 'Unable to find a contact with the id nobody' }
      expect(await ask('GET', `/api/v2/externalcontacts/contacts/nobody/journey/${part}`)).toMatchObject({ status: 404, body })
    }
  })
})

test.each(['/api/v2/journey/sessions/x', '/api/v2/journey/sessions/x/events', '/api/v2/externalcontacts/contacts/x/journey/sessions'])('%s is for those with the key', async path => {
  expect(await createDialectTest({}, {}).ask('GET', path)).toMatchObject({ status: 401, body: { code: 'authentication.required' } })
  expect(await createDialectTest().ask('GET', path)).toMatchObject({ status: 404, body: { code: 'not.found' } })
})
