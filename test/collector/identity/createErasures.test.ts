import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Link } from '../../../src/collector/conversations/documentStore.ts'
import { createErasedSessions } from '../../../src/collector/identity/createErasedSessions.ts'
import { createErasures, type Eraser, type ErasuresOptions } from '../../../src/collector/identity/createErasures.ts'
import { createMemoryErasureFile } from '../../../src/collector/identity/erasureFile.ts'
import { createMemoryDocumentStore } from '../../../src/collector/memory/createMemoryDocumentStore.ts'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import type { StoredEvent } from '../../../src/collector/sessionStore.ts'
import { reduceSession, type Event } from '../../../src/model/index.ts'
import { batchOf, idOf, opening, start } from '../batches.ts'
import { authorized, createTestEndpoint } from '../createTestEndpoint.ts'
import { identifyOf } from './tokens.ts'

const counts = { sessions: 1, batches: 2 }

/** Sessions of one customer, with a conversation linked in each way, and one of somebody else. */
const fill = () => {
  const sessions = createMemorySessionStore([])
  const documents = createMemoryDocumentStore()
  const events: Event[] = [opening(1), identifyOf(2)]
  sessions.transaction({ name: 'sessions', version: 1, position: 1 }, writer => {
    for (const event of events) writer.addEvent('shop', { ...event, receivedAt: start } as StoredEvent, 1)
    const state = events.reduce(reduceSession, reduceSession(undefined, events[0]!))
    writer.save({ site: 'shop', state, facts: { visitorId: idOf(501), shortId: '4711' }, heldUntil: start + 60_000, duplicates: 0 })
  })
  const add = (id: string, link: Link, at = start + 1): void => documents.put({ kind: 'call', id, at, body: {}, links: [link] }, { at })
  add('customer', { by: 'customer', value: 'c-1' })
  add('visitor', { by: 'customer', value: idOf(501) })
  add('session', { by: 'session', value: idOf(1) })
  add('short id', { by: 'shortId', value: '4711' })
  add('short id of who had it before', { by: 'shortId', value: '4711' }, start - 1)
  add('short id of who had it after', { by: 'shortId', value: '4711' }, start + 60_000)
  add('somebody else', { by: 'customer', value: 'c-2' })
  const left = (): string[] => documents.find({ kind: 'call', orderBy: 'at', limit: 99 }).documents.map(({ id }) => id).sort()
  return { sessions, documents, left }
}

const setUp = (more: Partial<ErasuresOptions> = {}) => {
  const filled = fill()
  const failures: unknown[] = []
  const orders: Parameters<Eraser['erase']>[0][] = []
  const eraser: Eraser = {
    catchUp: async () => true,
    erase: async order => {
      orders.push(order)
      return counts
    },
  }
  let n = 0
  const options: ErasuresOptions = {
    ...{ file: createMemoryErasureFile(), log: createMemoryEventLog(), erased: createErasedSessions(), siteOf: () => undefined, eraser, now: () => start },
    ...filled,
    createId: () => `erasure-${++n}`,
    onFailure: cause => failures.push(cause),
    ...more,
  }
  return { ...filled, options, orders, failures, erasures: createErasures(options) }
}

