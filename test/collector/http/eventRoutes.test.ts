import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { batchOf, idOf, opening } from '../batches.ts'
import { createTestEndpoint, origin } from '../createTestEndpoint.ts'

const body = JSON.stringify(batchOf())

describe('POST /v1/events', () => {
  const { post, app, log } = createTestEndpoint()
  afterAll(() => app.close())

  test.each<[string, string | Buffer, Record<string, string | undefined>]>([
    ['text/plain', body, {}],
    ['text/plain with a charset', body, { 'content-type': 'text/plain;charset=UTF-8' }],
    ['application/json', body, { 'content-type': 'application/json' }],
    ['gzip', gzipSync(body), {}],
    ['bytes of no type', Buffer.from(body), { 'content-type': undefined }],
    ['gzip of no type', gzipSync(body), { 'content-type': undefined }],
    ['gzip that is announced', gzipSync(body), { 'content-encoding': 'gzip' }],
  ])('takes a batch as %s', async (_title, payload, headers) => {
    const before = log.last()
    const response = await post(payload, headers)
    expect(response.statusCode).toBe(200)
    expect(response.json()).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
    expect(log.read(before, 2)).toMatchObject([{ site: 'shop', batch: batchOf() }])
  })

  test('lets the page read the answer, and the browser forget it is there', async () => {
    const { headers } = await post(body)
    expect(headers['access-control-allow-origin']).toBe(origin)
    expect(headers['access-control-expose-headers']).toBe('retry-after')
    expect(headers['cache-control']).toBeUndefined()
  })

  test('lets a refused page read why', async () => {
    const response = await post(body, { origin: 'https://evil.example.com' })
    expect(response.statusCode).toBe(403)
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': 'https://evil.example.com',
      'content-type': 'application/problem+json; charset=utf-8',
    })
    expect(response.json()).toMatchObject({ code: 'origin-not-allowed', status: 403 })
  })

  test('names the events that are rejected and takes the others', async () => {
    const response = await post(JSON.stringify(batchOf({}, [opening(1), opening(2, { at: -1 }), opening(1)])))
    expect(response.json()).toEqual({ accepted: 1, duplicates: 1, rejected: [{ id: idOf(2), reason: 'at: must be >= 0' }] })
  })

  test('names them too when none is left', async () => {
    const response = await post(JSON.stringify(batchOf({}, [opening(2, { at: -1 })])))
    expect(response.json()).toMatchObject({ code: 'no-valid-event', rejected: [{ id: idOf(2), reason: 'at: must be >= 0' }] })
  })

  test('answers a preflight', async () => {
    const response = await app.inject({
      method: 'OPTIONS',
      url: '/v1/events',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    })
    expect(response.statusCode).toBe(204)
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
    })
  })

  test('takes no other type, and nothing without a body', async () => {
    expect((await post(body, { 'content-type': 'application/xml' })).json()).toMatchObject({ code: 'unsupported-media-type' })
    expect((await app.inject({ method: 'POST', url: '/v1/events' })).json()).toMatchObject({ code: 'malformed-json' })
  })
})

test('asks too eager ones to come again later', async () => {
  const rateLimits = { address: { perSecond: 0.1, burst: 1 }, site: false, api: false } as const
  const { post, app } = createTestEndpoint({ settings: { sites: [{ id: 'shop', origins: [origin] }], addressPolicy: 'full', trustedProxies: [], rateLimits } })
  expect((await post(body)).statusCode).toBe(200)
  const response = await post(body)
  expect(response.statusCode).toBe(429)
  expect(response.headers).toMatchObject({ 'retry-after': '10', 'access-control-allow-origin': origin })
  await app.close()
})

test('asks to come again when the log cannot be written, and tells the operator why', async () => {
  let told = ''
  const logger = { level: 'error', stream: { write: (line: string) => void (told += line) } }
  const log = { ...createMemoryEventLog(), append: () => Promise.reject(new Error('disk full')), read: () => [], last: () => 0, close: () => undefined }
  const { post, app } = createTestEndpoint({ log, logger })
  const response = await post(body)
  expect(response.statusCode).toBe(503)
  expect(response.headers['retry-after']).toBe('5')
  expect(response.json()).toMatchObject({ code: 'log-unavailable' })
  expect(response.body).not.toContain('disk full')
  expect(JSON.parse(told)).toMatchObject({ msg: 'the event log cannot be written', err: { message: 'disk full' } })
  await app.close()
})

test('acknowledges what is in the log although the Sessions cannot be read, and tells why', async () => {
  const get = (): never => {
    throw new Error('database disk image is malformed')
  }
  let told = ''
  const logger = { level: 'error', stream: { write: (line: string) => void (told += line) } }
  const { post, app, log } = createTestEndpoint({ sessions: { ...createMemorySessionStore([]), get }, logger })
  const response = await post(body)
  expect(log.last()).toBe(1)
  expect(response.statusCode).toBe(200)
  expect(response.json()).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
  expect(told).toContain('a Session cannot be read')
  expect(told).toContain('database disk image is malformed')
  await app.close()
})
