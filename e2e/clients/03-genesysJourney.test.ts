import { beforeAll, describe, expect, test } from 'vitest'
import { aCall, aCallAsSession } from '../../test/collector/dialects/aCall.ts'
import type { Event } from '../../src/model/index.ts'
import { createIds } from '../../src/tracker/browser/ids.ts'
import { createApi } from '../harness/createApi.ts'
import { toBatch } from '../harness/toBatch.ts'
import { until } from '../harness/until.ts'
import { connectGenesys, type GenesysClient } from './connectGenesys.ts'
import { chrome, expectedVisit, seenIn, sessionUri, someText, toDate } from './expectedVisit.ts'
import { setUpCollector } from './setUpCollector.ts'

const { newId } = createIds()
const at = Date.now()
const session = newId(at)
const customer = { id: 'c-1017', type: 'crm' }

const base = (seq: number) => ({ id: seq ? newId(at) : session, at: at + seq, session, seq, tab: 'tab-1', page: { url: 'https://shop.example.com/cart', title: 'Cart' } })

const visit: Event[] = [
  { ...base(0), type: 'pageview', start: { type: 'web', index: 1, campaign: { name: 'spring', source: 'newsletter' } } },
  { ...base(1), type: 'identify', customer, traits: { email: 'ann@example.com' } },
  { ...base(2), type: 'custom', eventName: 'order_completed', attributes: { total: 49.9 } },
]

const outcomes = [{ id: 'order', displayName: 'Order', journey: { patterns: [{ criteria: [], eventName: 'order_completed', count: 1, streamType: 'Web' as const, sessionType: 'web' }] } }]
const segments = [{ id: 'readers', displayName: 'Readers', context: { patterns: [{ criteria: [{ key: 'mktCampaign.source' as const, values: ['newsletter'] }] }] } }]

const collector = setUpCollector({ config: { sites: [{ id: 'shop', origins: [] }], segments, outcomes } })
const client = (): GenesysClient => connectGenesys(collector())

beforeAll(async () => {
  const batch = toBatch({ site: 'shop', visitor: { id: newId(at) }, events: visit, context: { userAgent: chrome } })
  await fetch(`${collector().url}/v1/events`, { method: 'POST', body: JSON.stringify(batch) })
  await until(() => createApi(collector()).sessions({ customerId: customer.id }), list => list[0]?.eventCount === 2)
})

const contact = { id: 'c-1017', selfUri: '/api/v2/externalcontacts/contacts/c-1017' }
const segment = { id: 'readers', selfUri: '/api/v2/journey/segments/readers' }
const outcome = { id: 'order', selfUri: '/api/v2/journey/outcomes/order' }
const page = { url: 'https://shop.example.com/cart', title: 'Cart', domain: 'shop.example.com', hostname: 'shop.example.com', pathname: '/cart', breadcrumb: [] }
const attributes = { total: { dataType: 'number', value: '49.9' } }
const mktCampaign = { name: 'spring', source: 'newsletter' }

const expectedSession = expectedVisit(
  { id: session, customer, first: at, last: at + 2, lastEvent: { id: visit[2]!.id, eventName: 'order_completed' } },
  {
    ...seenIn,
    eventCount: 2,
    pageviewCount: 1,
    screenviewCount: 0,
    lastPage: page,
    mktCampaign,
    attributes,
    sdkLibrary: { name: 'test', version: '1' },
    segmentAssignments: [{ segment, assignedDate: toDate(at) }],
    outcomeAchievements: [{ outcome, achievedDate: toDate(at + 2) }],
    externalContact: contact,
  },
)

/** An event as the client reads it: of a kind, and what it says as such. */
const expectedEvent = (kind: string, said: object, { seq, id = someText }: { seq: number; id?: string }): object => ({
  id,
  correlationId: id,
  customerId: 'c-1017',
  customerIdType: 'crm',
  session: { id: session, type: 'web', selfUri: sessionUri(session) },
  eventType: `com.genesys.journey.${kind}`,
  [`${kind[0]!.toLowerCase()}${kind.slice(1)}`]: said,
  createdDate: toDate(at + seq),
})

/** What events say of the visit that they are part of. */
const ofVisit = { ...seenIn, mktCampaign, ipAddress: '127.0.0.1' }

const pageviewed = { ...ofVisit, eventName: 'page_viewed', totalEventCount: 1, totalPageviewCount: 1, page, attributes: {}, traits: {}, authenticated: false }
const ordered = { ...pageviewed, eventName: 'order_completed', totalEventCount: 2, attributes, traits: { email: { dataType: 'string', value: 'ann@example.com' } } }

