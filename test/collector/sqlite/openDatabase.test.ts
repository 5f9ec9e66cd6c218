import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import type { SessionStore } from '../../../src/collector/sessionStore.ts'
import { createSqliteEventLog } from '../../../src/collector/sqlite/createSqliteEventLog.ts'
import { createSqliteSessionReader } from '../../../src/collector/sqlite/createSqliteSessionReader.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import { DatabaseError } from '../../../src/collector/sqlite/openDatabase.ts'
import { reduceSession } from '../../../src/model/index.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { batchOf, idOf, opening, start } from '../batches.ts'

/** Bytes. What is to be found damaged is a page as a whole: in a part of one there may be nothing. */
const largestPage = 8192

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

const fillLog = async (file: string): Promise<void> => {
  const log = createSqliteEventLog({ file })
  const received = { receivedAt: start, site: 'shop', address: null, userAgent: null, batch: batchOf({}, Array.from({ length: 9 }, (_, n) => opening(n))) }
  await Promise.all(Array.from({ length: 99 }, () => log.append(received)))
  log.close()
}

const fillSessions = async (file: string): Promise<void> => {
  const store = createSqliteSessionStore({ file, sites: [], log: createMemoryEventLog() })
  store.transaction({ name: 'sessions', version: 0, position: 1 }, writer => {
    for (let n = 0; n < 200; n++) writer.save({ site: 'shop', state: reduceSession(undefined, opening(n)), facts: {}, duplicates: 0 })
  })
  store.close()
}

const openReader = (file: string): { close(): void } => createSqliteSessionReader(file, createMemoryEventLog())

const kinds: [name: string, open: (file: string) => { close(): void }, advice: RegExp][] = [
  ['the event log', file => createSqliteEventLog({ file, check: true }), /Put the file back from a backup, or move it away: .* -wal and -shm/],
  ['the session store', file => createSqliteSessionStore({ file, sites: [], log: createMemoryEventLog() }), /Move it away.*makes it again from the event log/],
  ['the session reader', openReader, /Move it away.*makes it again from the event log/],
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
    expect(errorOf(() => open(file)).message).toMatch(/written by a newer version of Sojourn \(tables 99, known here: \d+\)/)
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
  createSqliteEventLog({ file }).close()
  expect(errorOf(() => createSqliteSessionReader(file, createMemoryEventLog())).message).toContain('is a database, but not a session store of Sojourn')
})

test('pages of Sessions have 8 KiB, and in a file that is there what they had', async () => {
  const pageSizeOf = (file: string): unknown => {
    const db = new Database(file)
    const size = db.pragma('page_size', { simple: true })
    db.close()
    return size
  }
  const [before, fresh] = [join(temporaryFolder(), 'a.sqlite'), join(temporaryFolder(), 'a.sqlite')]
  edit(before, 'PRAGMA page_size = 4096; PRAGMA journal_mode = WAL')
  for (const file of [before, fresh]) {
    await fillSessions(file)
    const reader = createSqliteSessionReader(file, createMemoryEventLog())
    expect(reader.list({}, start, { limit: 500 }).entities).toHaveLength(200)
    reader.close()
  }
  expect([before, fresh].map(pageSizeOf)).toEqual([4096, 8192])
})

/** Files with something in them, as the collector's start finds them. */
const filled: [name: string, fill: (file: string) => Promise<void>, open: (file: string) => { close(): void }, advice: RegExp][] = [
  ['the event log', fillLog, file => createSqliteEventLog({ file, check: true }), /Put the file back from a backup, or move it away: .* -wal and -shm/],
  ['the session reader', fillSessions, openReader, /Move it away.*makes it again from the event log/],
]

describe.each(filled)('a damaged file of %s', (_name, fill, open, advice) => {
  const damage = async (work: (file: string, size: number) => void): Promise<string> => {
    const file = join(temporaryFolder(), 'a.sqlite')
    await fill(file)
    open(file).close()
    work(file, readFileSync(file).length)
    return errorOf(() => open(file)).message
  }

  test('is refused when its end is missing', async () => {
    const message = await damage((file, size) => truncateSync(file, size - 3 * 4096))
    expect(message).toContain('a.sqlite is damaged')
    expect(message).toMatch(advice)
  })

  test('is refused when a page in the middle is overwritten', async () => {
    const message = await damage((file, size) => {
      const bytes = readFileSync(file)
      const middle = Math.floor(size / 2 / largestPage) * largestPage
      bytes.fill(0x55, middle, middle + largestPage)
      writeFileSync(file, bytes)
    })
    expect(message).toContain('a.sqlite is damaged')
    expect(message).toMatch(advice)
  })
})

test.each([['sessions'], ['mark']])('damage of the table %s, where no start has looked for it, is told with its file', async table => {
  const file = join(temporaryFolder(), 'a.sqlite')
  await fillSessions(file)
  const db = new Database(file, { readonly: true })
  const root = db.prepare<[string], number>('SELECT rootpage FROM sqlite_master WHERE name = ?').pluck().get(table)!
  db.close()
  const bytes = readFileSync(file)
  bytes.fill(0x55, (root - 1) * largestPage, root * largestPage)
  writeFileSync(file, bytes)
  const work = (change: (store: SessionStore) => void) => (): void => {
    const store = createSqliteSessionStore({ file, sites: [], log: createMemoryEventLog() })
    onTestFinished(store.close)
    change(store)
  }
  const session = { site: 'shop', state: reduceSession(undefined, opening(1)), facts: {}, duplicates: 0 }
  for (const change of [work(store => store.transaction({ name: 'sessions', version: 0, position: 2 }, writer => writer.save(session))), work(store => store.clear())]) {
    expect(errorOf(change).message).toMatch(/a\.sqlite is damaged, .*Move it away.*makes it again from the event log/)
  }
})

test('a session that cannot be read is told with its file, to who reads and to who writes', async () => {
  const file = join(temporaryFolder(), 'a.sqlite')
  await fillSessions(file)
  edit(file, 'UPDATE sessions SET body = substr(body, 1, 40) WHERE row = 7')
  const store = createSqliteSessionStore({ file, sites: [], log: createMemoryEventLog() })
  onTestFinished(store.close)
  const told = /a\.sqlite is damaged: a session cannot be read\. Move it away.*makes it again from the event log/
  const load = (): void => store.transaction({ name: 'sessions', version: 0, position: 2 }, writer => void writer.load('shop', idOf(6)))
  for (const read of [load, () => store.get(idOf(6)), () => store.list({}, start, { limit: 500 })]) expect(errorOf(read).message).toMatch(told)
})

test('a batch that cannot be read is told with its place in the log', async () => {
  const file = join(temporaryFolder(), 'a.sqlite')
  await fillLog(file)
  edit(file, "UPDATE batches SET body = 'nonsense' WHERE position = 7")
  const log = createSqliteEventLog({ file })
  expect(errorOf(() => log.read(0, 10)).message).toMatch(/a\.sqlite is damaged: the batch 7 cannot be read\. Put the file back/)
  expect(log.read(7, 1)).toHaveLength(1)
  log.close()
})
