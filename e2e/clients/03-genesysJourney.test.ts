import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aCall } from '../../test/collector/dialects/aCall.ts'
import type { Event } from '../../src/model/index.ts'
import { createIds } from '../../src/tracker/browser/ids.ts'
import { createApi } from '../harness/createApi.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { toBatch } from '../harness/toBatch.ts'
import { until } from '../harness/until.ts'
import { connectGenesys, type GenesysClient } from './connectGenesys.ts'

const newId = createIds()
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

let collector: Collector
let client: GenesysClient
beforeAll(async () => {
  collector = await startCollector({ config: { sites: [{ id: 'shop', origins: [] }], segments, outcomes } })
  client = connectGenesys(collector)
  const batch = toBatch({ site: 'shop', visitor: { id: newId(at) }, events: visit, context: { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36' } })
  await fetch(`${collector.url}/v1/events`, { method: 'POST', body: JSON.stringify(batch) })
  await until(() => createApi(collector).sessions({ customerId: customer.id }), list => list[0]?.eventCount === 2)
})
afterAll(() => collector.stop())

describe('the client reads', () => {
  test('a session, with its segments and outcomes', async () => {
    const read = await client.journey.getJourneySession(session)
    expect(read).toMatchObject({
      id: session,
      customerId: 'c-1017',
      eventCount: 2,
      mktCampaign: { name: 'spring', source: 'newsletter' },
      browser: { family: 'Chrome' },
      segmentAssignments: [{ segment: { id: 'readers' } }],
      outcomeAchievements: [{ outcome: { id: 'order' } }],
      selfUri: `/api/v2/journey/sessions/${session}`,
    })
  })

  test('its events, by pages and by type', async () => {
    const { entities } = await client.journey.getJourneySessionEvents(session)
    expect(entities.map(({ eventType }) => String(eventType).split('.').at(-1))).toEqual(['WebEvent', 'SegmentAssignmentEvent', 'WebEvent', 'OutcomeAchievedEvent'])
    const eventType = 'com.genesys.journey.WebEvent'
    const first = await client.journey.getJourneySessionEvents(session, { pageSize: '1', eventType })
    const after = new URL(first.nextUri!, collector.url).searchParams.get('after')!
    const second = await client.journey.getJourneySessionEvents(session, { pageSize: '1', eventType, after })
    expect([...first.entities, ...second.entities]).toEqual([entities[0], entities[2]])
    expect(second.nextUri).toBeUndefined()
    expect(entities[2]).toMatchObject({ webEvent: { eventName: 'order_completed', attributes: { total: { dataType: 'number', value: '49.9' } }, traits: { email: { value: 'ann@example.com' } } } })
  })

  test('the sessions and the segments of a contact', async () => {
    expect((await client.contacts.getExternalcontactsContactJourneySessions('c-1017')).entities).toEqual([await client.journey.getJourneySession(session)])
    expect((await client.contacts.getExternalcontactsContactJourneySegments('c-1017', { limit: 5 })).entities).toMatchObject([{ segment: { id: 'readers' }, session: { id: session } }])
  })

  test('a call that was linked, as a session', async () => {
    const [caller, ...others] = aCall.participants
    const linked = { ...aCall, participants: [{ ...caller, sessions: [{ ...caller!.sessions[0], journeyCustomerSessionId: session }] }, ...others] }
    await client.call('/api/v2/analytics/conversations/{id}/details', { method: 'POST', pathParams: { id: aCall.conversationId }, body: linked })
    expect(await client.journey.getJourneySession(aCall.conversationId)).toMatchObject({ type: 'conversation', originatingDirection: 'Inbound', lastAcdOutcome: 'Answered' })
    const found = await createApi(collector).get<{ entities: { id: string }[] }>(`/v1/sessions/${session}/conversations`)
    expect(found.entities.map(({ id }) => id)).toEqual([aCall.conversationId])
  })
})

describe('the client throws', () => {
  test('404 for what is not there', async () => {
    const body = { status: 404, code: 'not.found' }
    await expect(client.journey.getJourneySession('nobody')).rejects.toMatchObject(body)
    await expect(client.journey.getJourneySessionEvents(newId(at))).rejects.toMatchObject(body)
    await expect(client.contacts.getExternalcontactsContactJourneySessions('nobody')).rejects.toMatchObject(body)
    await expect(client.contacts.getExternalcontactsContactJourneySegments('nobody')).rejects.toMatchObject(body)
  })

  test('400 for what is wrong', () =>
    expect(client.journey.getJourneySessionEvents(session, { pageSize: '1000' })).rejects.toMatchObject({ status: 400, message: 'pageSize must be a whole number from 1 to 200' }))

  test('401 for a wrong key', () =>
    expect(connectGenesys({ url: collector.url, apiKey: 'wrong-wrong-wrong-wrong' }).journey.getJourneySession(session)).rejects.toMatchObject({ status: 401, code: 'authentication.required' }))
})
