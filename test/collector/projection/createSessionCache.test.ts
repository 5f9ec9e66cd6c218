import { expect, test } from 'vitest'
import { createSessionCache } from '../../../src/collector/projection/createSessionCache.ts'
import type { SessionWriter, StoredSession } from '../../../src/collector/sessionStore.ts'
import { reduceSession } from '../../../src/model/index.ts'
import { idOf, opening } from '../batches.ts'

const sessionOf = (n: number, text = ''): StoredSession => ({
  site: 'shop',
  state: reduceSession(undefined, opening(n, { attributes: { text } })),
  facts: {},
  duplicates: 0,
})

/** A store that writes down what is asked of it. */
const setUp = (capacity?: number) => {
  const calls: string[] = []
  const stored = new Map<string, StoredSession>()
  const writer: SessionWriter = {
    load: (_site, id) => {
      calls.push(`load ${Number(id.slice(-12))}`)
      return stored.get(id)
    },
    save: session => {
      calls.push(`save ${Number(session.state.id.slice(-12))}`)
      stored.set(session.state.id, session)
    },
    addEvent: () => true,
    eventsOf: () => [],
    holderOf: () => undefined,
    claimToken: ({ holder }) => holder,
    remove: () => [],
    removeVisitor: () => [],
    pruneTokens: () => undefined,
    pruneLosses: () => [],
    hold: () => undefined,
    takeLosses: () => undefined,
    keepLosses: () => undefined,
    addCount: () => undefined,
    addCampaign: () => undefined,
  }
  const cache = createSessionCache(capacity)
  const run = (work: (cached: SessionWriter) => void): string[] => {
    work(cache.wrap(writer))
    cache.flush(writer)
    cache.settle()
    return calls.splice(0)
  }
  return { cache, writer, calls, run }
}

test('a session is loaded and saved once in a transaction, and not loaded in the next', () => {
  const { run } = setUp()
  const touch = (cached: SessionWriter): void => {
    for (let i = 0; i < 3; i++) cached.save(cached.load('shop', idOf(1)) ?? sessionOf(1))
  }
  expect([run(touch), run(touch)]).toEqual([['load 1', 'save 1'], ['save 1']])
})

test('what a failed transaction has left is forgotten', () => {
  const { cache, writer, calls, run } = setUp()
  run(cached => cached.save(sessionOf(1)))
  cache.wrap(writer).save(sessionOf(1, 'never committed'))
  cache.forget()
  expect(run(cached => expect(cached.load('shop', idOf(1))).toEqual(sessionOf(1)))).toEqual(['load 1'])
  expect(calls).toEqual([])
})

test('keeps what was written last, as much as fits', () => {
  const { run } = setUp(10_000)
  const read = (...sessions: number[]): string[] => run(cached => sessions.forEach(n => cached.load('shop', idOf(n))))
  run(cached => [1, 2, 3, 4].forEach(n => cached.save(sessionOf(n))))
  expect(read(2, 3, 4, 1)).toEqual(['load 1'])
  run(cached => cached.save(sessionOf(5, 'x'.repeat(6000))))
  expect(read(5, 2, 3, 4)).toEqual(['load 2', 'load 3', 'load 4'])
})

test('a session that is larger than all there is room for is not kept', () => {
  const { run } = setUp(10_000)
  run(cached => cached.save(sessionOf(1, 'x'.repeat(20_000))))
  expect(run(cached => cached.load('shop', idOf(1)))).toEqual(['load 1'])
  run(cached => cached.save(sessionOf(2)))
  expect(run(cached => cached.load('shop', idOf(2)))).toEqual([])
})

test('who has a short id is asked for once; after its time, and of what a failed transaction has left, the store is asked', () => {
  const { cache, writer, run } = setUp()
  const [mine, theirs] = [idOf(1), idOf(2)]
  const asked: string[] = []
  writer.holderOf = (site, shortId, at) => {
    asked.push(`${site} ${shortId} ${at}`)
    return theirs
  }
  run(cached => cached.hold({ site: 'shop', shortId: '0001', session: mine, until: 100 }))
  run(cached => expect(['shop', 'blog'].map(site => cached.holderOf(site, '0001', 99))).toEqual([mine, theirs]))
  run(cached => expect(cached.holderOf('shop', '0001', 100)).toBe(theirs))
  cache.wrap(writer).hold({ site: 'shop', shortId: '0001', session: mine, until: 200 })
  cache.forget()
  run(cached => expect(cached.holderOf('shop', '0001', 101)).toBe(theirs))
  expect(asked).toEqual(['blog 0001 99', 'shop 0001 100', 'shop 0001 101'])
})
