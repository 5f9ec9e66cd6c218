import { expect, test } from 'vitest'
import { connectVapi, type VapiSession } from './connectVapi.ts'
import { setUpCollector } from './setUpCollector.ts'

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

const collector = setUpCollector()

test('what is created is read, changed, listed and deleted', async () => {
  const client = connectVapi(collector())
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
  expect(await client.sessions.list()).toEqual({ results: [], metadata: { itemsPerPage: 100, totalItems: 0, currentPage: 1, itemsBeyondRetention: false } })
})

test('a list is read page by page', async () => {
  const { sessions } = connectVapi(collector())
  const created: VapiSession[] = []
  for (const name of ['a', 'b', 'c']) created.push(await sessions.create({ name, squadId: 'pages' }))
  const [a, b, c] = created
  const list = (request: object): Promise<object> => sessions.list({ squadId: 'pages', limit: 2, ...request })
  const metadata = { itemsPerPage: 2, totalItems: 3, currentPage: 1, itemsBeyondRetention: false }
  expect(await list({ sortOrder: 'ASC' })).toEqual({ results: [a, b], metadata })
  expect(await list({ sortOrder: 'ASC', page: 2 })).toEqual({ results: [c], metadata: { ...metadata, currentPage: 2 } })
  expect(await list({ sortOrder: 'DESC' })).toEqual({ results: [c, b], metadata })
})

test('what was written is there after a crash', async () => {
  const { sessions } = connectVapi(collector())
  const created = await sessions.create(whole)
  await collector().kill()
  await collector().restart()
  expect(await sessions.get({ id: created.id })).toEqual(created)
})
