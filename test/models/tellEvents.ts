import { expect, vi } from 'vitest'
import { fullOf } from './fullOf.ts'
import { models, type Stage } from './openStage.ts'

type Json = Record<string, unknown>

interface Taken {
  session: { id: string }
}

const { schema } = models.events
const { whole } = models.events

const attributes = { total: { dataType: 'number', value: '12.5' } }

const leavesOf = (value: unknown, name = ''): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, member]) => leavesOf(member, Array.isArray(value) ? name : key)) : [[name, value]]

/** What was sent and does not come back under whatever name; a flag has to come back under its own. */
const lostOf = (sent: Json, answers: unknown): string[] => {
  const known = leavesOf(answers)
  const isKept = ([name, value]: [string, unknown]): boolean => known.some(([other, kept]) => kept === value && (typeof value !== 'boolean' || other === name))
  return leavesOf(sent).filter(leaf => !isKept(leaf)).map(([name]) => name)
}

const requestOf = (part: string, visitor: string, { at = Date.now(), ...more }: Json & { at?: number }): Json => {
  const now = new Date(at).toISOString()
  const named = { customerCookieId: visitor, createdDate: now, referrerUrl: 'https://www.bing.com/search?q=lamps#results', ipAddress: '203.0.113.9', attributes, traits: { email: { dataType: 'string', value: 'b@example.com' } } }
  return JSON.parse(JSON.stringify({ ...fullOf(schema, { whole, part, named }), ...more })) as Json
}

const visitorOf = (part: string): string => `00000000-0000-4000-8000-00000000000${part === 'Web' ? 1 : 2}`

/** Sends an event of everything that the model knows. @returns the session that it is in */
const send = async (stage: Stage, [kind, part]: ['webevents' | 'appevents', 'Web' | 'App'], more: Json & { at?: number }): Promise<string> => {
  const request = requestOf(`${part}EventRequest`, visitorOf(part), more)
  expect(stage.coverage.events.see(request, `${part}EventRequest`)).toEqual([])
  const answer = await stage.see<Taken>('events', `${part}EventResponse`, ['POST', `/api/v2/journey/deployments/shop/${kind}`, request, { 'x-forwarded-for': '203.0.113.8' }])
  const { id } = answer.session
  const session = (await stage.ask(['GET', `/v1/sessions/${id}`])).body
  const events = await stage.see('events', 'EventListing', ['GET', `/api/v2/journey/sessions/${id}/events`])
  expect(lostOf(request, [answer, session, events]), kind).toEqual([])
  return id
}

const page = { url: 'https://shop.example.com/lamps?utm_source=letter&utm_medium=email&utm_campaign=may&utm_term=desk&utm_content=foot&gclid=G-2#list', title: 'Lamps', keywords: 'lamp', lang: 'en' }

/** Somebody offers a visitor everything that the model has of an offer; the page asks for it, and tells what became of it. */
const offer = async (stage: Stage, session: string): Promise<void> => {
  const { customerId: _customer, customerIdType: _type, actionMapId: _map, actionMapVersion: _version, ...offered } = fullOf(schema, { whole, part: 'DeploymentWebAction', named: { sessionId: session } })
  const actionMap = fullOf(schema, { whole, part: 'ActionEventActionMap' })
  const actionTarget = fullOf(schema, { whole, part: 'AddressableEntityRef' })
  const answer = await stage.ask<{ id: string; createdDate: string }>(['POST', `/v1/sessions/${session}/actions`, { ...offered, prompt: 'May we help?', actionMap, actionTarget }])
  expect(answer.status).toBe(201)
  const { id: actionId, createdDate } = answer.body
  const ping = `/api/v2/journey/deployments/shop/customers/${visitorOf('Web')}/ping?sessionId=${session}&dl=${encodeURIComponent(page.url)}`
  expect(await stage.see('events', 'DeploymentPing', ['GET', ping])).toMatchObject({ actions: [offered] })
  // To decide takes a visitor some time.
  await expect.poll(() => Date.now()).toBeGreaterThan(Date.parse(createdDate))
  const told = { ...fullOf(schema, { whole, part: 'ActionEventRequest', named: { sessionId: session, actionId, id: '00000000-0000-4000-8000-000000000009' } }), selfUri: undefined }
  expect((await stage.ask(['POST', '/api/v2/journey/deployments/shop/actionevent', told])).status).toBe(204)
  expect(stage.coverage.events.see(JSON.parse(JSON.stringify(told)), 'ActionEventRequest')).toEqual([])
  await vi.waitFor(async () => expect(lostOf(told, await stage.see('events', 'EventListing', ['GET', `/api/v2/journey/sessions/${session}/events`]))).toEqual(['selfUri']), { timeout: 15_000 })
  expect(await stage.see('events', 'DeploymentPing', ['GET', ping])).toMatchObject({ actions: [] })
}

/** A website and an app send events in the vendor's words, and a visitor is offered something. */
export const tellEvents = async (stage: Stage): Promise<void> => {
  const minuteAgo = Date.now() - 60_000
  await send(stage, ['webevents', 'Web'], { eventName: 'page_viewed', page, at: minuteAgo })
  const web = await send(stage, ['webevents', 'Web'], { eventName: 'lamp_compared', page })
  expect((await stage.ask(['GET', `/v1/sessions/${web}`])).body).toMatchObject({ ipAddress: '203.0.113.9', device: { fingerprint: expect.any(String) as string } })
  const link = 'https://shop.example.com/app?utm_source=letter&utm_medium=email&utm_campaign=may#top'
  const app = await send(stage, ['appevents', 'App'], { eventName: 'screen_viewed', screenName: 'Basket', searchQuery: undefined, referrerUrl: link, at: minuteAgo })
  await send(stage, ['appevents', 'App'], { eventName: 'searched', screenName: 'Search', referrerUrl: link })
  for (const id of [web, app]) {
    const path = `/api/v2/journey/deployments/shop/customers/${visitorOf(id === web ? 'Web' : 'App')}/ping?sessionId=${id}`
    await stage.see('events', 'DeploymentPing', ['GET', path])
  }
  await offer(stage, web)
  for (const id of [web, app]) await stage.see('session', 'Session', ['GET', `/api/v2/journey/sessions/${id}`])
}
