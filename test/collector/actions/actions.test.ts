import { describe, expect, onTestFinished, test } from 'vitest'
import { actionLimits } from '../../../src/collector/actions/actionLimits.ts'
import { idOf, opening, start } from '../batches.ts'
import { authorized, origin } from '../createTestEndpoint.ts'
import { createMemoryCollector } from '../identity/createMemoryCollector.ts'

type Json = Record<string, unknown>

const visitor = idOf(900)

const contentOffer = {
  mediaType: 'contentOffer',
  contentOfferProperties: { displayMode: 'Modal', layoutMode: 'TextOnly', title: 'Ten percent off', callToAction: { url: 'https://shop.example.com/sale', target: 'Self' } },
}

const setUp = async () => {
  const collector = createMemoryCollector()
  onTestFinished(() => collector.app.close())
  const ask = async (method: 'GET' | 'POST' | 'DELETE', url: string, { body, headers = authorized }: { body?: unknown; headers?: Record<string, string> } = {}): Promise<{ status: number; body: Json }> => {
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) }
    const response = await collector.app.inject({ method, url, headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...payload })
    return { status: response.statusCode, body: (response.body ? JSON.parse(response.body) : undefined) as Json }
  }
  await collector.send([opening(1)], { visitor: { id: visitor } })
  const path = `/v1/sessions/${idOf(1)}/actions`
  const page = '/api/v2/journey/deployments/shop'
  return {
    ...collector,
    ask,
    path,
    offer: (body: unknown) => ask('POST', path, { body }),
    list: async () => (await ask('GET', path)).body.entities as Json[],
    ping: async (query = `sessionId=${idOf(1)}&dl=x`, who = visitor, headers: Record<string, string> = { origin }) =>
      (await ask('GET', `${page}/customers/${who}/ping?${query}`, { headers })).body.actions as Json[],
    tell: (actionId: string, actionState: string, more: Json = {}) => ask('POST', `${page}/actionevent`, { body: { sessionId: idOf(1), actionId, actionState, ...more }, headers: { origin } }),
    events: async () => (await ask('GET', `/api/v2/journey/sessions/${idOf(1)}/events?eventType=com.genesys.journey.WebActionEvent`)).body.entities as Json[],
  }
}

test('what is offered to a visitor is in the next ping, and in the list', async () => {
  const { offer, ping, list } = await setUp()
  const { status, body } = await offer({ ...contentOffer, actionTarget: { id: 'sales' }, later: 1 })
  const told = { prompt: 'Ten percent off', actionMap: { id: 'api', version: 1, displayName: 'API' }, actionTarget: { id: 'sales' }, createdDate: new Date(start).toISOString() }
  const shared = { ...contentOffer, id: body.id, sessionId: idOf(1), later: 1 }
  expect([status, body]).toEqual([201, { ...shared, ...told }])
  expect(await list()).toEqual([body])
  expect(await ping()).toEqual([{ ...shared, customerId: visitor, customerIdType: 'cookie', actionMapId: 'api', actionMapVersion: 1 }])
})

test('pings go on to offer it until the page has shown it', async () => {
  const { offer, ping, tell, list } = await setUp()
  await offer({ mediaType: 'webMessagingOffer', id: 'a', webMessagingOfferProperties: { offerText: 'May we help?' } })
  await offer({ mediaType: 'webchat', id: 'b' })
  const seen: unknown[] = []
  for (const [id, state] of [['a', 'qualified'], ['a', 'offered'], ['b', 'errored'], ['a', 'accepted']] as const) {
    expect((await tell(id, state)).status).toBe(204)
    seen.push([(await ping()).map(action => action.id), (await list()).map(action => action.state)])
  }
  expect(seen).toEqual([
    [['a', 'b'], ['qualified', undefined]],
    [['b'], ['offered', undefined]],
    [[], ['offered', 'errored']],
    [[], ['accepted', 'errored']],
  ])
})

test('it is not offered again when another tab tells late that it could be', async () => {
  const { offer, ping, tell, list } = await setUp()
  await offer({ mediaType: 'webchat', id: 'a' })
  await tell('a', 'offered')
  expect((await tell('a', 'qualified')).status).toBe(204)
  expect([await ping(), await list()]).toMatchObject([[], [{ state: 'offered' }]])
})