describe('an erasure', () => {
  test('takes conversations with it that belong to the customer, in whatever way they are linked', async () => {
    const { erasures, orders, left, options } = setUp()
    const { id, ended } = erasures.erase({ by: 'customer', id: 'c-1' })
    expect(erasures.show(id)).toMatchObject({ status: 'running' })
    await ended
    expect(orders).toMatchObject([{ id, person: { id: 'c-1' }, sessions: [{ site: 'shop', id: idOf(1) }], visitors: [{ site: 'shop', visitor: idOf(501) }] }])
    expect(left()).toEqual(['short id of who had it after', 'short id of who had it before', 'somebody else'])
    expect(erasures.show(id)).toEqual({ id, status: 'done', createdDate: new Date(start).toISOString(), endedDate: new Date(start).toISOString(), erased: counts })
    expect([options.erased.has('shop', idOf(1)), options.erased.has('other', idOf(1))]).toEqual([true, false])
    expect(JSON.stringify(options.file.read())).not.toMatch(/c-1|019a0000/)
  })

  test('knows up to where in the log everything is theirs, also after a restart', async () => {
    const log = createMemoryEventLog()
    const append = () => log.append({ receivedAt: start, site: 'shop', address: null, userAgent: null, batch: batchOf() })
    await append()
    const failing: Eraser = { catchUp: async () => true, erase: () => Promise.reject(new Error('disk full')) }
    const before = setUp({ log, eraser: failing })
    await before.erasures.erase({ by: 'customer', id: 'c-1' }).ended
    await append()
    const after = setUp({ log, file: before.options.file })
    await after.erasures.erase({ by: 'customer', id: 'c-2' }).ended
    expect(after.orders.map(({ until }) => until)).toEqual([1, 2])
    expect(after.options.file.read().filter(record => record.until !== undefined)).toEqual([])
  })

  test('takes a conversation by its short id, too, where the session that it names has never come', async () => {
    const { erasures, documents, left } = setUp()
    const links: Link[] = [{ by: 'session', value: idOf(77) }, { by: 'shortId', value: '4711' }]
    documents.put({ kind: 'call', id: 'of a session that nobody knows', at: start + 1, body: {}, links }, { at: start + 1 })
    await erasures.erase({ by: 'customer', id: 'c-1' }).ended
    expect(left()).toEqual(['short id of who had it after', 'short id of who had it before', 'somebody else'])
  })

  test('waits for the one before, and for the Sessions', async () => {
    const order: string[] = []
    let misses = 2
    const eraser: Eraser = {
      catchUp: async () => {
        order.push('look')
        return misses-- <= 0
      },
      erase: async ({ id }) => {
        order.push(id)
        return counts
      },
    }
    const { erasures } = setUp({ eraser })
    const [first, second] = ['c-1', 'c-2'].map(id => erasures.erase({ by: 'customer', id }))
    await Promise.all([first!.ended, second!.ended])
    expect(order).toEqual(['look', 'look', 'look', first!.id, 'look', second!.id])
  })

  test('that failed goes on at the next start, with what was known to belong to the customer', async () => {
    const failing: Eraser = { catchUp: async () => true, erase: () => Promise.reject(new Error('disk full')) }
    const before = setUp({ eraser: failing })
    const { id, ended } = before.erasures.erase({ by: 'customer', id: 'c-1' })
    await ended
    expect([before.failures, before.erasures.show(id)?.status]).toEqual([[new Error('disk full')], 'running'])
    const after = setUp({ file: before.options.file, sessions: createMemorySessionStore([]) })
    expect(after.options.erased.has('shop', idOf(1))).toBe(true)
    await after.erasures.erase({ by: 'customer', id: 'c-9' }).ended
    expect(after.orders).toMatchObject([{ id, sessions: [{ id: idOf(1) }] }, { person: { id: 'c-9' }, sessions: [] }])
    expect(after.erasures.show(id)).toMatchObject({ status: 'done' })
  })

  test('that failed is tried again after a pause, and those behind it do not wait for that', async () => {
    const erased: string[] = []
    const eraser: Eraser = {
      catchUp: async () => true,
      erase: async ({ id }) => {
        erased.push(id)
        if (erased.length === 1) throw new Error('disk full')
        return counts
      },
    }
    const { erasures, failures } = setUp({ eraser, pause: 20 })
    const [first, second] = [erasures.erase({ by: 'customer', id: 'c-1' }), erasures.erase({ by: 'customer', id: 'c-9' })]
    await expect.poll(() => [first, second].map(({ id }) => erasures.show(id)?.status)).toEqual(['done', 'done'])
    expect([erased, failures]).toEqual([[first.id, second.id, first.id], [new Error('disk full')]])
  })

  test('that failed is left to the next start once the collector ends', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const { erasures } = setUp({ eraser: { catchUp: async () => true, erase: () => Promise.reject(new Error('disk full')) } })
    await erasures.erase({ by: 'customer', id: 'c-1' }).ended
    expect(vi.getTimerCount()).toBe(1)
    erasures.stop()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is forgotten after 400 days', async () => {
    const { erasures, options } = setUp()
    await erasures.erase({ by: 'customer', id: 'c-1' }).ended
    createErasures({ ...options, now: () => start + 399 * 86_400_000 })
    expect(options.file.read()).toHaveLength(1)
    createErasures({ ...options, now: () => start + 401 * 86_400_000 })
    expect(options.file.read()).toEqual([])
  })

  test('that takes long is looked after where the answer says', async () => {
    let finish = (): void => undefined
    const eraser: Eraser = {
      catchUp: async () => true,
      erase: (_order, onProgress) => {
        onProgress({ done: 1, total: 4 })
        return new Promise(resolve => {
          finish = () => resolve(counts)
        })
      },
    }
    const { app, get } = createTestEndpoint({ sessions: fill().sessions, erasing: { file: createMemoryErasureFile(), eraser, patience: 1 } })
    const response = await app.inject({ method: 'DELETE', url: '/v1/customers/c-1', headers: authorized })
    expect([response.statusCode, response.headers['retry-after'], response.json()]).toMatchObject([202, '5', { status: 'running', progress: { done: 1, total: 4 } }])
    finish()
    await expect.poll(async () => (await get(response.headers.location as string)).json<object>()).toMatchObject({ status: 'done', erased: counts })
  })

  test('tells who listens to the site which conversations are no more', async () => {
    const { app, live } = createTestEndpoint({ sessions: fill().sessions })
    const texts: string[] = []
    live.add({ write: text => void texts.push(text), buffered: () => 0, close: () => undefined }, 'shop')
    const payload = JSON.stringify({ id: 'call-1', customerId: 'c-1', sessionId: idOf(1), createdDate: new Date(start).toISOString() })
    await app.inject({ method: 'POST', url: '/v1/conversations', payload, headers: { ...authorized, 'content-type': 'application/json' } })
    await expect.poll(() => texts.join('')).toContain('"id":"call-1"')
    await app.inject({ method: 'DELETE', url: '/v1/customers/c-1', headers: authorized })
    await expect.poll(() => texts.at(-1)).toBe(`event: removed\nid: 3\ndata: {"site":"shop","id":"call-1"}\n\n`)
    live.close()
  })
})
