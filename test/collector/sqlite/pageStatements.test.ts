import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createSessionReader } from '../../../src/collector/sqlite/createSqliteSessionReader.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import { createSiteIds } from '../../../src/collector/sqlite/siteIds.ts'
import { reduceSession } from '../../../src/model/index.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { idOf, opening, start } from '../batches.ts'

test('a page takes as many statements, each a transaction of its own, whether it has one Session or twenty', () => {
  const file = join(temporaryFolder(), 'sessions.sqlite')
  const store = createSqliteSessionStore({ file, sites: [], log: createMemoryEventLog() })
  store.transaction({ name: 'sessions', version: 1, position: 1 }, ({ save }) => {
    for (let n = 1; n <= 20; n++) save({ site: 'shop', state: reduceSession(undefined, opening(n, { at: start + n })), facts: {}, duplicates: 0 })
  })
  store.close()
  const statements: unknown[] = []
  const db = new Database(file, { verbose: sql => void statements.push(sql) })
  const sessions = createSessionReader(db, createSiteIds(db), createMemoryEventLog())
  const count = (limit: number): number => {
    statements.length = 0
    const { entities } = sessions.list({}, start, { limit })
    expect(entities.map(({ site, state }) => [site, state.id])).toEqual(Array.from({ length: limit }, (_, i) => ['shop', idOf(20 - i)]))
    return statements.length
  }
  // The name of a site is looked up once.
  count(1)
  expect(count(20)).toBe(count(1))
  sessions.close()
})
