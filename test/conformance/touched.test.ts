import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../src/collector/memory/createMemorySessionStore.ts'
import { sessionsProjection } from '../../src/collector/projection/projection.ts'
import type { SessionStore, StoredSession } from '../../src/collector/sessionStore.ts'
import { createSqliteSessionStore } from '../../src/collector/sqlite/createSqliteSessionStore.ts'
import { reduceSession } from '../../src/model/index.ts'
import { idOf, opening, start } from '../collector/batches.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const stores: Record<string, () => SessionStore> = {
  memory: () => createMemorySessionStore([]),
  SQLite: () => createSqliteSessionStore({ file: join(temporaryFolder(), 'sessions.sqlite'), sites: [], log: createMemoryEventLog() }),
}

interface Given {
  visitor?: number
  site?: string
  referrer?: string
  at?: number
}

const elsewhere = 'https://www.example.org/'

const sessionOf = (n: number, { visitor = 900, site = 'shop', referrer, at = start + n }: Given = {}): StoredSession => ({
  site,
  state: reduceSession(undefined, opening(n, { at, start: { type: 'web', index: 1, ...(referrer !== undefined && { referrer }) } })),
  facts: { visitorId: idOf(visitor) },
  duplicates: 0,
})

describe.each(Object.entries(stores))('%s', (_, create) => {
  const setUp = (...sessions: StoredSession[]) => {
    const store = create()
    onTestFinished(() => store.close())
    const save = (...all: StoredSession[]): void => store.transaction({ ...sessionsProjection, position: 1 }, writer => all.forEach(writer.save))
    save(...sessions)
    const find = (until = start + 1000, site = 'shop'): (number | undefined)[] => {
      const { first, last } = store.touched({ site, visitorId: idOf(900), until })
      return [first, last].map(each => each && Number(each.state.id.slice(-12)))
    }
    return { store, save, find }
  }

  test('finds the first and the last session that something outside has opened', () => {
    const { find } = setUp(
      sessionOf(1),
      sessionOf(2, { referrer: elsewhere }),
      sessionOf(3, { referrer: 'https://shop.example.com/cart' }),
      sessionOf(4, { referrer: elsewhere }),
      sessionOf(5, { referrer: elsewhere }),
      sessionOf(6),
    )
    expect(find()).toEqual([2, 5])
    expect(find(start + 4)).toEqual([2, 4])
    expect(find(start + 1)).toEqual([undefined, undefined])
  })

  test('finds those of the visitor and the site alone', () => {
    const { find } = setUp(sessionOf(1, { visitor: 901, referrer: elsewhere }), sessionOf(2, { site: 'blog', referrer: elsewhere }))
    expect(find()).toEqual([undefined, undefined])
    expect(find(start + 1000, 'blog')).toEqual([2, 2])
    expect(find(start + 1000, 'news')).toEqual([undefined, undefined])
  })

  test('orders sessions of one instant by their ids', () => {
    const { find } = setUp(sessionOf(3, { at: start, referrer: elsewhere }), sessionOf(1, { at: start, referrer: elsewhere }), sessionOf(2, { at: start, referrer: elsewhere }))
    expect(find()).toEqual([1, 3])
  })

  test('follows a session whose opening comes late, and one that is removed', () => {
    const { store, save, find } = setUp(sessionOf(1), sessionOf(2, { referrer: elsewhere }))
    save(sessionOf(1, { referrer: elsewhere }))
    expect(find()).toEqual([1, 2])
    store.transaction({ ...sessionsProjection, position: 2 }, writer => writer.remove('shop', idOf(1)))
    expect(find()).toEqual([2, 2])
    store.clear()
    expect(find()).toEqual([undefined, undefined])
  })
})
