import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIds } from '../../src/tracker/browser/ids.ts'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { connectGenesys, type GenesysClient } from './connectGenesys.ts'
import { connectVapi, type VapiClient } from './connectVapi.ts'

const { newId } = createIds()

const nobody = newId(Date.now())

const sites = [{ id: 'shop', origins: [] }]

/** Milliseconds that the bound lets nothing through, once it is reached: longer than the suite runs. */
const bound = { perSecond: 0.001, burst: 1 }

let collector: Collector
let busy: Collector
beforeAll(async () => {
  collector = await startCollector({ config: { sites } })
  busy = await startCollector({ config: { sites, rateLimits: { api: bound } } })
  await fetch(`${busy.url}/session`)
})
afterAll(() => Promise.all([collector.stop(), busy.stop()]))

const action = { sessionId: nobody, actionId: 'a', actionState: 'accepted' }

const event = () => ({ customerCookieId: nobody, eventName: 'a', createdDate: new Date().toISOString() })

const webEvent = () => ({ ...event(), page: { url: 'https://shop.example.com/', title: 'Shop' } })

const appEvent = () => ({
  ...event(),
  screenName: 'Home',
  app: { name: 'Shop', namespace: 'com.example', version: '1', buildNumber: '1' },
  device: { category: 'mobile', type: 'Phone', osFamily: 'iOS', osVersion: '18' },
})

const details = '/api/v2/analytics/conversations/{id}/details'

/** Every call of the client, by its name. */
const genesysCalls: Record<string, (client: GenesysClient) => Promise<unknown>> = {
  getAnalyticsConversationDetails: ({ analytics }) => analytics.getAnalyticsConversationDetails('nobody'),
  getAnalyticsConversationsDetails: ({ analytics }) => analytics.getAnalyticsConversationsDetails({ id: ['nobody'] }),
  'POST of conversation details': ({ call }) => call(details, { method: 'POST', pathParams: { id: 'x' }, body: {} }),
  getJourneySession: ({ journey }) => journey.getJourneySession(nobody),
  getJourneySessionEvents: ({ journey }) => journey.getJourneySessionEvents(nobody),
  getExternalcontactsContactJourneySessions: ({ contacts }) => contacts.getExternalcontactsContactJourneySessions('nobody'),
  getExternalcontactsContactJourneySegments: ({ contacts }) => contacts.getExternalcontactsContactJourneySegments('nobody'),
  getJourneySegments: ({ journey }) => journey.getJourneySegments(),
  getJourneySegment: ({ journey }) => journey.getJourneySegment('nobody'),
  postJourneySegments: ({ journey }) => journey.postJourneySegments({ body: { displayName: 'x' } }),
  patchJourneySegment: ({ journey }) => journey.patchJourneySegment('nobody', { body: { displayName: 'x' } }),
  deleteJourneySegment: ({ journey }) => journey.deleteJourneySegment('nobody'),
  getJourneyOutcomes: ({ journey }) => journey.getJourneyOutcomes(),
  getJourneyOutcome: ({ journey }) => journey.getJourneyOutcome('nobody'),
  postJourneyOutcomes: ({ journey }) => journey.postJourneyOutcomes({ body: { displayName: 'x' } }),
  patchJourneyOutcome: ({ journey }) => journey.patchJourneyOutcome('nobody', { body: { displayName: 'x' } }),
  deleteJourneyOutcome: ({ journey }) => journey.deleteJourneyOutcome('nobody'),
}

/** Those that need no key. */
const publicCalls: Record<string, (client: GenesysClient, deployment?: string) => Promise<unknown>> = {
  postJourneyDeploymentWebevents: ({ journey }, id = 'shop') => journey.postJourneyDeploymentWebevents(id, { body: webEvent() }),
  postJourneyDeploymentAppevents: ({ journey }, id = 'shop') => journey.postJourneyDeploymentAppevents(id, { body: appEvent() }),
  postJourneyDeploymentActionevent: ({ journey }, id = 'shop') => journey.postJourneyDeploymentActionevent(id, action),
  getJourneyDeploymentCustomerPing: ({ journey }, id = 'shop') => journey.getJourneyDeploymentCustomerPing(id, nobody, {}),
}

/** What each call is refused for, of those that can be wrong. */
const wrong: Record<string, (client: GenesysClient) => Promise<unknown>> = {
  getAnalyticsConversationsDetails: ({ analytics }) => analytics.getAnalyticsConversationsDetails({}),
  'POST of conversation details': ({ call }) => call(details, { method: 'POST', pathParams: { id: 'x' }, body: { participants: 'none' } }),
  getJourneySessionEvents: ({ journey }) => journey.getJourneySessionEvents(nobody, { pageSize: '1000' }),
  getExternalcontactsContactJourneySessions: ({ contacts }) => contacts.getExternalcontactsContactJourneySessions('x', { pageSize: '0' }),
  getExternalcontactsContactJourneySegments: ({ contacts }) => contacts.getExternalcontactsContactJourneySegments('x', { limit: 1000 }),
  getJourneySegments: ({ journey }) => journey.getJourneySegments({ sortBy: 'mood' }),
  postJourneySegments: ({ journey }) => journey.postJourneySegments({ body: { displayName: 7 } }),
  getJourneyOutcomes: ({ journey }) => journey.getJourneyOutcomes({ sortBy: 'mood' }),
  postJourneyOutcomes: ({ journey }) => journey.postJourneyOutcomes({ body: { displayName: 'x', journey: { patterns: 7 } } }),
  postJourneyDeploymentWebevents: ({ journey }) => journey.postJourneyDeploymentWebevents('shop', { body: { ...webEvent(), eventName: 'a b' } }),
  postJourneyDeploymentAppevents: ({ journey }) => journey.postJourneyDeploymentAppevents('shop', { body: { ...appEvent(), app: 'none' } }),
  postJourneyDeploymentActionevent: ({ journey }) => journey.postJourneyDeploymentActionevent('shop', { sessionId: nobody }),
  getJourneyDeploymentCustomerPing: ({ journey }) => journey.getJourneyDeploymentCustomerPing('shop', nobody, { sinceLastBeaconMilliseconds: -5 }),
}

