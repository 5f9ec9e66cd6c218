import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../src/collector/memory/createMemorySessionStore.ts'
import type { CustomerQuery, SessionStore, SessionWriter, StoredEvent } from '../../src/collector/sessionStore.ts'
import { createSqliteSessionStore } from '../../src/collector/sqlite/createSqliteSessionStore.ts'
import { reduceSession, type Event } from '../../src/model/index.ts'
import { idOf, opening, start } from '../collector/batches.ts'
import { identifyOf } from '../collector/identity/tokens.ts'
import { createAddLogged } from './createAddLogged.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const log = createMemoryEventLog()
const addLogged = createAddLogged(log)

const versions: [name: string, create: () => SessionStore][] = [
  ['in memory', () => createMemorySessionStore([])],
  ['in SQLite', () => createSqliteSessionStore({ file: join(temporaryFolder(), 'sessions.sqlite'), sites: [], log })],
]

const stored = (event: Event): StoredEvent => ({ ...event, receivedAt: start })

describe.each(versions)('a session store %s', (_name, create) => {
  const open = (): SessionStore => {
    const store = create()
    onTestFinished(() => store.close())
    return store
  }

  const write = (store: SessionStore, work: (writer: SessionWriter) => void): void => store.transaction({ name: 'sessions', version: 1, position: 1 }, work)

  /** A session with its events. */
  const add = (store: SessionStore, events: Event[], { site = 'shop', shortId = '1234' } = {}): void =>
    write(store, writer => {
      for (const event of events) addLogged(writer, site, stored(event))
      writer.save({ site, state: events.reduce(reduceSession, reduceSession(undefined, events[0]!)), facts: { visitorId: idOf(999), shortId }, duplicates: 0 })
      writer.hold({ site, shortId, session: events[0]!.session, until: start + 1000 })
    })

  const signIn = (session: number, id: string, type = 'crm'): Event[] => [
    opening(session),
    identifyOf(session + 100, { session: idOf(session), customer: { id, type } }),
  ]

  const naming = (store: SessionStore, query: CustomerQuery): string[] =>
    store
      .naming(query)
      .map(({ site, id }) => `${site} ${Number(id.slice(-12))}`)
      .sort()

  test('knows in which sessions a customer was named, first, last, or before the session', () => {
    const store = open()
    add(store, signIn(1, 'c-1'))
    add(store, [...signIn(2, 'c-1'), identifyOf(300, { session: idOf(2), seq: 2, at: start + 20, customer: { id: 'c-2', type: 'crm' } })])
    add(store, [opening(3, { start: { type: 'web', index: 2, customer: { id: 'c-1', type: 'email' } } })], { site: 'other' })
    add(store, [opening(4)])
    expect(naming(store, { id: 'c-1' })).toEqual(['other 3', 'shop 1', 'shop 2'])
    expect(naming(store, { id: 'c-1', site: 'shop' })).toEqual(['shop 1', 'shop 2'])
    expect(naming(store, { id: 'c-1', type: 'email' })).toEqual(['other 3'])
    expect(naming(store, { id: 'c-2' })).toEqual(['shop 2'])
    expect([naming(store, { id: 'c-3' }), naming(store, { id: 'c-1', site: 'none' })]).toEqual([[], []])
  })

  test('removes a session with everything that is kept of it, and nothing else', () => {
    const store = open()
    add(store, signIn(1, 'c-1'))
    add(store, signIn(2, 'c-1'), { shortId: '2345' })
    add(store, signIn(1, 'c-1'), { site: 'other' })
    write(store, writer => {
      writer.keepLosses({ site: 'shop', session: idOf(1), visitor: idOf(7), lost: { cap: 1 }, at: start })
      writer.keepLosses({ site: 'shop', session: idOf(2), visitor: idOf(7), lost: { cap: 2 }, at: start })
      writer.keepLosses({ site: 'shop', session: idOf(3), visitor: idOf(8), lost: { cap: 3 }, at: start })
    })
    write(store, writer => {
      writer.remove('shop', idOf(1))
      writer.remove('shop', idOf(50))
      writer.remove('none', idOf(1))
      writer.removeVisitor('shop', idOf(8))
    })
    expect([store.get(idOf(1), 'shop'), store.events('shop', idOf(1), { limit: 9 }).entities]).toEqual([undefined, []])
    expect(store.list({}, start, { limit: 9 }).entities).toHaveLength(2)
    expect(store.events('shop', idOf(2), { limit: 9 }).entities).toHaveLength(2)
    expect(naming(store, { id: 'c-1' })).toEqual(['other 1', 'shop 2'])
    write(store, writer => {
      expect([writer.holderOf('shop', '1234', start), writer.holderOf('shop', '2345', start), writer.holderOf('other', '1234', start)]).toEqual([undefined, idOf(2), idOf(1)])
      expect([writer.takeLosses('shop', idOf(1), idOf(7)), writer.takeLosses('shop', idOf(2), idOf(7)), writer.takeLosses('shop', idOf(3), idOf(8))]).toEqual([undefined, { cap: 2 }, undefined])
      expect(addLogged(writer, 'shop', stored(opening(1)))).toBe(true)
    })
  })

  test('leaves a short id to whoever has it now', () => {
    const store = open()
    add(store, [opening(1)])
    add(store, [opening(2)])
    write(store, writer => writer.remove('shop', idOf(1)))
    write(store, writer => expect(writer.holderOf('shop', '1234', start)).toBe(idOf(2)))
  })

  test('forgets tokens that prove nothing more', () => {
    const store = open()
    const claim = (token: string, holder: string, until: number): string => {
      let found = ''
      write(store, writer => {
        found = writer.claimToken({ site: 'shop', token, holder, until })
      })
      return found
    }
    claim('a', '1', start)
    claim('b', '1', start + 1)
    write(store, writer => writer.pruneTokens(start))
    expect([claim('a', '2', start), claim('b', '2', start)]).toEqual(['2', '1'])
  })

  test('forgets what was lost of sessions that never came, told long ago at one site', () => {
    const store = open()
    const orphan = { site: 'shop', session: idOf(1), visitor: idOf(7), lost: { cap: 1 }, at: start }
    write(store, writer => {
      writer.keepLosses(orphan)
      writer.keepLosses({ ...orphan, visitor: idOf(8), lost: { cap: 2 }, at: start + 1 })
      writer.keepLosses({ ...orphan, site: 'other', lost: { cap: 3 } })
    })
    write(store, writer => {
      expect(writer.pruneLosses({ site: 'shop', before: start + 1 })).toEqual([{ cap: 1 }])
      expect(writer.pruneLosses({ site: 'none', before: start + 1 })).toEqual([])
      expect([writer.takeLosses('shop', idOf(1), idOf(7)), writer.takeLosses('shop', idOf(1), idOf(8)), writer.takeLosses('other', idOf(1), idOf(7))]).toEqual([undefined, { cap: 2 }, { cap: 3 }])
    })
  })

  test('is the same after nothing was left in its files', () => {
    const store = open()
    add(store, signIn(1, 'c-1'))
    const before = store.list({}, start, { limit: 9 })
    expect(store.scrub()).toBe(true)
    expect([store.list({}, start, { limit: 9 }), naming(store, { id: 'c-1' })]).toEqual([before, ['shop 1']])
    add(store, signIn(2, 'c-1'))
    expect(naming(store, { id: 'c-1' })).toEqual(['shop 1', 'shop 2'])
  })
})
