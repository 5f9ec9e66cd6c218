import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { EventLog, ReceivedBatch } from '../../../src/collector/eventLog.ts'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection } from '../../../src/collector/projection/projection.ts'
import type { SessionReader, SessionStore, StoredEvent } from '../../../src/collector/sessionStore.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import { sessionSchema } from '../../../src/collector/sqlite/sessionSchema.ts'
import type { Event } from '../../../src/model/index.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { batchOf, idOf, opening, start, visitorId } from '../batches.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
console.log(`events of sessions: SEED=${seed}`)

const sites = [{ id: 'shop', origins: [] }]

/** An event of one of two tabs; which one also says its number, so that the same one is the same again. */
const eventOf = (session: number, n: number, { at, activeAgo = 0 }: { at: number; activeAgo?: number }): Event => {
  const base = { id: n % 7 ? idOf(1000 * session + n) : `odd ${n}`, session: idOf(session), seq: Math.ceil(n / 2), tab: `tab-${n % 2}`, at: start + at }
  return activeAgo ? { ...base, type: 'activity', state: 'active', activeAt: base.at - activeAgo } : { ...base, type: 'custom', eventName: `e_${n}` }
}

/** What comes of two sessions: early and late, twice, and by clocks that are wrong. */
const arrivals = fc
  .array(
    fc.record({
      session: fc.constantFrom(1, 2),
      numbers: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
      activeAgo: fc.constantFrom(0, 0, 500),
      skew: fc.constantFrom(0, 0, 90_000, -400_000),
      transit: fc.constantFrom(20, 20, 3000),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map(steps =>
    steps.map(({ session, numbers, activeAgo, skew, transit }): ReceivedBatch => {
      const events = numbers.map(n => eventOf(session, n, { at: 700 * n + skew, activeAgo }))
      const sentAt = Math.max(...events.map(({ at }) => at)) + 10
      return { receivedAt: sentAt - skew + transit, site: 'shop', address: null, userAgent: null, batch: batchOf({ sentAt }, [opening(session), ...events]) }
    }),
  )

const fold = (log: EventLog, sessions: SessionStore, chunk = 500): void => {
  const projection = createProjection({ log, sessions, sites, toFacts: ({ batch }) => ({ visitorId: batch.visitor.id }), chunk })
  while (projection.run());
}

const pages = (sessions: SessionReader, session: string, limit: number): StoredEvent[][] => {
  const found: StoredEvent[][] = []
  let after: string | undefined
  do {
    const { entities, next } = sessions.events('shop', session, { limit, ...(after !== undefined && { after }) })
    found.push(entities)
    after = next
  } while (after !== undefined)
  return found
}

const openStore = (log: EventLog, file = join(temporaryFolder(), 'sessions.sqlite')): SessionStore => {
  const store = createSqliteSessionStore({ file, sites, log })
  onTestFinished(() => store.close())
  return store
}

test('events that are only in the log are, page by page, what was folded', async () => {
  const folder = temporaryFolder()
  let files = 0
  await fc.assert(
    fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12 }), async (received, chunk, limit) => {
      const log = createMemoryEventLog()
      for (const each of received) await log.append(each)
      const memory = createMemorySessionStore(sites)
      const sqlite = createSqliteSessionStore({ file: join(folder, `${files++}.sqlite`), sites, log })
      try {
        for (const store of [memory, sqlite]) fold(log, store, chunk)
        for (const session of [idOf(1), idOf(2)]) expect(pages(sqlite, session, limit)).toEqual(pages(memory, session, limit))
        sqlite.transaction({ ...sqlite.mark()! }, ({ eventsOf }) =>
          expect(eventsOf('shop', idOf(1)).map(({ id }) => id).sort()).toEqual(pages(memory, idOf(1), 99).flat().map(({ id }) => id).sort()),
        )
      } finally {
        sqlite.close()
      }
    }),
    { seed, numRuns: 200 },
  )
})

test('of a long session only those batches are read that a page is made of', async () => {
  const log = createMemoryEventLog()
  for (let n = 0; n < 200; n++) {
    const at = start + 1000 * n
    await log.append({ receivedAt: at + 5, site: 'shop', address: null, userAgent: null, batch: batchOf({ sentAt: at }, [n ? eventOf(1, n, { at: 1000 * n }) : opening(1)]) })
  }
  let reads = 0
  const store = openStore({ ...log, at: position => (reads++, log.at(position)) })
  fold(log, store)
  const [first, second] = [store.events('shop', idOf(1), { limit: 10 }), () => store.events('shop', idOf(1), { limit: 10, after: first.next! })]
  expect(first.entities).toHaveLength(10)
  expect(reads).toBeLessThan(20)
  expect(second().entities.map(({ at }) => (at - start) / 1000)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
  expect(reads).toBeLessThan(40)
})

test('what was erased from the log is not among the events, and is not added when it comes again', async () => {
  const log = createMemoryEventLog()
  const batch = batchOf({}, [opening(1), eventOf(1, 1, { at: 1 }), eventOf(1, 2, { at: 2 })])
  const append = () => log.append({ receivedAt: start + 9, site: 'shop', address: null, userAgent: null, batch })
  await append()
  const store = openStore(log)
  fold(log, store)
  log.edit(0, 9, ({ batch: whole, ...logged }) => ({ ...logged, batch: { ...whole, events: whole.events.filter(({ id }) => id !== idOf(1001)) } }))
  const ids = (): string[] => store.events('shop', idOf(1), { limit: 9 }).entities.map(({ id }) => id)
  expect(ids()).toEqual([idOf(1), idOf(1002)])
  await append()
  fold(log, store)
  expect(ids()).toEqual([idOf(1), idOf(1002)])
  expect(store.get(idOf(1))?.duplicates).toBe(3)
  log.edit(0, 9, () => undefined)
  expect([ids(), store.get(idOf(1))?.state.counts.custom]).toEqual([[], 2])
})

test('a file that still has the events themselves is made anew from the log', async () => {
  const file = join(temporaryFolder(), 'sessions.sqlite')
  const db = new Database(file)
  sessionSchema.migrations.slice(0, 8).forEach(statements => db.exec(statements))
  db.pragma(`application_id = ${sessionSchema.applicationId}`)
  db.pragma('user_version = 8')
  db.exec(`
    INSERT INTO sites (name) VALUES ('shop');
    INSERT INTO mark VALUES (1, 'sessions', 11, 1);
    INSERT INTO events (session_id, site_id, id, at, received_at, body) VALUES (x'01', 1, x'02', 1, 2, '{"type":"pageview"}')
  `)
  db.close()
  const log = createMemoryEventLog()
  await log.append({ receivedAt: start + 9, site: 'shop', address: null, userAgent: null, batch: batchOf({}, [opening(1)]) })
  const store = openStore(log, file)
  fold(log, store)
  const former = new Database(file, { readonly: true })
  expect(former.prepare('SELECT count(*) FROM former_events').pluck().get()).toBe(0)
  former.close()
  expect(store.get(idOf(1))?.facts).toMatchObject({ visitorId })
  expect(store.events('shop', idOf(1), { limit: 9 }).entities).toEqual([{ ...opening(1), receivedAt: start + 9 }])
})