test('what became of it is an event of the session, with the action, its map and the time that the visitor took', async () => {
  const { offer, tell, events, setNow } = await setUp()
  const actionMap = { id: 'map-1', version: 3, displayName: 'Spring', selfUri: '/maps/map-1' }
  await offer({ ...contentOffer, id: 'a', prompt: 'Sale', actionMap })
  for (const [seconds, state] of [[10, 'offered'], [15, 'rejected']] as const) {
    setNow(start + seconds * 1000)
    await tell('a', state)
  }
  setNow(start + 20_000)
  await tell('a', 'errored', { errorCode: 'e-1', errorMessage: 'No room', 'x-odd': 2 })
  const action = (state: string): Json => ({ id: 'a', state, mediaType: 'contentOffer', prompt: 'Sale', createdDate: new Date(start).toISOString() })
  const eventOf = (seconds: number, said: Json) => expect.objectContaining({
    eventType: 'com.genesys.journey.WebActionEvent',
    createdDate: new Date(start + seconds * 1000).toISOString(),
    webActionEvent: expect.objectContaining({ actionMap, actionTarget: {}, ...said }) as unknown,
  }) as unknown
  const list = await events()
  expect(list).toEqual([
    eventOf(10, { action: action('offered') }),
    eventOf(15, { action: action('rejected'), timeToDisposition: 5000 }),
    eventOf(20, { action: action('errored'), timeToDisposition: 10_000, errorCode: 'e-1', errorMessage: 'No room', 'x-odd': 2 }),
  ])
  expect(list[0]!.webActionEvent).not.toHaveProperty('timeToDisposition')
})

test('what is told of an action that nobody has offered here stays an event of the page', async () => {
  const { tell, events, ask } = await setUp()
  await tell('elsewhere', 'accepted')
  expect(await events()).toEqual([])
  const all = (await ask('GET', `/api/v2/journey/sessions/${idOf(1)}/events`)).body.entities as { webEvent: Json }[]
  expect(all.at(-1)!.webEvent.attributes).toMatchObject({ actionId: { value: 'elsewhere' } })
})

describe('nobody else gets it', () => {
  test.each([
    ['another visitor', `sessionId=${idOf(1)}&dl=x`, idOf(901)],
    ['who does not name the session', 'dl=x', visitor],
    ['who does not say what the visitor looks at', `sessionId=${idOf(1)}`, visitor],
  ])('%s', async (_who, query, who) => {
    const { offer, ping } = await setUp()
    await offer(contentOffer)
    expect(await ping(query, who)).toEqual([])
  })

  test('a page of another origin is refused', async () => {
    const { ask } = await setUp()
    const url = `/api/v2/journey/deployments/shop/customers/${visitor}/ping?sessionId=${idOf(1)}&dl=x`
    expect(await ask('GET', url, { headers: { origin: 'https://evil.example.com' } })).toMatchObject({ status: 403, body: { code: 'not.authorized' } })
  })

  test('what a page tells of the action of another session changes nothing there', async () => {
    const { offer, send, ask, list, events } = await setUp()
    await offer({ ...contentOffer, id: 'a' })
    await send([opening(2)], { visitor: { id: idOf(901) } })
    expect((await ask('POST', '/api/v2/journey/deployments/shop/actionevent', { body: { sessionId: idOf(2), actionId: 'a', actionState: 'accepted' }, headers: { origin } })).status).toBe(204)
    expect([(await list())[0]!.state, await events()]).toEqual([undefined, []])
  })
})

