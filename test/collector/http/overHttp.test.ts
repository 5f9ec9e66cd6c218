import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { limits, reduceSession } from '../../../src/model/index.ts'
import { batchOf, idOf, opening } from '../batches.ts'
import { authorized, createTestEndpoint, origin } from '../createTestEndpoint.ts'

// What only shows on a real connection: streams, slow senders, and the end.

const sessions = createMemorySessionStore([])
const { app, live } = createTestEndpoint({ sessions })
let url: string
let port: number
beforeAll(async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
  url = `http://127.0.0.1:${port}`
})
afterAll(() => app.close())

const change = (n: number): void => {
  sessions.transaction({ name: 'sessions', version: 1, position: n }, ({ save }) =>
    save({ site: 'shop', state: reduceSession(undefined, opening(n)), facts: {}, duplicates: 0 }),
  )
  live.publish([{ site: 'shop', id: idOf(n) }])
}

describe('the stream of changes', () => {
  /** Reads until a text has come. */
  const readUntil = async (reader: ReadableStreamDefaultReader<Uint8Array>, text: string): Promise<string> => {
    let all = ''
    while (!all.includes(text)) {
      const { done, value } = await reader.read()
      if (done) break
      all += Buffer.from(value).toString()
    }
    return all
  }

  test('sends Sessions as they change, until the reader leaves', async () => {
    const leaving = new AbortController()
    const response = await fetch(`${url}/v1/live`, { headers: authorized, signal: leaving.signal })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    const reader = response.body!.getReader()
    expect(await readUntil(reader, ':\n\n')).toBe(':\n\n')
    change(1)
    change(2)
    const text = await readUntil(reader, idOf(2))
    const [first, second] = text.split('\n\n')
    expect(first).toMatch(/^event: session\nid: 1\ndata: \{/)
    expect(JSON.parse(first!.split('data: ')[1]!)).toMatchObject({ id: idOf(1), site: 'shop', selfUri: `/v1/sessions/${idOf(1)}`, pageviewCount: 1 })
    expect(second).toMatch(/^event: session\nid: 2\n/)
    expect(live.count()).toBe(1)
    leaving.abort()
    await expect.poll(() => live.count()).toBe(0)
  })

  test('keeps a reader who keeps up, however much changes at once', async () => {
    const leaving = new AbortController()
    const response = await fetch(`${url}/v1/live`, { headers: authorized, signal: leaving.signal })
    const reader = response.body!.getReader()
    await readUntil(reader, ':\n\n')
    for (let n = 1000; n < 3000; n++) change(n)
    expect((await readUntil(reader, `data: {"id":"${idOf(2999)}"`)).split('event: session').length - 1).toBe(2000)
    leaving.abort()
    await expect.poll(() => live.count()).toBe(0)
  })
})

describe('a sender', () => {
  const head = (length: number): string =>
    `POST /v1/events HTTP/1.1\r\nhost: x\r\norigin: ${origin}\r\ncontent-type: text/plain\r\ncontent-length: ${length}\r\n\r\n`

  /** An endpoint with little patience: everybody else has time, however busy the machine is. @returns its port */
  const listenImpatiently = async (options: Parameters<typeof createTestEndpoint>[0]): Promise<number> => {
    const impatient = createTestEndpoint(options)
    await impatient.app.listen({ port: 0, host: '127.0.0.1' })
    onTestFinished(() => impatient.app.close())
    return (impatient.app.server.address() as AddressInfo).port
  }

  /** Sends parts as they are and reads what comes back until the other side closes. */
  const converse = async (to: number, ...parts: (string | Buffer)[]): Promise<string> => {
    const socket = connect(to, '127.0.0.1')
    await once(socket, 'connect')
    for (const part of parts) socket.write(part)
    let answer = ''
    for await (const chunk of socket.setEncoding('utf8')) answer += String(chunk)
    return answer
  }

  test('that does not come to an end is told so', async () => {
    const answer = await converse(await listenImpatiently({ bodyTimeout: 50 }), head(100), '{"v":1')
    expect(answer).toMatch(/^HTTP\/1.1 408 /)
    expect(answer).toContain('connection: close')
    expect(answer).toContain('"code":"body-too-slow"')
  })

  test('of too much gets to read that it was too much', async () => {
    const response = await fetch(`${url}/v1/events`, { method: 'POST', body: 'x'.repeat(limits.batchBytes * 3), headers: { 'content-type': 'text/plain', origin } })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'batch-too-large' })
  })

  test('of far too much is cut off', async () => {
    const answer = await converse(port, head(limits.batchBytes * 100), Buffer.alloc(limits.batchBytes * 9, 'x')).catch((error: NodeJS.ErrnoException) => error.code)
    expect(answer).toMatch(/^(HTTP\/1.1 413 |ECONNRESET|EPIPE)/)
  })

  test('whose head does not come to an end is cut off', async () => {
    const to = await listenImpatiently({ headTimeouts: { headersTimeout: 40, connectionsCheckingInterval: 20 } })
    expect(await converse(to, 'POST /v1/events HTTP/1.1\r\nhost: x\r\n')).toMatch(/^HTTP\/1.1 408 .*"code":"body-too-slow"/s)
    expect(app.server.headersTimeout).toBe(10_000)
  })

  test.each([
    ['what is no HTTP', 'hello\r\n\r\n', 400, 'invalid-request'],
    ['an address with letters as they are', 'GET /v1/sessions?site=ø HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'invalid-request'],
    ['a head without end', `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
  ])('of %s is told so as of any problem', async (_what, text, status, code) => {
    const answer = await converse(port, text)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*x-content-type-options: nosniff[^]*content-type: application/problem\\+json[^]*connection: close[^]*"code":"${code}"`))
  })

  test('whose chunks never end is cut off', async () => {
    const chunked = `POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n`
    const answer = await converse(await listenImpatiently({ bodyTimeout: 50 }), chunked)
    expect(answer).toMatch(/^HTTP\/1.1 408 /)
    expect(answer).toContain('connection: close')
  })

  test('after a hostile one is served as ever', async () => {
    const response = await fetch(`${url}/v1/events`, { method: 'POST', body: JSON.stringify(batchOf()), headers: { 'content-type': 'text/plain', origin } })
    expect(await response.json()).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
  })
})

