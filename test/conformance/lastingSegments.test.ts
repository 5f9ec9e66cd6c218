import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../src/collector/memory/createMemorySessionStore.ts'
import { sessionsProjection } from '../../src/collector/projection/projection.ts'
import type { SessionStore, StoredSession } from '../../src/collector/sessionStore.ts'
import { createSqliteSessionStore } from '../../src/collector/sqlite/createSqliteSessionStore.ts'
import { reduceSession } from '../../src/model/index.ts'
import { idOf, opening, start } from '../collector/batches.ts'
import { createAddLogged } from './createAddLogged.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const sites = [{ id: 'shop', origins: [] }]

const log = createMemoryEventLog()
const addLogged = createAddLogged(log)

const stores: Record<string, () => SessionStore> = {
  memory: () => createMemorySessionStore(sites),
  SQLite: () => createSqliteSessionStore({ file: join(temporaryFolder(), 'sessions.sqlite'), sites, log }),
}

interface Given {
  visitor?: number
  customer?: string
  site?: string
  until?: number[]
}

const sessionOf = (n: number, { visitor = 900, customer, site = 'shop', until = [] }: Given): StoredSession => ({
  site,
  state: reduceSession(undefined, opening(n, customer === undefined ? {} : { start: { type: 'web', index: 1, customer: { id: customer, type: 'crm' } } })),
  facts: { visitorId: idOf(visitor) },
  duplicates: 0,
  assigned: { segments: [{ id: 'session', at: start }, ...until.map(each => ({ id: `until-${each}`, at: start, until: each }))], outcomes: [] },
})

describe.each(Object.entries(stores))('%s', (_, create) => {
  const setUp = (sessions: StoredSession[]) => {
    const store = create()
    onTestFinished(() => store.close())
    const save = (...all: StoredSession[]): void => store.transaction({ ...sessionsProjection, position: 1 }, writer => all.forEach(writer.save))
    save(...sessions)
    const find = (person: { visitorId?: string; customerId?: string }, after = start): number[] =>
      store.lasting({ site: 'shop', after, ...person }).map(({ state }) => Number(state.id.slice(-12)))
    return { store, save, find }
  }

  test('finds sessions of a visitor whose segments last, those first that last longest', () => {
    const { find } = setUp([
      sessionOf(1, { until: [start + 5] }),
      sessionOf(2, { until: [start + 1, start + 9] }),
      sessionOf(3, {}),
      sessionOf(4, { visitor: 901, until: [start + 5] }),
      sessionOf(5, { site: 'other', until: [start + 5] }),
    ])
    expect(find({ visitorId: idOf(900) })).toEqual([2, 1])
    expect(find({ visitorId: idOf(900) }, start + 5)).toEqual([2])
    expect(find({ visitorId: idOf(900) }, start + 9)).toEqual([])
    expect(find({})).toEqual([])
  })

  test('finds those of a customer too, each once', () => {
    const { find } = setUp([sessionOf(1, { customer: 'c', until: [start + 5] }), sessionOf(2, { visitor: 901, customer: 'c', until: [start + 7] })])
    expect(find({ customerId: 'c' })).toEqual([2, 1])
    expect(find({ customerId: 'c', visitorId: idOf(900) })).toEqual([2, 1])
    expect(find({ customerId: idOf(900) })).toEqual([])
  })

  test('follows a session that changes', () => {
    const { find, save } = setUp([sessionOf(1, {})])
    save(sessionOf(1, { until: [start + 5] }))
    expect(find({ visitorId: idOf(900) })).toEqual([1])
    save(sessionOf(1, {}))
    expect(find({ visitorId: idOf(900) })).toEqual([])
  })

  test('gives the events of a session within the transaction that adds them', () => {
    const { store } = setUp([])
    const event = { ...opening(1), receivedAt: start }
    const other = { ...opening(1, { id: idOf(7), seq: 1 }), receivedAt: start + 1 }
    const found = new Set<string>()
    store.transaction({ ...sessionsProjection, position: 2 }, writer => {
      expect(writer.eventsOf('shop', idOf(1))).toEqual([])
      addLogged(writer, 'shop', event)
      addLogged(writer, 'shop', other)
      addLogged(writer, 'shop', { ...opening(2), receivedAt: start })
      expect(writer.eventsOf('shop', idOf(1))).toHaveLength(2)
      writer.eventsOf('shop', idOf(1)).forEach(({ id }) => found.add(id))
      expect(writer.eventsOf('shop', idOf(1)).find(({ id }) => id === other.id)).toEqual(other)
    })
    expect(found).toEqual(new Set([event.id, other.id]))
  })
})
