import { describe, expect, test } from 'vitest'
import { createApi } from '../../src/live/api.ts'
import type { ClockSample } from '../../src/live/clockOffset.ts'

interface Asked {
  path: string
  init: RequestInit
}

const createFake = (answer: (asked: Asked) => Response | Error | Promise<Response>, patience?: number) => {
  const asked: Asked[] = []
  const samples: ClockSample[] = []
  let refused = 0
  let at = 1000
  const api = createApi({
    fetch: async (path, init) => {
      asked.push({ path, init })
      at += 50
      const response = await answer({ path, init })
      if (response instanceof Error) throw response
      return response
    },
    key: () => 'secret',
    now: () => at,
    onClock: sample => void samples.push(sample),
    onRefused: () => void (refused += 1),
    ...(patience !== undefined && { patience }),
  })
  return { api, asked, samples, refused: () => refused }
}

const json = (body: unknown, init?: ResponseInit): Response => new Response(JSON.stringify(body), init)

describe('a request', () => {
  test('carries the key in its header and nowhere else', async () => {
    const { api, asked } = createFake(() => json({ entities: [] }))
    await api.list({ status: 'live', shortId: '4711' })
    expect(asked.map(({ path }) => path)).toEqual(['/v1/sessions?type=visit&status=live&shortId=4711'])
    expect(asked[0]?.init.headers).toMatchObject({ authorization: 'Bearer secret' })
  })

  test('names sessions in the address so that no id leads elsewhere', async () => {
    const { api, asked } = createFake(() => json({}))
    await api.session('../../v1/live?x#y')
    expect(asked[0]?.path).toBe('/v1/sessions/..%2F..%2Fv1%2Flive%3Fx%23y')
  })

  test("tells the collector's clock", async () => {
    const { api, samples } = createFake(() => json({}, { headers: { date: 'Sun, 01 Mar 2026 12:00:00 GMT' } }))
    await api.session('a')
    expect(samples).toEqual([{ date: Date.parse('2026-03-01T12:00:00Z'), sentAt: 1000, receivedAt: 1050 }])
  })

  test('follows the next page of the collector', async () => {
    const { api, asked } = createFake(() => json({ entities: [] }))
    await api.nextSessions('/v1/sessions?cursor=x')
    await api.events('a', '/v1/sessions/a/events?cursor=y')
    expect(asked.map(({ path }) => path)).toEqual(['/v1/sessions?cursor=x', '/v1/sessions/a/events?cursor=y'])
  })

  test.each(['https://evil.example/steal', '//evil.example/x', '/demo/'])('does not follow %s', async uri => {
    const { api, asked } = createFake(() => json({ entities: [] }))
    await expect(api.nextSessions(uri)).rejects.toThrow('not its own')
    expect(asked).toEqual([])
  })

  test('keeps the host of its own even when a next page of the API names another', async () => {
    const { api, asked } = createFake(() => json({ entities: [] }))
    await api.nextSessions('https://evil.example/v1/sessions?cursor=x')
    expect(asked[0]?.path).toBe('/v1/sessions?cursor=x')
  })
})

describe('a refusal', () => {
  test.each([
    [401, {}, 'does not accept this API key'],
    [404, {}, 'does not know this'],
    [429, {}, 'Too many requests'],
    [400, { title: 'Wrong', detail: 'limit: expected a number' }, 'answered 400: limit: expected a number'],
    [503, { title: 'Busy' }, 'answered 503: Busy'],
    [500, 'no object', 'answered 500'],
  ])('with %i is told in words', async (status, body, words) => {
    const { api } = createFake(() => json(body, { status }))
    await expect(api.session('a')).rejects.toMatchObject({ status, message: expect.stringContaining(words) })
  })

  test('that is no JSON is told too', async () => {
    const { api } = createFake(() => new Response('<html>', { status: 502 }))
    await expect(api.session('a')).rejects.toThrow('answered 502.')
  })

  test('of the key is reported once a request', async () => {
    const { api, refused } = createFake(() => json({}, { status: 401 }))
    await expect(api.list({})).rejects.toThrow()
    expect(refused()).toBe(1)
  })
})

describe('no answer', () => {
  test('says that the collector cannot be reached', async () => {
    const { api } = createFake(() => new TypeError('Failed to fetch'))
    await expect(api.list({})).rejects.toMatchObject({ status: 0, message: expect.stringContaining('cannot be reached') })
  })

  test('in time says so, of a question and of a change', async () => {
    const wait = ({ init: { signal } }: Asked) => new Promise<Response>((_resolve, reject) => signal!.addEventListener('abort', () => reject(signal!.reason as Error)))
    const { api } = createFake(wait, 20)
    await expect(api.session('a')).rejects.toMatchObject({ status: 0, message: expect.stringContaining('not answered in time') })
    await expect(api.putDefinitions('segments', [], '*')).rejects.toThrow('not answered in time')
  })

  test('after the answer was cut off says so', async () => {
    const { api } = createFake(() => new Response('{"entities":['))
    await expect(api.list({})).rejects.toThrow('cut off')
  })

  test('to a stream that was given up is no trouble of the collector', async () => {
    const { api } = createFake(() => new DOMException('aborted', 'AbortError'))
    const controller = new AbortController()
    controller.abort()
    await expect(api.live(controller.signal)).rejects.toMatchObject({ name: 'AbortError' })
  })
})