const expectedEvents = [
  expectedEvent('WebEvent', pageviewed, { seq: 0, id: session }),
  expectedEvent('SegmentAssignmentEvent', { segment }, { seq: 0 }),
  expectedEvent('WebEvent', ordered, { seq: 2, id: visit[2]!.id }),
  expectedEvent('OutcomeAchievedEvent', { ...ofVisit, outcome: { ...outcome, displayName: 'Order', version: 1 }, visitCreatedDate: toDate(at) }, { seq: 2 }),
]

describe('the client reads', () => {
  test('a session, with its segments and outcomes', async () => {
    expect(await client().journey.getJourneySession(session)).toEqual(expectedSession)
  })

  test('its events, by pages and by type', async () => {
    const { journey } = client()
    const listUri = `${sessionUri(session)}/events`
    expect(await journey.getJourneySessionEvents(session)).toEqual({ entities: expectedEvents, selfUri: `${listUri}?pageSize=25` })
    const eventType = 'com.genesys.journey.WebEvent'
    const first = await journey.getJourneySessionEvents(session, { pageSize: '1', eventType })
    const after = new URL(first.nextUri!, collector().url).searchParams.get('after')!
    const uriOf = (parameters: Record<string, string>): string => `${listUri}?${new URLSearchParams(parameters).toString()}`
    const beginning = uriOf({ pageSize: '1', eventType })
    const rest = uriOf({ pageSize: '1', after, eventType })
    expect(first).toEqual({ entities: [expectedEvents[0]], selfUri: beginning, nextUri: rest })
    expect(await journey.getJourneySessionEvents(session, { pageSize: '1', eventType, after })).toEqual({ entities: [expectedEvents[2]], selfUri: rest, previousUri: beginning })
  })

  test('the sessions and the segments of a contact', async () => {
    const { contacts } = client()
    const sessions = `${contact.selfUri}/journey/sessions?pageSize=25`
    expect(await contacts.getExternalcontactsContactJourneySessions('c-1017')).toEqual({ entities: [expectedSession], selfUri: sessions })
    const assignment = { dateAssigned: toDate(at), dateForUnassignment: toDate(at + 2 + 300_000), segment, externalContact: contact, session: { id: session, type: 'web', selfUri: sessionUri(session) } }
    expect(await contacts.getExternalcontactsContactJourneySegments('c-1017', { limit: 5 })).toEqual({ entities: [assignment], selfUri: `${contact.selfUri}/journey/segments` })
  })

  test('a call that was linked, as a session', async () => {
    const { call, journey } = client()
    const [caller, ...others] = aCall.participants
    const linked = { ...aCall, participants: [{ ...caller, sessions: [{ ...caller!.sessions[0], journeyCustomerSessionId: session }] }, ...others] }
    expect(await call('/api/v2/analytics/conversations/{id}/details', { method: 'POST', pathParams: { id: aCall.conversationId }, body: linked })).toEqual(linked)
    expect(await journey.getJourneySession(aCall.conversationId)).toEqual({ ...aCallAsSession, selfUri: sessionUri(aCall.conversationId) })
    const found = await createApi(collector()).get<{ entities: { id: string }[] }>(`/v1/sessions/${session}/conversations`)
    expect(found.entities.map(({ id }) => id)).toEqual([aCall.conversationId])
  })
})

describe('the client throws', () => {
  test('404 for what is not there', async () => {
    const body = { status: 404, code: 'not.found' }
    await expect(client().journey.getJourneySession('nobody')).rejects.toMatchObject(body)
    await expect(client().journey.getJourneySessionEvents(newId(at))).rejects.toMatchObject(body)
    await expect(client().contacts.getExternalcontactsContactJourneySessions('nobody')).rejects.toMatchObject(body)
    await expect(client().contacts.getExternalcontactsContactJourneySegments('nobody')).rejects.toMatchObject(body)
  })

  test('400 for what is wrong', () =>
    expect(client().journey.getJourneySessionEvents(session, { pageSize: '1000' })).rejects.toMatchObject({ status: 400, message: 'pageSize must be a whole number from 1 to 200' }))

  test('401 for a wrong key', () =>
    expect(connectGenesys({ url: collector().url, apiKey: 'wrong-wrong-wrong-wrong' }).journey.getJourneySession(session)).rejects.toMatchObject({ status: 401, code: 'authentication.required' }))
})
