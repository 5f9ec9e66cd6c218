import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { loadClient } from './loadClient.ts'

type Session = Record<string, unknown> & { id: string }

/** As much of `@vapi-ai/server-sdk` as is used here. */
interface VapiClient {
  sessions: {
    create(request: object): Promise<Session>
    get(request: { id: string }, options?: object): Promise<Session>
    list(request?: object): Promise<{ results: Session[]; metadata: object }>
    update(request: { id: string } & Record<string, unknown>): Promise<Session>
    delete(request: { id: string }): Promise<Session>
  }
}

interface Vapi {
  VapiClient: new (options: { token: string; baseUrl: string }) => VapiClient
}

const { VapiClient } = loadClient('@vapi-ai/server-sdk') as Vapi

const whole = {
  name: 'Order 1017',
  status: 'active',
  expirationSeconds: 3600,
  assistantId: 'assistant-1',
  assistantOverrides: { variableValues: { shortId: '4711' }, firstMessage: 'Hello' },
  customer: { number: '+31201234567', name: 'Ann', externalId: 'c-1017' },
  phoneNumberId: 'phone-1',
  messages: [
    { role: 'system', message: 'Be kind', time: 1, secondsFromStart: 0 },
    { role: 'user', message: 'Where is it?', time: 2, endTime: 3, secondsFromStart: 1 },
    { role: 'assistant', content: 'One moment', tool_calls: [{ id: 't', type: 'function', function: { name: 'find', arguments: '{}' } }] },
    { role: 'tool', content: '{"at":"Utrecht"}', tool_call_id: 't' },
  ],
  fieldOfTomorrow: { deep: [null, 1.5, 'é'] },
}

let collector: Collector
let client: VapiClient
const connect = (token: string, url = collector.url): VapiClient => new VapiClient({ token, baseUrl: url })
beforeAll(async () => {
  collector = await startCollector()
  client = connect(collector.apiKey)
})
afterAll(() => collector.stop())

test('what is created is read, changed, listed and deleted', async () => {
  const created = await client.sessions.create(whole)
  const { id, orgId, createdAt, updatedAt, ...rest } = created
  expect(rest).toEqual(whole)
  expect([id, orgId, createdAt]).toEqual([expect.any(String), 'sojourn', updatedAt])
  expect(await client.sessions.get({ id })).toEqual(created)
  const messages = [...whole.messages, { role: 'developer', content: 'Done' }]
  const changed = await client.sessions.update({ id, name: 'Order 1018', messages, status: 'completed' })
  expect(changed).toEqual({ ...created, name: 'Order 1018', messages, status: 'completed', updatedAt: changed.updatedAt })
  expect(await client.sessions.list({ assistantIdAny: 'assistant-1,assistant-2', customerNumberAny: '+31201234567' })).toEqual({
    results: [changed],
    metadata: { itemsPerPage: 100, totalItems: 1, currentPage: 1, itemsBeyondRetention: false },
  })
  expect(await client.sessions.delete({ id })).toEqual(changed)
  expect((await client.sessions.list()).results).toEqual([])
})

test('a list is read page by page', async () => {
  for (const name of ['a', 'b', 'c']) await client.sessions.create({ name, squadId: 'pages' })
  const namesOf = async (request: object): Promise<unknown[]> => (await client.sessions.list({ squadId: 'pages', limit: 2, ...request })).results.map(({ name }) => name)
  expect([await namesOf({ sortOrder: 'ASC' }), await namesOf({ sortOrder: 'ASC', page: 2 }), await namesOf({ sortOrder: 'DESC' })]).toEqual([['a', 'b'], ['c'], ['c', 'b']])
})

test('what was written is there after a crash', async () => {
  const created = await client.sessions.create(whole)
  await collector.kill()
  await collector.restart()
  expect(await client.sessions.get({ id: created.id })).toEqual(created)
})

describe('the client throws', () => {
  test('404 for a session that is not there', async () => {
    const body = { message: 'Session nobody does not exist', error: 'Not Found', statusCode: 404 }
    await expect(client.sessions.get({ id: 'nobody' })).rejects.toMatchObject({ statusCode: 404, body })
    await expect(client.sessions.update({ id: 'nobody', name: 'x' })).rejects.toMatchObject({ statusCode: 404, body })
    await expect(client.sessions.delete({ id: 'nobody' })).rejects.toMatchObject({ statusCode: 404, body })
  })

  test('401 for a wrong key', async () => {
    await expect(connect('wrong-wrong-wrong-wrong').sessions.list()).rejects.toMatchObject({ statusCode: 401, body: { error: 'Unauthorized', statusCode: 401 } })
  })

  test('400 for what is wrong', async () => {
    const message = ['name must NOT have more than 40 characters', 'expirationSeconds must be >= 60']
    await expect(client.sessions.create({ name: 'x'.repeat(41), expirationSeconds: 1 })).rejects.toMatchObject({ statusCode: 400, body: { message, statusCode: 400 } })
    await expect(client.sessions.list({ page: 0 })).rejects.toMatchObject({ statusCode: 400 })
  })

  test('429 for too much, with the time to wait', async () => {
    const busy = await startCollector({ config: { sites: [], rateLimits: { api: { perSecond: 0.01, burst: 1 } } } })
    try {
      const impatient = connect(busy.apiKey, busy.url)
      await impatient.sessions.list()
      const refused = impatient.sessions.get({ id: 'x' }, { maxRetries: 0 })
      await expect(refused).rejects.toMatchObject({ statusCode: 429, body: { error: 'Too Many Requests', statusCode: 429 } })
    } finally {
      await busy.stop()
    }
  })
})
