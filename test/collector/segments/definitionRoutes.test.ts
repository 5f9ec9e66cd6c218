import { onTestFinished, expect, test } from 'vitest'
import { authorized, createTestEndpoint } from '../createTestEndpoint.ts'

const setUp = () => {
  const { app, get } = createTestEndpoint()
  onTestFinished(() => app.close())
  const send = (request: `${'PUT' | 'DELETE'} ${string}`, payload?: unknown, headers: Record<string, string> = {}) =>
    app.inject({
      method: request.split(' ')[0] as 'PUT' | 'DELETE',
      url: request.split(' ')[1]!,
      headers: { ...authorized, ...headers, ...(payload !== undefined && { 'content-type': 'application/json' }) },
      ...(payload !== undefined && { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    })
  return { get, send, put: (payload: unknown, headers?: Record<string, string>) => send('PUT /v1/segments', payload, headers) }
}

test.each(['segments', 'outcomes'])('%s are put, listed, asked for one by one and forgotten', async kind => {
  const { get, send } = setUp()
  const put = await send(`PUT /v1/${kind}`, { entities: [{ displayName: 'Frequent buyers' }] })
  expect([put.statusCode, put.json()]).toEqual([200, { source: 'api', entities: [expect.objectContaining({ id: 'frequent-buyers', selfUri: `/v1/${kind}/frequent-buyers` })] }])
  expect((await get(`/v1/${kind}`)).json()).toEqual(put.json())
  expect((await get(`/v1/${kind}/frequent-buyers`)).json()).toEqual(put.json<{ entities: unknown[] }>().entities[0])
  expect((await get(`/v1/${kind}/other`)).json()).toMatchObject({ status: 404, code: 'definition-not-found' })
  expect((await send(`DELETE /v1/${kind}`)).json()).toEqual({ source: 'configuration', entities: [] })
})

test('what GET answers may be put as it is', async () => {
  const { get, put } = setUp()
  await put([{ displayName: 'A', journey: { patterns: [{ criteria: [], count: 2, streamType: 'Web', sessionType: 'web' }] } }])
  const before = await get('/v1/segments')
  expect((await put(before.json())).json()).toEqual(before.json())
})

test('a definition that is wrong is refused with its field, and nothing changes', async () => {
  const { get, put } = setUp()
  const answer = await put({ entities: [{ displayName: 'Fine' }, { displayName: 'B', color: 'blue' }] })
  expect(answer.json()).toMatchObject({ status: 400, code: 'invalid-definition', detail: 'entities[1].color: expected a colour such as #336699, got "blue"' })
  expect((await get('/v1/segments')).json()).toEqual({ source: 'configuration', entities: [] })
})

test.each([
  ['{"entities":', 'malformed-json'],
  [`${'['.repeat(73)}${']'.repeat(73)}`, 'too-deep'],
  ['{"entities":{"__proto__":1}}', 'invalid-definition'],
])('the body %s is refused as %s', async (payload, code) => {
  const { put } = setUp()
  expect((await put(payload)).json()).toMatchObject({ status: 400, code })
})

test('a list that has changed in the meantime is not replaced', async () => {
  const { get, put } = setUp()
  const etag = String((await get('/v1/segments')).headers.etag)
  const first = await put([{ displayName: 'One' }], { 'if-match': etag })
  expect(first.headers.etag).not.toBe(etag)
  expect((await put([{ displayName: 'Two' }], { 'if-match': etag })).json()).toMatchObject({ status: 412, code: 'definitions-changed' })
  expect((await put([{ displayName: 'Two' }], { 'if-match': String(first.headers.etag) })).statusCode).toBe(200)
})

test('a list that has changed in the meantime is not forgotten', async () => {
  const { get, put, send } = setUp()
  const { etag } = (await put([{ displayName: 'One' }])).headers
  const second = await put([{ displayName: 'Two' }])
  expect((await send('DELETE /v1/segments', undefined, { 'if-match': String(etag) })).json()).toMatchObject({ status: 412, code: 'definitions-changed' })
  expect((await get('/v1/segments')).json()).toMatchObject({ source: 'api', entities: [{ id: 'two' }] })
  expect((await send('DELETE /v1/segments', undefined, { 'if-match': String(second.headers.etag) })).json()).toEqual({ source: 'configuration', entities: [] })
})

test.each([
  ['GET', '/v1/segments'],
  ['PUT', '/v1/segments'],
  ['DELETE', '/v1/outcomes'],
  ['GET', '/v1/outcomes/a'],
] as const)('%s %s needs the API key', async (method, url) => {
  const { app } = createTestEndpoint()
  onTestFinished(() => app.close())
  expect((await app.inject({ method, url })).json()).toMatchObject({ status: 401, code: 'invalid-api-key' })
})
