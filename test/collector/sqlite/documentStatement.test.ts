import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createSqliteDocumentStore } from '../../../src/collector/sqlite/createSqliteDocumentStore.ts'
import { toCountStatement, toDocumentStatement } from '../../../src/collector/sqlite/documentStatement.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'

test.each([['the documents', toDocumentStatement], ['their count', toCountStatement]])('%s of one session are looked up by their rows, however many there are of the kind', (_what, toStatement) => {
  const file = join(temporaryFolder(), 'conversations.sqlite')
  createSqliteDocumentStore(file).close()
  const db = new Database(file)
  onTestFinished(() => void db.close())
  const { sql, parameters } = toStatement({ kind: 'sojourn.action', where: [{ facet: 'session', anyOf: ['s'] }], orderBy: 'session', limit: 50 })
  const steps = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters)
  const details = steps.map(({ detail }) => detail)
  expect(details).toContain('SEARCH documents USING INTEGER PRIMARY KEY (rowid=?)')
  expect(details.filter(detail => /^SCAN/.test(detail))).toEqual([])
})
