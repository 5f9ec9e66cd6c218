import { describe, expect, test } from 'vitest'
import { createMemoryErasureFile } from '../../../src/collector/identity/erasureFile.ts'
import type { Event } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'
import { authorized, createTestEndpoint } from '../createTestEndpoint.ts'
import { createMemoryCollector } from './createMemoryCollector.ts'
import { createSigner, identifyOf } from './tokens.ts'

interface Exported {
  exportedDate: string
  customer: object
  sessions: { id: string; site: string; events: Event[] }[]
  conversations: { kind: string; id: string; body: object }[]
}

const signIn = (session: number, id: string): Event[] => [opening(session), identifyOf(100 + session, { session: idOf(session), customer: { id, type: 'crm' }, traits: { email: `${id}@example.com` } })]

const create = async () => {
  const collector = createMemoryCollector()
  const exportOf = async (path: string, query = ''): Promise<Exported> => (await collector.get(`/v1/${path}/export${query}`)).json()
  const converse = (body: object) =>
    collector.app.inject({ method: 'POST', url: '/v1/conversations', payload: JSON.stringify(body), headers: { ...authorized, 'content-type': 'application/json' } })
  await collector.send([opening(1)], { visitor: { id: idOf(501) } })
  await collector.send(signIn(2, 'c-1'), { visitor: { id: idOf(501) } })
  await collector.send(signIn(3, 'c-1'), { visitor: { id: idOf(502) } })
  await collector.send(signIn(4, 'c-2'), { visitor: { id: idOf(502) } })
  return { ...collector, exportOf, converse }
}

describe('an export', () => {
  test('has all sessions of a customer with all of their events', async () => {
    const { exportOf, session, send } = await create()
    const many = Array.from({ length: 900 }, (_, i): Event => ({ id: idOf(5000 + i), type: 'custom', eventName: 'a', session: idOf(3), tab: 'tab-1', seq: 2 + i, at: start }))
    await send(many, { visitor: { id: idOf(502) } })
    const { sessions, customer, exportedDate, conversations } = await exportOf('customers/c-1')
    expect([customer, exportedDate, conversations]).toEqual([{ id: 'c-1' }, new Date(start).toISOString(), []])
    expect(sessions.map(({ id, events }) => [id, events.length]).sort()).toEqual([[idOf(1), 1], [idOf(2), 2], [idOf(3), 902]])
    const { events: _events, ...exported } = sessions.find(({ id }) => id === idOf(2))!
    // What came before a session is said by the other ones, which stand beside it.
    const { delivery: _delivery, touches: _touches, ...served } = { delivery: {}, touches: {}, ...(await session(2)) }
    expect(exported).toEqual(served)
  })

  test('has the conversations that belong to them, in whatever way they are linked', async () => {
    const { exportOf, converse, session, setNow } = await create()
    const { shortId } = await session(2)
    setNow(start + 60_000)
    const createdDate = new Date(start + 1000).toISOString()
    await converse({ id: 'by-customer', customerId: 'c-1', createdDate })
    await converse({ id: 'by-session', sessionId: idOf(3), createdDate })
    await converse({ id: 'by-visitor', customerId: idOf(501), createdDate })
    await converse({ id: 'by-short-id', shortId, createdDate })
    await converse({ id: 'of-another', customerId: 'c-2', createdDate })
    const { conversations } = await exportOf('customers/c-1')
    expect(conversations.map(({ id }) => id).sort()).toEqual(['by-customer', 'by-session', 'by-short-id', 'by-visitor'])
  })

  test('about one site has no conversation that is tied to another one, and erasing leaves that', async () => {
    const { exportOf, converse, send, app, get } = await create()
    await send(signIn(5, 'c-1'), { site: 'other', visitor: { id: idOf(505) } })
    for (const [id, n] of [['of the shop', 3], ['of the other', 5]] as const) await converse({ id, sessionId: idOf(n), customerId: 'c-1' })
    await converse({ id: 'of none', sessionId: idOf(77), customerId: 'c-1', createdDate: new Date(start - 1).toISOString() })
    const idsOf = async (site: string) => (await exportOf('customers/c-1', `?site=${site}`)).conversations.map(({ id }) => id).sort()
    expect([await idsOf('shop'), await idsOf('other')]).toEqual([['of none', 'of the shop'], ['of none', 'of the other']])
    expect((await app.inject({ method: 'DELETE', url: '/v1/customers/c-1?site=shop', headers: authorized })).statusCode).toBe(200)
    expect((await get('/v1/conversations/of%20the%20other')).statusCode).toBe(200)
    expect((await get('/v1/conversations/of%20the%20shop')).statusCode).toBe(404)
  })

  test('may be about a visitor, one site, or somebody who is not known', async () => {
    const { exportOf } = await create()
    expect((await exportOf(`visitors/${idOf(502)}`)).sessions.map(({ id }) => id).sort()).toEqual([idOf(3), idOf(4)])
    expect(await exportOf('customers/nobody')).toMatchObject({ sessions: [], conversations: [] })
  })

  test('holds no token', async () => {
    const signer = await createSigner()
    const collector = createMemoryCollector({ identityKeys: [{ jwks: { keys: [signer.jwk] } }] })
    const token = await signer.sign()
    await collector.send([opening(1), identifyOf(2, { token })])
    const { body } = await collector.get('/v1/customers/c-1/export')
    expect(body).toContain('"authenticated":true')
    expect(body).not.toContain(token.split('.')[2])
  })

  test('waits for the Sessions, and is refused while they lack what the log has: a part would pass for all of it', async () => {
    let hasAll = false
    const eraser = { catchUp: async () => hasAll, erase: async () => ({ sessions: 0, batches: 0 }) }
    const { get } = createTestEndpoint({ erasing: { file: createMemoryErasureFile(), eraser } })
    for (const path of ['customers/c-1', `visitors/${idOf(501)}`]) {
      hasAll = false
      const refused = await get(`/v1/${path}/export`)
      expect([refused.statusCode, refused.headers['retry-after'], refused.json<{ code: string }>().code]).toEqual([503, '5', 'not-ready'])
      hasAll = true
      expect((await get(`/v1/${path}/export`)).json()).toMatchObject({ sessions: [], conversations: [] })
    }
  })

  test.each(['customers/c-1/export?sight=shop', 'customers/c-1/export?site=', `visitors/${idOf(1)}/export?type=crm`])('is refused for %s', async path => {
    const { get } = await create()
    expect((await get(`/v1/${path}`)).statusCode).toBe(400)
  })

  test('is for those who have the key', async () => {
    const { get } = await create()
    expect((await get('/v1/customers/c-1/export', {})).statusCode).toBe(401)
  })
})
