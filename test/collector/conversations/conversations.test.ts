import { describe, expect, test } from 'vitest'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { sessionsProjection } from '../../../src/collector/projection/projection.ts'
import type { StoredSession } from '../../../src/collector/sessionStore.ts'
import { reduceSession } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'
import { createDialectTest } from '../dialects/createDialectTest.ts'

interface Conversation extends Record<string, unknown> {
  id: string
  sessions: string[]
}

const hour = 3_600_000

interface Given {
  at?: number
  customer?: string
  shortId?: string
  site?: string
  visitor?: number
}

/** A session that began `at` milliseconds after the start, and holds its short id for an hour. */
const sessionOf = (n: number, { at = 0, customer, shortId, site = 'shop', visitor = 900 }: Given = {}): StoredSession => ({
  site,
  state: reduceSession(undefined, opening(n, { at: start + at, start: { type: 'web', index: 1, ...(customer && { customer: { id: customer, type: 'crm' } }) } })),
  facts: { visitorId: idOf(visitor), ...(shortId && { shortId }) },
  heldUntil: start + at + hour,
  duplicates: 0,
})

const setUp = (...all: StoredSession[]) => {
  const sessions = createMemorySessionStore([])
  sessions.transaction({ ...sessionsProjection, position: 1 }, writer => all.forEach(writer.save))
  const { ask, clock, live } = createDialectTest({ sessions })
  const write = async (body: object): Promise<Conversation> => (await ask<Conversation>('POST', '/v1/conversations', body)).body
  const of = async (n: number): Promise<Conversation[]> => (await ask<{ entities: Conversation[] }>('GET', `/v1/sessions/${idOf(n)}/conversations`)).body.entities
  return { ask, clock, live, write, of }
}

const dateOf = (at: number): string => new Date(start + at).toISOString()

describe('a conversation', () => {
  test('is a Session, with everything that was written', async () => {
    const { ask, write } = setUp(sessionOf(1))
    const given = {
      id: 'call-1',
      sessionId: idOf(1),
      createdDate: dateOf(0),
      endedDate: dateOf(90_000),
      conversationChannels: [{ type: 'Voice', platform: 'Edge', codec: 'opus' }],
      conversationSubject: 'Delivery',
      originatingDirection: 'Sideways',
      lastConnectedQueue: { id: 'q-1' },
      lastUserDisposition: { code: 'solved', user: { id: 'u-1' } },
      mood: ['good'],
    }
    const expected = {
      ...given,
      type: 'conversation',
      status: 'ended',
      durationInSeconds: 90,
      eventCount: 2,
      lastEvent: { id: 'call-1', eventName: 'ended', createdDate: dateOf(90_000) },
      conversation: { id: 'call-1', selfUri: '/v1/conversations/call-1' },
      authenticated: false,
      model: { name: 'sojourn', selfUri: '/v1/conversations/call-1' },
      selfUri: '/v1/conversations/call-1',
      sessions: [idOf(1)],
      site: 'shop',
    }
    expect(await write(given)).toEqual(expected)
    expect((await ask('GET', '/v1/conversations/call-1')).body).toEqual(expected)
  })

  test('says nothing that only the collector may say', async () => {
    const { write } = setUp(sessionOf(1))
    const lie = { id: 'a', sessionId: idOf(1), authenticated: true, type: 'web', status: 'away', sessions: [idOf(2)], selfUri: '/x', model: { name: 'vapi' } }
    expect(await write(lie)).toMatchObject({ authenticated: false, type: 'conversation', status: 'active', sessions: [idOf(1)], selfUri: '/v1/conversations/a', model: { name: 'sojourn' } })
  })

  test('is of the site of its sessions, and of none where it has none, whatever it says', async () => {
    const { ask, write } = setUp(sessionOf(1))
    expect(await write({ id: 'a', customerId: 'nobody', site: 'blog' })).not.toHaveProperty('site')
    expect(await write({ id: 'b', sessionId: idOf(1), site: 'blog' })).toMatchObject({ site: 'shop' })
    expect((await ask('GET', '/v1/sessions?site=blog')).body).toEqual({ entities: [] })
  })

  test('gets an id and a date, and is replaced when it goes on', async () => {
    const { ask, write, of } = setUp(sessionOf(1))
    const first = await ask<Conversation>('POST', '/v1/conversations', { sessionId: idOf(1) })
    expect([first.status, first.body]).toEqual([201, expect.objectContaining({ status: 'active', createdDate: dateOf(0), id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string })])
    const { id, createdDate } = first.body
    expect(await write({ id, createdDate, sessionId: idOf(1), endedDate: dateOf(1000) })).toMatchObject({ status: 'ended', id })
    expect((await of(1)).map(each => each.status)).toEqual(['ended'])
  })

  test('is removed', async () => {
    const { ask, write, of } = setUp(sessionOf(1))
    await write({ id: 'a', sessionId: idOf(1) })
    expect((await ask('DELETE', '/v1/conversations/a')).status).toBe(204)
    expect(await of(1)).toEqual([])
    for (const method of ['GET', 'DELETE'] as const) expect((await ask(method, '/v1/conversations/a')).body).toMatchObject({ code: 'conversation-not-found' })
  })

  test.each([
    [{}, 'expected one of sessionId, shortId, customerId, phoneNumber'],
    [{ shortId: '12' }, 'shortId must match pattern "^[0-9]{4,6}$"'],
    [{ phoneNumber: '020 1234567' }, 'phoneNumber must be a phone number with its country code'],
    [{ customerId: 'c', endedDate: dateOf(-1), createdDate: dateOf(0) }, 'endedDate must not be before createdDate'],
    [{ customerId: 'c', createdDate: 'today' }, 'createdDate must match format "date-time"'],
    [{ customerId: 'c', conversationChannels: [{}] }, "conversationChannels.0 must have required property 'type'"],
    ['text', 'must be an object'],
  ])('is refused when it is %j', async (body, detail) => {
    const { ask } = setUp()
    expect((await ask('POST', '/v1/conversations', body)).body).toMatchObject({ status: 400, code: 'invalid-document', detail })
  })
})

