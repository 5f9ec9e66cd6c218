import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import type { SessionFilter } from '../../../src/collector/sessionStore.ts'
import { createSqliteSessionReader } from '../../../src/collector/sqlite/createSqliteSessionReader.ts'
import { toListStatement } from '../../../src/collector/sqlite/listStatement.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'

const explain = (sql: string): string => {
  const file = join(temporaryFolder(), 'sessions.sqlite')
  createSqliteSessionReader(file, createMemoryEventLog()).close()
  const db = new Database(file)
  onTestFinished(() => void db.close())
  const parameters = { limit: 51, now: 0, from: 0, at: 0, row: 0, site: 1, shortId: '1', customerId: 'c', visitorId: Buffer.alloc(16) }
  const steps = db.prepare<[typeof parameters], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(parameters)
  return steps.map(({ detail }) => detail).join('; ')
}

const base: [filter: SessionFilter, index: string, columns: string][] = [
  [{}, 'sessions_by_creation', 'created_at'],
  [{ site: 'a' }, 'sessions_by_site', 'site_id=\\? AND created_at'],
  [{ shortId: '1' }, 'sessions_by_short_id', 'short_id=\\? AND created_at'],
  [{ shortId: '1', site: 'a' }, 'sessions_by_short_id', 'short_id=\\? AND created_at'],
  [{ customerId: 'c' }, 'sessions_by_customer', 'customer_id=\\? AND created_at'],
  [{ customerId: 'c', site: 'a', status: 'live' }, 'sessions_by_customer', 'customer_id=\\? AND created_at'],
  [{ visitorId: 'v' }, 'sessions_by_visitor', 'visitor_id=\\? AND created_at'],
  [{ status: 'ended' }, 'sessions_by_creation', 'created_at'],
  [{ status: 'ended', site: 'a' }, 'sessions_by_site', 'site_id=\\? AND created_at'],
]

test.each(base)('sessions by %j are found in order by an index', (filter, index, columns) => {
  const plan = explain(toListStatement(filter))
  expect(plan).toMatch(new RegExp(`^SEARCH sessions USING (COVERING )?INDEX ${index} \\(${columns}`))
  expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
})

test.each(['live', 'active', 'idle', 'away'] as const)('of the %s sessions, no ended ones are looked at, and nothing is sorted', status => {
  for (const filter of [{ status }, { status, site: 'a' }]) expect(explain(toListStatement(filter))).toMatch(/^SEARCH live USING PRIMARY KEY \(created_at>\? AND [^;]*\)$/)
})
