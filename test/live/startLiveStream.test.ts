import { describe, expect, test, vi } from 'vitest'
import type { SseMessage } from '../../src/live/sse.ts'
import { startLiveStream } from '../../src/live/startLiveStream.ts'
import type { Connection } from '../../src/live/state.ts'
import { createVirtualClock } from './createVirtualClock.ts'

/** The end of a stream that the collector holds. */
type Remote = ReadableStreamDefaultController<Uint8Array>

const start = (answers: ('stream' | 'failure')[] = []) => {
  const clock = createVirtualClock()
  const connections: Connection[] = []
  const messages: SseMessage[] = []
  const remotes: Remote[] = []
  let opened = 0
  const open = async (signal: AbortSignal): Promise<Response> => {
    if (answers.shift() === 'failure') throw new TypeError('Failed to fetch')
    const body = new ReadableStream<Uint8Array>({
      start: remote => {
        remotes.push(remote)
        signal.addEventListener('abort', () => remote.error(signal.reason))
      },
    })
    return new Response(body)
  }
  const stream = startLiveStream({
    open,
    onOpen: () => void (opened += 1),
    onMessages: received => void messages.push(...received),
    onConnection: connection => void connections.push(connection),
    now: clock.now,
    random: () => 1,
    schedule: clock.schedule,
  })
  const send = (text: string): void => remotes.at(-1)!.enqueue(new TextEncoder().encode(text))
  const phase = (): string | undefined => connections.at(-1)?.phase
  return { clock, connections, messages, remotes, stream, send, phase, opened: () => opened }
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 1, timeout: 15_000 })

describe('the stream of changes', () => {
  test('passes messages on, and says that it is live', async () => {
    const { send, messages, connections, opened, stream } = start()
    await until(() => expect(opened()).toBe(1))
    send('event: session\ndata: {"id":"')
    send('a"}\n\n')
    await until(() => expect(messages).toEqual([{ event: 'session', data: '{"id":"a"}', id: '' }]))
    expect(connections).toEqual([{ phase: 'connecting' }, { phase: 'live' }])
    stream.stop()
  })

  test('reads letters of several bytes that are cut in two', async () => {
    const { remotes, messages, opened, stream } = start()
    await until(() => expect(opened()).toBe(1))
    const bytes = new TextEncoder().encode('data: Füße\n\n')
    for (const byte of bytes) remotes[0]!.enqueue(Uint8Array.of(byte))
    await until(() => expect(messages.map(({ data }) => data)).toEqual(['Füße']))
    stream.stop()
  })

  test('that ends is opened again after a wait', async () => {
    const { clock, remotes, phase, opened, connections, stream } = start()
    await until(() => expect(opened()).toBe(1))
    remotes[0]!.close()
    await until(() => expect(phase()).toBe('waiting'))
    expect(connections.at(-1)).toEqual({ phase: 'waiting', until: clock.now() + 500 })
    clock.pass(500)
    await until(() => expect(opened()).toBe(2))
    expect(phase()).toBe('live')
    stream.stop()
  })

  test('that cannot be opened waits longer each time, up to half a minute, and starts afresh after a success', async () => {
    const { clock, phase, opened, send, remotes, messages, stream } = start(Array(8).fill('failure') as 'failure'[])
    const waits: number[] = []
    for (let tries = 0; tries < 8; tries += 1) {
      await until(() => expect(phase()).toBe('waiting'))
      const [wait = 0] = clock.waits()
      waits.push(wait)
      clock.pass(wait)
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    await until(() => expect(opened()).toBe(1))
    send('data: x\n\n')
    await until(() => expect(messages).toHaveLength(1))
    remotes[0]!.close()
    await until(() => expect(phase()).toBe('waiting'))
    expect(clock.waits()).toEqual([500])
    stream.stop()
  })

  test('that falls silent is taken to be dead', async () => {
    const { clock, phase, opened, send, messages, stream } = start()
    await until(() => expect(opened()).toBe(1))
    await until(() => expect(clock.waits()).toEqual([40_000]))
    clock.pass(39_000)
    send(':\n\ndata: x\n\n')
    await until(() => expect(messages).toHaveLength(1))
    await until(() => expect(clock.waits()).toEqual([40_000]))
    expect(phase()).toBe('live')
    clock.pass(40_000)
    await until(() => expect(phase()).toBe('waiting'))
    stream.stop()
  })

  test('is tried at once when the reader asks', async () => {
    const { phase, opened, stream } = start(['failure'])
    await until(() => expect(phase()).toBe('waiting'))
    stream.retryNow()
    await until(() => expect(opened()).toBe(1))
    stream.retryNow()
    expect(opened()).toBe(1)
    stream.stop()
  })

  test('that was stopped neither speaks nor returns', async () => {
    const { clock, opened, connections, stream } = start()
    await until(() => expect(opened()).toBe(1))
    stream.stop()
    await until(() => expect(clock.waits()).toEqual([]))
    const before = connections.length
    stream.retryNow()
    clock.pass(60_000)
    expect([opened(), connections.length]).toEqual([1, before])
  })
})
