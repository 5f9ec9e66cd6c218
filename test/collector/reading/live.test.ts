import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLive, type LiveClient } from '../../../src/collector/reading/live.ts'
import type { ServedSession } from '../../../src/collector/reading/servedSession.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const read = ({ site, id }: { site: string; id: string }) => (id === 'gone' ? undefined : ({ id, site } as ServedSession))

const onUnreadable = (cause: unknown): never => {
  throw cause
}

const createClient = () => {
  const client = { texts: [] as string[], behind: 0, closed: false }
  const port: LiveClient = {
    write: text => void client.texts.push(text),
    buffered: () => client.behind,
    close: () => {
      client.closed = true
    },
  }
  return { client, port }
}

const message = (n: number, id: string, site = 'shop'): string => `event: session\nid: ${n}\ndata: {"id":"${id}","site":"${site}"}\n\n`

const removed = 'event: removed\nid: 2\ndata: {"site":"shop","id":"gone"}\n\n'

test('sends each changed session once, however often it changed, and says which one is no more', () => {
  const live = createLive({ read, onUnreadable })
  const { client, port } = createClient()
  live.add(port)
  live.publish([{ site: 'shop', id: 'a' }])
  live.publish([
    { site: 'shop', id: 'a' },
    { site: 'shop', id: 'gone' },
    { site: 'blog', id: 'b' },
  ])
  vi.advanceTimersByTime(100)
  expect(client.texts).toEqual([':\n\n', message(1, 'a'), removed, message(3, 'b', 'blog')])
  live.close()
})

test('sends those of one site to whom asks for them', () => {
  const live = createLive({ read, onUnreadable })
  const { client, port } = createClient()
  live.add(port, 'blog')
  live.publish([
    { site: 'shop', id: 'a' },
    { site: 'blog', id: 'b' },
  ])
  vi.advanceTimersByTime(100)
  expect(client.texts).toEqual([':\n\n', message(2, 'b', 'blog')])
  live.close()
})

test('shows every 15 seconds that it is alive', () => {
  const live = createLive({ read, onUnreadable })
  const { client, port } = createClient()
  live.add(port)
  vi.advanceTimersByTime(45_000)
  expect(client.texts).toEqual([':\n\n', ':\n\n', ':\n\n', ':\n\n'])
  live.close()
})

test('drops a client that is too far behind, and serves the others', () => {
  const live = createLive({ read, onUnreadable, maxBuffered: 10 })
  const slow = createClient()
  const quick = createClient()
  live.add(slow.port)
  live.add(quick.port)
  slow.client.behind = 11
  live.publish([{ site: 'shop', id: 'a' }])
  vi.advanceTimersByTime(100)
  expect(slow.client).toMatchObject({ closed: true, texts: [':\n\n'] })
  expect(quick.client.texts).toContain(message(1, 'a'))
  expect(live.count()).toBe(1)
  live.close()
})

test('drops nobody for what it tells at once: that is still unsent in the moment in which it is written', () => {
  const live = createLive({ read, onUnreadable, maxBuffered: 10 })
  const { client, port } = createClient()
  const write = (text: string): void => {
    port.write(text)
    client.behind += text.length
  }
  client.behind = -':\n\n'.length
  live.add({ ...port, write })
  live.publish(['a', 'b', 'c'].map(id => ({ site: 'shop', id })))
  vi.advanceTimersByTime(100)
  expect(client).toMatchObject({ closed: false })
  expect(client.texts.join('')).toBe([':\n\n', message(1, 'a'), message(2, 'b'), message(3, 'c')].join(''))
  live.close()
})

test('does nothing while nobody listens', () => {
  const live = createLive({
    onUnreadable,
    read: () => {
      throw new Error('nobody asked')
    },
  })
  live.publish([{ site: 'shop', id: 'a' }])
  const { port } = createClient()
  live.add(port)()
  live.publish([{ site: 'shop', id: 'a' }])
  vi.runAllTimers()
  expect(live.count()).toBe(0)
})

test('closes everyone when it is closed', () => {
  const live = createLive({ read, onUnreadable })
  const { client, port } = createClient()
  live.add(port)
  live.close()
  expect(client.closed).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('closes at once who comes when it is closed: the end would wait for them', () => {
  const live = createLive({ read, onUnreadable })
  live.close()
  const { client, port } = createClient()
  live.add(port)()
  expect(client).toMatchObject({ texts: [], closed: true })
  expect([live.count(), vi.getTimerCount()]).toEqual([0, 0])
})

test('goes on where a Session cannot be read, and tells why', () => {
  const told: unknown[] = []
  const damage = new Error('database disk image is malformed')
  const readMost = (change: { site: string; id: string }) => {
    if (change.id === 'damaged') throw damage
    return read(change)
  }
  const live = createLive({ read: readMost, onUnreadable: cause => told.push(cause) })
  const { client, port } = createClient()
  live.add(port)
  live.publish(['a', 'damaged', 'b'].map(id => ({ site: 'shop', id })))
  vi.advanceTimersByTime(100)
  expect(client.texts).toEqual([':\n\n', message(1, 'a'), message(2, 'b')])
  expect(told).toEqual([damage])
  live.close()
})