describe('a batch over a connection', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/v1/events`, { method: 'POST', body, headers: { 'content-type': 'text/plain', origin, ...headers } })
  const countOf = async (line: string): Promise<number> => Number(new RegExp(`^${line} (\\d+)$`, 'm').exec(await (await fetch(`${url}/metrics`)).text())?.[1] ?? 0)

  test('is answered with what every answer has, and what lets the page read it', async () => {
    const response = await post(JSON.stringify(batchOf()))
    expect(await response.json()).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'retry-after',
      'content-type': 'application/json; charset=utf-8',
      'referrer-policy': 'no-referrer',
      vary: 'origin',
      'x-content-type-options': 'nosniff',
    })
    expect(response.headers.has('cache-control')).toBe(false)
  })

  test('that is refused is told why, and the connection goes on', async () => {
    const response = await post(JSON.stringify(batchOf()), { origin: 'https://evil.example.com' })
    expect(response.status).toBe(403)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://evil.example.com',
      connection: 'keep-alive',
      'content-type': 'application/problem+json; charset=utf-8',
      'x-content-type-options': 'nosniff',
    })
    expect(await response.json()).toMatchObject({ code: 'origin-not-allowed', status: 403 })
  })

  test('is counted, taken or refused', async () => {
    const line = (status: number): string => `sojourn_http_request_duration_seconds_count\\{method="POST",route="/v1/events",status="${status}"\\}`
    const before = await Promise.all([200, 400].map(status => countOf(line(status))))
    await post(JSON.stringify(batchOf()))
    await post('{')
    expect(await Promise.all([200, 400].map(status => countOf(line(status))))).toEqual(before.map(count => count + 1))
  })
})

test('closing lets no listener wait', async () => {
  const other = createTestEndpoint()
  await other.app.listen({ port: 0, host: '127.0.0.1' })
  const response = await fetch(`http://127.0.0.1:${(other.app.server.address() as AddressInfo).port}/v1/live`, { headers: authorized })
  const read = response.text()
  other.live.close()
  await other.app.close()
  expect(await read).toBe(':\n\n')
})

test('a batch that comes while the collector ends is taken, and its connection is closed', async () => {
  const ending = createTestEndpoint()
  await ending.app.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect((ending.app.server.address() as AddressInfo).port, '127.0.0.1')
  const body = JSON.stringify(batchOf())
  const post = `POST /v1/events HTTP/1.1\r\nhost: x\r\norigin: ${origin}\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  socket.write(post.slice(0, -10))
  await expect.poll(async () => (await ending.app.inject('/metrics')).body).toMatch(/^sojourn_bytes_in_flight [1-9]/m)
  const closed = ending.app.close()
  await expect.poll(() => ending.app.server.listening).toBe(false)
  socket.write(`${post.slice(-10)}${post}`)
  let answers = ''
  for await (const chunk of socket.setEncoding('utf8')) answers += String(chunk)
  await closed
  const [first, second] = answers.split(/(?=HTTP\/1\.1 )/)
  expect(first).toMatch(/^HTTP\/1\.1 200 /)
  expect(second).toMatch(/^HTTP\/1\.1 200 /)
  expect(second).toMatch(/^connection: close\r$/im)
  expect(second).toMatch(new RegExp(`^access-control-allow-origin: ${origin}\r$`, 'm'))
  expect(ending.log.last()).toBe(2)
})
