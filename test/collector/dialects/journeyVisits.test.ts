import { expect, onTestFinished, test } from 'vitest'
import { idOf, opening, start } from '../batches.ts'
import { createMemoryCollector } from '../identity/createMemoryCollector.ts'

const minutes = (count: number): number => start + count * 60_000

const bodies = {
  webevents: { eventName: 'page_viewed', page: { url: 'https://shop.example.com/', title: 'Shop' } },
  appevents: {
    ...{ eventName: 'screen_viewed', screenName: 'Home', app: { name: 'Shop', namespace: 'com.example.shop', version: '1', buildNumber: '1' } },
    device: { category: 'mobile', type: 'Phone', osFamily: 'iOS', osVersion: '26' },
  },
}

/** A collector that takes an event at a minute, dated as it is told, and says which session it is in. */
const setUp = () => {
  const { app, setNow, ...collector } = createMemoryCollector()
  onTestFinished(() => app.close())
  const tell = async (part: keyof typeof bodies, minute: number, dated = minute): Promise<string> => {
    setNow(minutes(minute))
    const payload = { ...bodies[part], customerCookieId: idOf(900), createdDate: new Date(minutes(dated)).toISOString() }
    const response = await app.inject({ method: 'POST', url: `/api/v2/journey/deployments/shop/${part}`, payload })
    return response.json<{ session: { id: string } }>().session.id
  }
  const read = async (id: string): Promise<object> => (await collector.get(`/v1/sessions/${id}`)).json()
  const ping = async (since: string): Promise<object> =>
    (await app.inject({ url: `/api/v2/journey/deployments/shop/customers/${idOf(900)}/ping?sinceLastBeaconMilliseconds=${since}` })).json()
  return { ...collector, app, setNow, tell, read, ping }
}

test('a visit of a website and one of its app go on beside each other', async () => {
  const { tell, read } = setUp()
  const ids = [await tell('webevents', 0), await tell('appevents', 1), await tell('webevents', 2), await tell('appevents', 3)]
  expect(ids.map(id => ids.indexOf(id))).toEqual([0, 1, 0, 1])
  expect(await read(ids[1]!)).toMatchObject({ type: 'app', eventCount: 2, sessionIndex: 2, previousSessionId: ids[0] })
})

test('an event that comes late is in the session of its time, and the newer one stays as it was', async () => {
  const { tell, read } = setUp()
  const [first, second] = [await tell('webevents', 0), await tell('webevents', 40)]
  expect(await tell('webevents', 41, 5)).toBe(first)
  expect(await read(first)).toMatchObject({ eventCount: 2, durationInSeconds: 300 })
  expect(await read(second)).toMatchObject({ createdDate: new Date(minutes(40)).toISOString(), eventCount: 1, durationInSeconds: 0 })
})

test('an event from shortly before the first known one is in its session', async () => {
  const { tell, read } = setUp()
  const id = await tell('webevents', 55)
  expect(await tell('webevents', 56, 26)).toBe(id)
  expect(await read(id)).toMatchObject({ createdDate: new Date(minutes(26)).toISOString(), eventCount: 2 })
})

test('an event that is too old for the only session known opens one of its own', async () => {
  const { tell, read } = setUp()
  const id = await tell('webevents', 55)
  expect(await tell('webevents', 56, 0)).not.toBe(id)
  expect(await read(id)).toMatchObject({ createdDate: new Date(minutes(55)).toISOString(), eventCount: 1 })
})

test('a sender whose clock is ahead splits no session', async () => {
  const { tell } = setUp()
  const id = await tell('webevents', 0)
  expect(await tell('webevents', 29.5, 30.4)).toBe(id)
})

test('a web event is in the session of a page of an own category', async () => {
  const { send, tell } = setUp()
  await send([opening(1, { start: { type: 'kiosk', index: 1 } })], { visitor: { id: idOf(900) } })
  expect(await tell('webevents', 1)).toBe(idOf(1))
})

test.each([
  ['0', 15_000],
  ['20000', 20_000],
  ['86400001', 60_000],
  ['31536000000', 60_000],
])('a ping of a page that has sent something %s milliseconds ago is answered', async (since, pollIntervalMilliseconds) => {
  const { ping } = setUp()
  expect(await ping(since)).toEqual({ actions: [], pollIntervalMilliseconds })
})

test('what became of an action counts once, however its id is written', async () => {
  const { app, tell, read } = setUp()
  const sessionId = await tell('webevents', 0)
  const id = 'abcdef00-0000-4000-8000-000000000001'
  for (const each of [id, id.toUpperCase(), id.toUpperCase()]) {
    const payload = { id: each, sessionId, actionId: 'a-1', actionState: 'accepted' }
    expect((await app.inject({ method: 'POST', url: '/api/v2/journey/deployments/shop/actionevent', payload })).statusCode).toBe(204)
  }
  expect(await read(sessionId)).toMatchObject({ eventCount: 2 })
})
