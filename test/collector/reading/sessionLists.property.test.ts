import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import type { SessionFilter, SessionStore, StoredSession } from '../../../src/collector/sessionStore.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import { reduceSession } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
console.log(`lists of sessions: SEED=${seed}`)

const second = 1000
const mark = { name: 'sessions', version: 1, position: 1 }

interface Told {
  n: number
  /** Seconds after the start. */
  at: number
  site: string
  shortId: string
  visitor: number
  customer: string | undefined
}

/** No two begin at the same instant: which of two comes first is up to the store. */
const told = fc
  .record({
    n: fc.integer({ min: 1, max: 40 }),
    site: fc.constantFrom('shop', 'blog'),
    shortId: fc.constantFrom('0001', '0002'),
    visitor: fc.integer({ min: 901, max: 903 }),
    customer: fc.constantFrom(undefined, 'c-1', 'C-1', '%', idOf(901)),
  })
  .map((given): Told => ({ ...given, at: given.n }))

const save = (store: SessionStore, { n, at, site, shortId, visitor, customer }: Told): void =>
  store.transaction(mark, writer => {
    const state = reduceSession(undefined, opening(n, { at: start + at * second }))
    const named = customer === undefined ? state : { ...state, customer: { stamp: [start, ''] as const, value: { id: customer, type: 'crm' } } }
    writer.save({ site, state: named, facts: { shortId, visitorId: idOf(visitor) }, duplicates: 0 })
  })

/** Few lists are narrowed to more than one or two things: else nearly all of them would be empty. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const instant = fc.integer({ min: 0, max: 41 }).map(n => start + n * second)

const filter = fc
  .record({
    site: rarely(fc.constantFrom('shop', 'blog', 'none')),
    status: rarely(fc.constantFrom('live' as const, 'ended' as const)),
    shortId: rarely(fc.constantFrom('0001', '0003')),
    customerId: rarely(fc.constantFrom('c-1', '%', idOf(901), idOf(902))),
    visitorId: rarely(fc.constant(idOf(901))),
    from: rarely(instant),
    to: rarely(instant),
  })
  .map(given => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as SessionFilter)

const toNames = (entities: readonly StoredSession[]): string[] => entities.map(({ site, state }) => `${site} ${state.id}`)

/** More than there are sessions: a list that goes on for ever ends here, and is wrong. */
const mostParts = 50

/** All of a list, part by part; between two parts one session more is removed. */
const walk = (store: SessionStore, { of, limit, now, removed }: { of: SessionFilter; limit: number; now: number; removed: readonly Told[] }): string[] => {
  const found: string[] = []
  let after: string | undefined
  for (let part = 0; part < mostParts && (part === 0 || after !== undefined); part++) {
    const page = store.list(of, now, { limit, ...(after !== undefined && { after }) })
    found.push(...toNames(page.entities))
    after = page.next
    const gone = removed[part]
    if (gone) store.transaction(mark, writer => void writer.remove(gone.site, idOf(gone.n)))
  }
  return found
}

const openStores = (): SessionStore[] => [createSqliteSessionStore({ file: ':memory:', sites: [], log: createMemoryEventLog() }), createMemorySessionStore([])]

const distinct = fc.uniqueArray(told, { maxLength: 25, selector: ({ n }) => n })

test('both stores list the same, part by part, while sessions are removed', () => {
  fc.assert(
    fc.property(distinct, filter, fc.record({ limit: fc.integer({ min: 1, max: 5 }), seconds: fc.integer({ min: 0, max: 3600 }) }), (all, of, { limit, seconds }) => {
      const now = start + seconds * second
      const staying = new Set(all.filter(({ n }) => n % 3).map(({ site, n }) => `${site} ${idOf(n)}`))
      const [kept, expected] = openStores().map(store => {
        all.forEach(each => save(store, each))
        const atOnce = toNames(store.list(of, now, { limit: all.length + 1 }).entities)
        const found = walk(store, { of, limit, now, removed: all.filter(({ n }) => n % 3 === 0) })
        store.close()
        // Whoever stays is read once, whatever goes meanwhile.
        expect(found.filter(name => staying.has(name))).toEqual(atOnce.filter(name => staying.has(name)))
        return found
      })
      expect(kept).toEqual(expected)
    }),
    { seed, numRuns: 400 },
  )
})

test('a list goes on where another one was, within its own bounds', () => {
  fc.assert(
    fc.property(distinct, filter, fc.integer({ min: 1, max: 5 }), (all, of, limit) => {
      const [kept, expected] = openStores().map(store => {
        all.forEach(each => save(store, each))
        const { next } = store.list({}, start, { limit })
        const { entities } = store.list(of, start, { limit, ...(next !== undefined && { after: next }) })
        store.close()
        return toNames(entities)
      })
      expect(kept).toEqual(expected)
    }),
    { seed, numRuns: 400 },
  )
})

test('who has begun at the same instant as the last one that was read is read, though that one is removed', () => {
  const store = createSqliteSessionStore({ file: ':memory:', sites: [], log: createMemoryEventLog() })
  for (const n of [1, 2, 3]) save(store, { n, at: 0, site: 'shop', shortId: '0001', visitor: 901, customer: undefined })
  const first = store.list({}, start, { limit: 1 })
  const [removed] = first.entities
  store.transaction(mark, writer => void writer.remove('shop', removed!.state.id))
  const rest = store.list({}, start, { limit: 5, after: first.next! }).entities.map(({ state }) => state.id)
  store.close()
  expect(new Set([removed!.state.id, ...rest])).toEqual(new Set([1, 2, 3].map(idOf)))
})