describe('a web session has the conversations that grew from it', () => {
  test('by its id, oldest first, in whatever model they were written', async () => {
    const { ask, clock, write, of } = setUp(sessionOf(1), sessionOf(2))
    await write({ id: 'later', sessionId: idOf(1), createdDate: dateOf(hour) })
    clock.at += 1000
    const { body } = await ask('POST', '/session', { assistantOverrides: { variableValues: { journeySessionId: idOf(1) } }, messages: [{ role: 'user', content: 'hi' }] })
    const found = await of(1)
    expect(found.map(({ id, model }) => [id, model])).toEqual([
      [body.id, { name: 'vapi', selfUri: `/session/${String(body.id)}` }],
      ['later', { name: 'sojourn', selfUri: '/v1/conversations/later' }],
    ])
    expect(found[0]).toMatchObject({ type: 'conversation', eventCount: 1, conversationChannels: [{ type: 'Webchat', platform: 'Vapi' }] })
    expect(await of(2)).toEqual([])
  })

  test('by the short id, while the session has it', async () => {
    const { write, of } = setUp(sessionOf(1, { shortId: '1234' }), sessionOf(2, { at: 2 * hour, shortId: '1234' }))
    for (const at of [-1, 0, hour - 1, hour, 2 * hour]) await write({ id: `at ${at}`, shortId: '1234', createdDate: dateOf(at) })
    expect((await of(1)).map(({ id }) => id)).toEqual(['at 0', `at ${hour - 1}`])
    expect((await of(2)).map(({ id }) => id)).toEqual([`at ${2 * hour}`])
  })

  test('by nothing, where two sites gave out the same short id', async () => {
    const { write, of } = setUp(sessionOf(1, { shortId: '1234' }), sessionOf(2, { shortId: '1234', site: 'blog' }))
    expect(await write({ shortId: '1234', createdDate: dateOf(5) })).toMatchObject({ sessions: [] })
    expect([await of(1), await of(2)]).toEqual([[], []])
  })

  test('by the customer: the newest session that had begun', async () => {
    const { write, of } = setUp(sessionOf(1, { customer: 'c-1' }), sessionOf(2, { customer: 'c-1', at: hour }), sessionOf(3, { customer: 'c-2' }))
    for (const at of [-1, 5, hour, 9 * hour]) await write({ id: `at ${at}`, customerId: 'c-1', createdDate: dateOf(at) })
    expect((await of(1)).map(({ id }) => id)).toEqual(['at 5'])
    expect((await of(2)).map(({ id }) => id)).toEqual([`at ${hour}`, `at ${9 * hour}`])
    expect(await of(3)).toEqual([])
  })

  test('by the visitor id, also of a visitor who has a name by now', async () => {
    const { write, of } = setUp(sessionOf(1, { customer: 'c-1', visitor: 901 }), sessionOf(2, { visitor: 902 }))
    await write({ id: 'named', customerId: idOf(901), createdDate: dateOf(5) })
    await write({ id: 'unnamed', customerId: idOf(902), createdDate: dateOf(5) })
    expect([(await of(1)).map(({ id }) => id), (await of(2)).map(({ id }) => id)]).toEqual([['named'], ['unnamed']])
  })

  test('by the phone number, however it is written', async () => {
    const { ask, write, of } = setUp(sessionOf(1, { customer: '+31201234567' }))
    await write({ id: 'a', phoneNumber: '0031 20 123 45 67', createdDate: dateOf(5) })
    const { body } = await ask('POST', '/session', { createdAt: dateOf(6), customer: { number: '+31201234567' } })
    expect((await of(1)).map(({ id }) => id)).toEqual(['a', body.id])
  })

  test('by what is surest', async () => {
    const { write, of } = setUp(sessionOf(1, { customer: 'c-1' }), sessionOf(2, { shortId: '1234' }))
    await write({ id: 'a', customerId: 'c-1', shortId: '1234', createdDate: dateOf(5) })
    await write({ id: 'b', customerId: 'c-1', shortId: '9999', createdDate: dateOf(5) })
    expect([(await of(1)).map(({ id }) => id), (await of(2)).map(({ id }) => id)]).toEqual([['b'], ['a']])
  })

  test('and whoever follows the changes hears of it', async () => {
    const { live, write, ask } = setUp(sessionOf(1), sessionOf(2))
    const heard: string[] = []
    live.add({ write: text => void heard.push(text), buffered: () => 0, close: () => undefined }, undefined)
    const told = (): string[] => heard.filter(text => text.includes('event: session')).map(text => /"id":"([^"]+)"/.exec(text)![1]!)
    await write({ id: 'a', sessionId: idOf(1) })
    // Of the conversation, too: it is a Session.
    await expect.poll(told).toEqual([idOf(1), 'a'])
    await ask('DELETE', '/v1/conversations/a')
    await expect.poll(told).toEqual([idOf(1), 'a', idOf(1)])
  })

  test('and the session that it no longer grew from is told of, too, when it is replaced', async () => {
    const { live, write } = setUp(sessionOf(1), sessionOf(2))
    await write({ id: 'a', sessionId: idOf(1) })
    const heard: string[] = []
    live.add({ write: text => void heard.push(text), buffered: () => 0, close: () => undefined }, undefined)
    await write({ id: 'a', sessionId: idOf(2) })
    const told = (): string[] => heard.filter(text => text.includes('event: session')).map(text => /"id":"([^"]+)"/.exec(text)![1]!)
    await expect.poll(told).toEqual([idOf(1), idOf(2), 'a'])
  })

  test('and who follows the site that it leaves hears that it is gone there, and who follows all of them where it is', async () => {
    const { live, write } = setUp(sessionOf(1, { site: 'shop' }), sessionOf(2, { site: 'blog' }))
    await write({ id: 'a', sessionId: idOf(1) })
    const heard: Record<'shop' | 'blog' | 'all', string[]> = { shop: [], blog: [], all: [] }
    for (const [name, texts] of Object.entries(heard))
      live.add({ write: text => void texts.push(text), buffered: () => 0, close: () => undefined }, name === 'all' ? undefined : name)
    const told = (name: keyof typeof heard): string[] =>
      heard[name].filter(text => text.includes('"id":"a"')).map(text => `${/event: (\w+)/.exec(text)![1]} ${/"site":"(\w+)"/.exec(text)![1]}`)
    await write({ id: 'a', sessionId: idOf(2) })
    await expect.poll(() => told('all')).toEqual(['removed shop', 'session blog'])
    expect(told('shop')).toEqual(['removed shop'])
    expect(told('blog')).toEqual(['session blog'])
    // There and back before anybody is told: it is where it was.
    await write({ id: 'a', sessionId: idOf(1) })
    await write({ id: 'a', sessionId: idOf(2) })
    await expect.poll(() => told('all').slice(2)).toEqual(['removed shop', 'session blog'])
    expect(told('blog').slice(1)).toEqual(['session blog'])
  })

  test('unless there is no such session', async () => {
    const { ask } = setUp()
    expect((await ask('GET', `/v1/sessions/${idOf(1)}/conversations`)).body).toMatchObject({ code: 'session-not-found' })
  })
})
