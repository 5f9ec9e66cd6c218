import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import type { SessionFilter, SessionStore, StoredSession } from '../../../src/collector/sessionStore.ts'
import { createLiveRows } from '../../../src/collector/sqlite/createLiveRows.ts'
import { createSqliteSessionReader } from '../../../src/collector/sqlite/createSqliteSessionReader.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import { sessionSchema } from '../../../src/collector/sqlite/sessionSchema.ts'
import { reduceSession, type Event } from '../../../src/model/index.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { idOf, opening, start } from '../batches.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
console.log(`live sessions: SEED=${seed}`)

const minute = 60_000
const mark = { name: 'sessions', version: 1, position: 1 }
const fileOf = (): string => join(temporaryFolder(), 'sessions.sqlite')

type Change = { session: number; site: string; at: number; kind: 'event' | 'end' | 'remove' }

const change = fc.record<Change>({
  session: fc.integer({ min: 1, max: 6 }),
  site: fc.constantFrom('shop', 'blog'),
  at: fc.integer({ min: 0, max: 90 }).map(minutes => minutes * minute),
  kind: fc.constantFrom('event', 'event', 'event', 'event', 'end', 'remove'),
})

/** Changes a session as folding would, in any order of instants: an event that comes late may be the first. */
const apply = (store: SessionStore, { session, site, at, kind }: Change, seq: number): void =>
  store.transaction(mark, writer => {
    if (kind === 'remove') return void writer.remove(site, idOf(session))
    const base = { id: idOf(100 + seq), at: start + at, session: idOf(session), seq, tab: 'tab-1' }
    const event: Event = kind === 'end' ? { ...base, type: 'end', reason: 'reset' } : { ...opening(session), ...base }
    const known = writer.load(site, idOf(session))
    const next: StoredSession = { site, facts: {}, duplicates: 0, ...known, state: reduceSession(known?.state, event) }
    writer.save(next)
  })

const filters: SessionFilter[] = (['live', 'active', 'idle', 'away', 'ended'] as const).flatMap(status => [{ status }, { status, site: 'shop' }, { status, from: start + 20 * minute }])

test('whatever happens to sessions, lists by status are those of all sessions that are looked at one by one', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), fc.integer({ min: 0, max: 150 }), (changes, minutes) => {
      const stores = [createSqliteSessionStore({ file: ':memory:', sites: [], log: createMemoryEventLog() }), createMemorySessionStore([])]
      changes.forEach((each, i) => stores.forEach(store => apply(store, each, i)))
      const [kept, expected] = stores.map(store =>
        filters.map(filter => store.list(filter, start + minutes * minute, { limit: 50 }).entities.map(({ site, state }) => `${site}/${state.id}`).sort()),
      )
      stores.forEach(store => store.close())
      expect(kept).toEqual(expected)
    }),
    { seed, numRuns: 300 },
  )
})

test('sessions that have been over for long leave the rows of the live ones', () => {
  const file = fileOf()
  createSqliteSessionReader(file, createMemoryEventLog()).close()
  const db = new Database(file)
  onTestFinished(() => void db.close())
  const live = createLiveRows(db, 4)
  const save = (row: number, hours: number, isNew = true): void => {
    const createdAt = start + hours * 60 * minute
    live.save({ row, siteId: 1, createdAt, idleAt: createdAt, awayAt: createdAt, endsAt: createdAt + 30 * minute }, isNew)
  }
  const rows = (): unknown[] => db.prepare('SELECT row FROM live ORDER BY row').pluck().all()
  for (let row = 1; row < 4; row++) save(row, row)
  for (let i = 0; i < 5; i++) save(3, 3, false)
  expect(rows()).toEqual([1, 2, 3])
  save(4, 4)
  expect(rows()).toEqual([3, 4])
})

test('a file of the version before lists its live sessions', () => {
  const file = fileOf()
  const db = new Database(file)
  sessionSchema.migrations.slice(0, 7).forEach(statements => db.exec(statements))
  db.pragma(`application_id = ${sessionSchema.applicationId}`)
  db.pragma('user_version = 7')
  db.exec("INSERT INTO sites (name) VALUES ('shop')")
  const insert = db.prepare('INSERT INTO sessions (id, site_id, created_at, idle_at, away_at, ends_at, body) VALUES (?, 1, ?, ?, ?, ?, ?)')
  for (const [n, at] of [[1, 0], [2, 3000], [3, 3010]] as const) {
    const state = reduceSession(undefined, opening(n, { at: start + at * minute }))
    insert.run(Buffer.from(idOf(n).replaceAll('-', ''), 'hex'), start + at * minute, 0, 0, n === 3 ? 0 : start + (at + 30) * minute, JSON.stringify({ state, facts: {}, duplicates: 0 }))
  }
  db.close()
  const sessions = createSqliteSessionStore({ file, sites: [], log: createMemoryEventLog() })
  onTestFinished(() => sessions.close())
  const list = (status: SessionFilter['status']): string[] => sessions.list({ status: status! }, start + 3011 * minute, { limit: 9 }).entities.map(({ state }) => state.id)
  expect([list('live'), list('ended')]).toEqual([[idOf(2)], [idOf(3), idOf(1)]])
})
