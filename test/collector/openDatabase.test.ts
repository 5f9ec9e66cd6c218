import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createSqliteEventLog } from '../../src/collector/sqlite/createSqliteEventLog.ts'
import { createSqliteSessionReader } from '../../src/collector/sqlite/createSqliteSessionReader.ts'
import { createSqliteSessionStore } from '../../src/collector/sqlite/createSqliteSessionStore.ts'
import { DatabaseError } from '../../src/collector/sqlite/openDatabase.ts'
import { temporaryFolder } from '../conformance/temporaryFolder.ts'

const edit = (file: string, sql: string): void => {
  const db = new Database(file)
  db.exec(sql)
  db.close()
}

const errorOf = (run: () => unknown): DatabaseError => {
  try {
    run()
  } catch (error) {
    if (error instanceof DatabaseError) return error
    throw error
  }
  throw new Error('it opened')
}

const kinds: [name: string, open: (file: string) => { close(): void }, advice: RegExp][] = [
  ['the event log', createSqliteEventLog, /Put the file back from a backup, or move it away/],
  ['the session store', file => createSqliteSessionStore({ file, sites: [] }), /Move it away.*makes it again from the event log/],
  ['the session reader', createSqliteSessionReader, /Move it away.*makes it again from the event log/],
]

describe.each(kinds)('%s', (_name, open, advice) => {
  test('makes its file and its folder', () => {
    const file = join(temporaryFolder(), 'new', 'folder', 'a.sqlite')
    open(file).close()
    expect(() => open(file).close()).not.toThrow()
  })

  test('says of a file that is no database which one it is and what to do', () => {
    const file = join(temporaryFolder(), 'a.sqlite')
    writeFileSync(file, 'no database at all, and long enough to have a header '.repeat(100))
    const { message } = errorOf(() => open(file))
    expect(message).toContain(`${file} is damaged, or no database`)
    expect(message).toMatch(advice)
  })

  test('says so of a file whose header was cut to pieces', () => {
    const file = join(temporaryFolder(), 'a.sqlite')
    open(file).close()
    writeFileSync(file, Buffer.alloc(4096, 7), { flag: 'r+' })
    expect(errorOf(() => open(file)).message).toContain('is damaged, or no database')
  })

  test('refuses the database of another program, and leaves it as it is', () => {
    const file = join(temporaryFolder(), 'a.sqlite')
    edit(file, 'CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)')
    expect(errorOf(() => open(file)).message).toMatch(/is a database, but not /)
    const db = new Database(file)
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete')
    expect(db.prepare('SELECT name FROM sqlite_master').pluck().all()).toEqual(['theirs'])
    db.close()
  })

  test('refuses a file that a newer version has written', () => {
    const file = join(temporaryFolder(), 'a.sqlite')
    open(file).close()
    edit(file, 'PRAGMA user_version = 99')
    expect(errorOf(() => open(file)).message).toMatch(/written by a newer version of Sojourn \(tables 99, known here: \d\)/)
  })

  test('says why a file cannot be opened', () => {
    expect(errorOf(() => open(temporaryFolder())).message).toMatch(/cannot be opened .*Check that its folder is there/)
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(errorOf(() => open(join(file, 'a.sqlite'))).message).toMatch(/cannot be opened .*Check that its folder is there/)
  })
})

test('one kind of file is not taken for another', () => {
  const file = join(temporaryFolder(), 'a.sqlite')
  createSqliteEventLog(file).close()
  expect(errorOf(() => createSqliteSessionReader(file)).message).toContain('is a database, but not a session store of Sojourn')
})