const badRequest = { status: 400, code: 'bad.request', message: expect.any(String) as string }

describe('the client of Genesys throws', () => {
  test.each(Object.keys(genesysCalls))('401 for %s with a wrong key', name =>
    expect(genesysCalls[name]!(connectGenesys({ url: collector.url, apiKey: 'wrong-wrong-wrong-wrong' }))).rejects.toMatchObject({ status: 401, code: 'authentication.required' }))

  test.each(Object.keys({ ...genesysCalls, ...publicCalls }))('429 for %s that is called too often', async name => {
    const refused = { ...genesysCalls, ...publicCalls }[name]!(connectGenesys(busy))
    await expect(refused).rejects.toMatchObject({ status: 429, code: 'too.many.requests', message: 'Too many requests' })
  })

  test('429 with the time to wait, in a header that the client keeps to itself', async () => {
    const { status, headers } = await fetch(`${busy.url}/api/v2/journey/segments`)
    expect([status, headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^[1-9]\d*$/)])
  })

  test.each(Object.keys(genesysCalls).filter(name => !/Segments$|Outcomes$|POST|ConversationsDetails/.test(name) || name.includes('Contact')))('404 for %s of what is not there', name =>
    expect(genesysCalls[name]!(connectGenesys(collector))).rejects.toMatchObject({ status: 404, code: 'not.found' }))

  test.each(Object.keys(publicCalls))('404 for %s of a deployment that is not there', name =>
    expect(publicCalls[name]!(connectGenesys({ url: collector.url, apiKey: '' }), 'nobody')).rejects.toMatchObject({ status: 404, code: 'not.found' }))

  test.each(Object.keys(wrong))('400 for %s that is wrong', name => expect(wrong[name]!(connectGenesys(collector))).rejects.toMatchObject(badRequest))

  test.each(['Segment', 'Outcome'] as const)('400 for a change of a %s that is wrong', async kind => {
    const { journey } = connectGenesys(collector)
    const right = await journey[`postJourney${kind}s`]({ body: { displayName: 'Right' } })
    const id = String(right.id)
    await expect(journey[`patchJourney${kind}`](id, { body: { displayName: '' } })).rejects.toMatchObject(badRequest)
    expect(await journey[`getJourney${kind}`](id)).toEqual(right)
  })
})

const vapiCalls: Record<string, (client: VapiClient) => Promise<unknown>> = {
  create: ({ sessions }) => sessions.create({}),
  get: ({ sessions }) => sessions.get({ id: 'nobody' }),
  list: ({ sessions }) => sessions.list(),
  update: ({ sessions }) => sessions.update({ id: 'nobody', name: 'x' }),
  delete: ({ sessions }) => sessions.delete({ id: 'nobody' }),
}

describe('the client of Vapi throws', () => {
  test.each(Object.keys(vapiCalls))('401 for %s with a wrong key', name =>
    expect(vapiCalls[name]!(connectVapi({ url: collector.url, apiKey: 'wrong-wrong-wrong-wrong' }))).rejects.toMatchObject({ statusCode: 401, body: { error: 'Unauthorized', statusCode: 401 } }))

  test.each(Object.keys(vapiCalls))('429 for %s that is called too often, with the time to wait', async name => {
    const thrown = await vapiCalls[name]!(connectVapi(busy, { maxRetries: 0 })).catch((error: unknown) => error as { rawResponse?: { headers: Headers } })
    expect(thrown).toMatchObject({ statusCode: 429, body: { message: 'Too many requests', error: 'Too Many Requests', statusCode: 429 } })
    expect((thrown as { rawResponse?: { headers: Headers } }).rawResponse?.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  })

  test.each(['get', 'update', 'delete'])('404 for %s of what is not there', name =>
    expect(vapiCalls[name]!(connectVapi(collector))).rejects.toMatchObject({ statusCode: 404, body: { message: 'Session nobody does not exist', error: 'Not Found', statusCode: 404 } }))

  test('400 for what is wrong', async () => {
    const { sessions } = connectVapi(collector)
    const right = await sessions.create({ name: 'Right' })
    const { id } = right
    // One after the other: what is refused before anybody looks at it counts as unhandled.
    const wrongly = [
      () => sessions.create({ expirationSeconds: 1 }),
      () => sessions.list({ page: 0 }),
      () => sessions.update({ id, name: 'x'.repeat(41) }),
      () => sessions.update({ id, messages: 7 }),
    ]
    for (const call of wrongly) await expect(call()).rejects.toMatchObject({ statusCode: 400, body: { error: 'Bad Request', statusCode: 400 } })
    expect(await sessions.get({ id })).toEqual(right)
  })
})
