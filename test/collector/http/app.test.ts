import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, describe, expect, test } from 'vitest'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { createTestEndpoint } from '../createTestEndpoint.ts'

const { app, get } = createTestEndpoint()
afterAll(() => app.close())

describe('the parts that need the key', () => {
  test.each(['/v1/sessions', '/v1/sessions/x', '/v1/sessions/x/events', '/v1/live'])('%s refuses everybody else', async url => {
    for (const headers of [{}, { authorization: 'Bearer wrong-wrong-wrong' }, { authorization: 'Basic secret-secret-secret' }]) {
      const response = await get(url, headers)
      expect(response.statusCode).toBe(401)
      expect(response.headers['www-authenticate']).toBe('Bearer')
      expect(response.json()).toMatchObject({ code: 'invalid-api-key' })
    }
  })

  test('are kept by nobody on the way', async () => expect((await get('/v1/sessions')).headers['cache-control']).toBe('no-store'))
})

test.each([
  ['/nothing', 404, 'not-found'],
  ['/v1/sessions/none', 404, 'session-not-found'],
  ['/v1/schemas/nothing.json', 404, 'not-found'],
  ['/v1/schemas/__proto__', 404, 'not-found'],
  ['/v1/sessions?limit=0', 400, 'invalid-query'],
  ['/v1/live?sit=shop', 400, 'invalid-query'],
  ['/v1/live?site=shop&site=blog', 400, 'invalid-query'],
  ['/%', 400, 'invalid-request'],
])('%s is answered with a problem', async (url, status, code) => {
  const response = await get(url)
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(response.json()).toMatchObject({ status, code, type: `urn:sojourn:problem:${code}` })
  expect(response.statusCode).toBe(status)
})

test('tells nothing of an error that was not expected, but to the operator', async () => {
  let told = ''
  const broken = createTestEndpoint({
    logger: { level: 'error', stream: { write: (line: string) => void (told += line) } },
    sessions: {
      mark: () => undefined,
      get: () => {
        throw new Error('SELECT secret')
      },
      list: () => {
        throw new Error('SELECT secret')
      },
      events: () => ({ entities: [] }),
      deliveries: () => [],
      lasting: () => [],
      touched: () => ({}),
      naming: () => [],
      campaigns: () => ({ entities: [] }),
      close: () => undefined,
    },
  })
  const response = await broken.get('/v1/sessions')
  expect(response.statusCode).toBe(500)
  expect(response.json()).toEqual({ type: 'urn:sojourn:problem:internal', title: 'Something went wrong in the collector', status: 500, code: 'internal' })
  expect(JSON.parse(told)).toMatchObject({ msg: 'a request failed', path: '/v1/sessions', err: { message: 'SELECT secret' } })
  await broken.app.close()
})

describe('schemas', () => {
  test.each(['batch.json', 'event.json', 'session.json'])('%s compiles', async name => {
    const response = await get(`/v1/schemas/${name}`, {})
    expect(response.headers).toMatchObject({ 'content-type': 'application/schema+json; charset=utf-8', 'access-control-allow-origin': '*' })
    const ajv = new Ajv2020({ allowUnionTypes: true })
    formats.default(ajv)
    expect(ajv.compile(response.json<object>())).toBeTypeOf('function')
  })
})

describe('health', () => {
  test('is good while the process lives', async () => expect((await get('/healthz', {})).json()).toEqual({ status: 'ok' }))
  test('includes how far everything is', async () => expect((await get('/readyz', {})).json()).toEqual({ status: 'ready', log: 0, projection: 0 }))
  test('says so when Sessions are not kept up to date', async () => {
    const stuck = createTestEndpoint({ isReady: () => false })
    const response = await stuck.get('/readyz', {})
    expect(response.statusCode).toBe(503)
    expect(response.json()).toMatchObject({ code: 'not-ready', log: 0, projection: 0 })
    await stuck.app.close()
  })
})

test('metrics tell what was asked and how it went', async () => {
  await get('/nothing')
  const { body, headers } = await get('/metrics', {})
  expect(headers['content-type']).toContain('text/plain; version=0.0.4')
  for (const line of ['sojourn_http_request_duration_seconds_count{method="GET",route="none",status="404"}', 'sojourn_problems_total{code="not-found"}']) {
    expect(body).toContain(line)
  }
  for (const name of ['sojourn_log_position', 'sojourn_projection_lag_batches', 'sojourn_live_clients', 'process_cpu_user_seconds_total']) {
    expect(body).toContain(`\n${name} `)
  }
})

test('metrics tell what came of the events of each site', async () => {
  const sessions = createMemorySessionStore([])
  sessions.transaction({ name: 'sessions', version: 1, position: 1 }, ({ addCount }) => {
    addCount('shop', 'received', 12)
    addCount('shop', 'lost:cap', 2)
    addCount('blog', 'missing', 3)
  })
  const counting = createTestEndpoint({ sessions })
  const { body } = await counting.get('/metrics', {})
  expect(body.split('\n').filter(line => line.startsWith('sojourn_session_events'))).toEqual([
    'sojourn_session_events_received{site="shop"} 12',
    'sojourn_session_events_received{site="blog"} 0',
    'sojourn_session_events_missing{site="shop"} 0',
    'sojourn_session_events_missing{site="blog"} 3',
    'sojourn_session_events_duplicate{site="shop"} 0',
    'sojourn_session_events_duplicate{site="blog"} 0',
    'sojourn_session_events_foreign{site="shop"} 0',
    'sojourn_session_events_foreign{site="blog"} 0',
    'sojourn_session_events_lost{site="shop",reason="cap"} 2',
  ])
  await counting.app.close()
})

test('every answer forbids guessing its type', async () => {
  for (const url of ['/nothing', '/healthz', '/v1/sessions', '/v1/openapi.json', '/%', `/v1/sessions/${'x'.repeat(3000)}`]) {
    expect((await get(url)).headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  }
})
