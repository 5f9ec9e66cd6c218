import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { EventLog, ReceivedBatch } from '../../../src/collector/eventLog.ts'
import { createSqliteEventLog } from '../../../src/collector/sqlite/createSqliteEventLog.ts'
import { openCheckpoints } from '../../../src/collector/sqlite/openCheckpoints.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { batchOf, opening, start } from '../batches.ts'

const received = (n: number, title = 'Shop'): ReceivedBatch => ({
  receivedAt: start + n,
  site: 'shop',
  address: null,
  userAgent: null,
  batch: batchOf({}, [opening(n, { page: { url: 'https://shop.example.com/', title } })]),
})

const open = (file: string): EventLog => {
  const log = createSqliteEventLog({ file })
  onTestFinished(() => log.close())
  return log
}

const openPlain = (file: string): Database.Database => {
  const db = new Database(file, { timeout: 0 })
  onTestFinished(() => void db.close())
  return db
}

test('what was appended is there when the file is opened again, and numbers go on', async () => {
  const file = join(temporaryFolder(), 'deep', 'log.sqlite')
  const first = createSqliteEventLog({ file })
  const position = await first.append(received(1))
  first.close()
  const second = open(file)
  expect(second.last()).toBe(position)
  expect(await second.append(received(2))).toBeGreaterThan(position)
})

test('an append that resolved can be read by another connection', async () => {
  const file = join(temporaryFolder(), 'log.sqlite')
  const [writer, reader] = [open(file), open(file)]
  const position = await writer.append(received(1))
  expect(reader.read(0, 10)).toEqual([{ ...received(1), position }])
})

/** Commits in the write-ahead log: frames that say how large the database is after them (https://www.sqlite.org/fileformat2.html#walformat). */
const countCommits = (file: string): number => {
  const wal = readFileSync(`${file}-wal`)
  const frame = 24 + wal.readUInt32BE(8)
  return Array.from({ length: Math.floor((wal.length - 32) / frame) }, (_, i) => wal.readUInt32BE(32 + i * frame + 4)).filter(Boolean).length
}

test('the appends of one turn of the event loop share a commit, those of two turns do not', async () => {
  const file = join(temporaryFolder(), 'log.sqlite')
  const log = open(file)
  await log.append(received(0))
  const before = countCommits(file)
  await Promise.all(Array.from({ length: 50 }, (_, n) => log.append(received(n))))
  expect(countCommits(file) - before).toBe(1)
  await log.append(received(51))
  await log.append(received(52))
  expect(countCommits(file) - before).toBe(3)
})

test('closing commits what is under way', async () => {
  const file = join(temporaryFolder(), 'log.sqlite')
  const log = createSqliteEventLog({ file })
  const appended = log.append(received(1))
  log.close()
  const position = await appended
  expect(open(file).last()).toBe(position)
})

test('an append that cannot be committed rejects, nothing of its group is kept, and the next one succeeds', async () => {
  const file = join(temporaryFolder(), 'log.sqlite')
  const log = open(file)
  await log.append(received(1))
  const db = openPlain(file)
  db.exec("CREATE TRIGGER full BEFORE INSERT ON batches WHEN new.received_at = 0 BEGIN SELECT raise(ABORT, 'database or disk is full'); END")
  const group = [log.append(received(2)), log.append({ ...received(3), receivedAt: 0 })]
  expect((await Promise.allSettled(group)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(log.read(0, 10)).toHaveLength(1)
  await log.append(received(4))
  expect(log.read(0, 10).map(({ receivedAt }) => receivedAt)).toEqual([start + 1, start + 4])
})

test('reads large batches a few at a time, and all of them in the end', async () => {
  const log = open(join(temporaryFolder(), 'log.sqlite'))
  await Promise.all(Array.from({ length: 9 }, (_, n) => log.append(received(n, 'x'.repeat(1_000_000)))))
  const sizes: number[] = []
  for (let after = 0; ; ) {
    const batches = log.read(after, 100)
    if (!batches.length) break
    sizes.push(batches.length)
    after = batches.at(-1)!.position
  }
  expect(Math.max(...sizes)).toBeLessThan(9)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(9)
})

/** What tells one beginning of the write-ahead log from another: its salts. */
const saltsOf = (file: string): string => readFileSync(`${file}-wal`).subarray(16, 24).toString('hex')

/** Appends some nine megabytes: more than others copy at once, and less than SQLite copies by itself. */
const appendMuch = async (log: EventLog): Promise<void> => {
  for (let n = 0; n < 30; n++) await Promise.all(Array.from({ length: 10 }, (_, i) => log.append(received(10 * n + i, 'x'.repeat(30_000)))))
}

test('what another connection has copied into the file makes room: the write-ahead log begins anew', async () => {
  const file = join(temporaryFolder(), 'log.sqlite')
  let asked = 0
  let isOver = false
  const log: EventLog = createSqliteEventLog({
    file,
    checkpoint: async () => {
      asked++
      const checkpoints = openCheckpoints(file)
      checkpoints.copy()
      checkpoints.close()
      await log.append(received(1000))
      isOver = true
    },
  })
  onTestFinished(() => log.close())
  await log.append(received(0))
  const before = saltsOf(file)
  await appendMuch(log)
  await expect.poll(() => isOver).toBe(true)
  await log.append(received(1001))
  expect(saltsOf(file)).not.toBe(before)
  expect(asked).toBe(1)
  expect(log.read(0, 1000)[0]?.receivedAt).toBe(start)
})

test('where nobody copies any more, the log does it itself', async () => {
  const file = join(temporaryFolder(), 'log.sqlite')
  const log = createSqliteEventLog({ file, checkpoint: () => Promise.reject(new Error('no thread')) })
  onTestFinished(() => log.close())
  await log.append(received(0))
  const before = saltsOf(file)
  await appendMuch(log)
  await log.append(received(1001))
  expect(saltsOf(file)).not.toBe(before)
})

test('an append is refused while the file that it would go to is not where the next start looks for it', async () => {
  const file = join(temporaryFolder(), 'log.sqlite')
  const log = open(file)
  await log.append(received(1))
  for (const suffix of ['', '-wal']) {
    renameSync(`${file}${suffix}`, `${file}.away`)
    await expect(log.append(received(2))).rejects.toThrow(/log\.sqlite was moved, removed or replaced while it is in use/)
    renameSync(`${file}.away`, `${file}${suffix}`)
  }
  await log.append(received(3))
  expect(log.read(0, 9).map(({ receivedAt }) => receivedAt - start)).toEqual([1, 3])
})
