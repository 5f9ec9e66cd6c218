import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCollector, type Collector } from '../harness/startCollector.ts'
import { connectVapi, type VapiClient } from './connectVapi.ts'

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
beforeAll(async () => {
  collector = await startCollector()
  client = connectVapi(collector)
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