describe('it is refused', () => {
  test.each<[string, unknown, string]>([
    ['without a means', {}, "must have required property 'mediaType'"],
    ['with an offer of no layout', { mediaType: 'contentOffer', contentOfferProperties: { displayMode: 'Modal' } }, "contentOfferProperties must have required property 'layoutMode'"],
    ['with a style of a wrong type', { ...contentOffer, contentOfferProperties: { ...contentOffer.contentOfferProperties, style: { closeButton: { opacity: 'much' } } } }, 'contentOfferProperties.style.closeButton.opacity must be number'],
    ['with a call to action without an address', { ...contentOffer, contentOfferProperties: { ...contentOffer.contentOfferProperties, callToAction: { text: 'Go' } } }, "contentOfferProperties.callToAction must have required property 'url'"],
    ['where the offer is not there', { mediaType: 'contentOffer' }, 'contentOfferProperties must be there for the mediaType contentOffer'],
    ['where the open action is not there', { mediaType: 'openAction' }, 'openActionProperties must be there for the mediaType openAction'],
    ['with half a map', { mediaType: 'webchat', actionMap: { id: 'm' } }, "actionMap must have required property 'version'"],
    ['with an empty id', { mediaType: 'webchat', id: '' }, 'id must be a text of 1 to 255 characters'],
    ['when it is too long', { mediaType: 'webchat', prompt: 'x'.repeat(actionLimits.length) }, `expected at most ${actionLimits.length} characters`],
    ['when it is no object', [contentOffer], 'must be an object'],
  ])('%s', async (_why, body, detail) => {
    const { offer, list } = await setUp()
    const { status, body: problem } = await offer(body)
    expect([status, problem.code, problem.detail]).toEqual([400, 'invalid-document', expect.stringContaining(detail)])
    expect(await list()).toEqual([])
  })

  test('without the key, or for a session that is not there, or over', async () => {
    const { ask, offer, path, setNow } = await setUp()
    for (const method of ['POST', 'GET'] as const) expect((await ask(method, path, { headers: {}, ...(method === 'POST' && { body: contentOffer }) })).status).toBe(401)
    expect((await ask('DELETE', `${path}/a`, { headers: {} })).status).toBe(401)
    expect(await ask('POST', `/v1/sessions/${idOf(7)}/actions`, { body: contentOffer })).toMatchObject({ status: 404, body: { code: 'session-not-found' } })
    setNow(start + 2_000_000)
    expect(await offer(contentOffer)).toMatchObject({ status: 409, body: { code: 'session-ended' } })
  })

  test('when there are too many', async () => {
    const { offer } = await setUp()
    for (let n = 0; n < actionLimits.actions; n++) expect((await offer({ mediaType: 'webchat' })).status).toBe(201)
    expect(await offer({ mediaType: 'webchat' })).toMatchObject({ status: 400, body: { detail: `a session has at most ${actionLimits.actions} actions` } })
  })
})

test('it is replaced under its id, and taken back, while the page has not shown it', async () => {
  const { ask, offer, tell, ping, path } = await setUp()
  await offer({ mediaType: 'webchat', id: 'a/b' })
  expect(await offer({ mediaType: 'webchat', id: 'a/b', prompt: 'Better' })).toMatchObject({ status: 200, body: { prompt: 'Better' } })
  await offer({ mediaType: 'webchat', id: 'c' })
  expect((await ask('DELETE', `${path}/a%2Fb`)).status).toBe(204)
  expect(await ask('DELETE', `${path}/a%2Fb`)).toMatchObject({ status: 404, body: { code: 'action-not-found' } })
  expect((await ping()).map(action => action.id)).toEqual(['c'])
  await tell('c', 'offered')
  for (const answer of [await ask('DELETE', `${path}/c`), await offer({ mediaType: 'webchat', id: 'c' })]) {
    expect(answer).toMatchObject({ status: 409, body: { code: 'action-seen', detail: 'its state is offered' } })
  }
})

test('what is told of it with something that cannot be kept is refused, and its state stays', async () => {
  const { offer, tell, list } = await setUp()
  await offer({ mediaType: 'webchat', id: 'a' })
  expect(await tell('a', 'errored', { errorMessage: 'x'.repeat(9000) })).toMatchObject({ status: 400, body: { message: expect.stringContaining('errorMessage') as string } })
  expect((await list())[0]).not.toHaveProperty('state')
})

test('in snake case, the words of an open action stay as they are', async () => {
  const { ask, offer } = await setUp()
  await offer({ mediaType: 'openAction', openActionProperties: { openActionName: 'wheel', configurationFields: { spinTime: 3, colours: ['red'] } } })
  const { body } = await ask('GET', `/api/v2/journey/deployments/shop/customers/${visitor}/ping?sessionId=${idOf(1)}&dl=x&case=snake`, { headers: { origin } })
  expect(body.actions).toMatchObject([{ media_type: 'openAction', action_map_id: 'api', open_action_properties: { open_action_name: 'wheel', configuration_fields: { spinTime: 3, colours: ['red'] } } }])
})

test('it is in what is given to the visitor who asks what is known of them', async () => {
  const { offer, get } = await setUp()
  await offer({ ...contentOffer, id: 'a' })
  expect((await get(`/v1/visitors/${visitor}/export`)).json()).toMatchObject({ conversations: [{ kind: 'sojourn.action', body: { id: 'a', ...contentOffer } }] })
})
