import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { AppendedBatch } from '../../src/collector/eventLog.ts'
import { createSqliteEventLog } from '../../src/collector/sqlite/createSqliteEventLog.ts'
import { startLogWriter } from '../../src/collector/startLogWriter.ts'
import { temporaryFolder } from '../conformance/temporaryFolder.ts'
import { batchOf, opening, start } from './batches.ts'

/** A thread needs a program that Node can run: the one that was built. */
const built = new URL('../../dist/collector/logWorker.js', import.meta.url)

const received = (n: number): AppendedBatch => ({ receivedAt: start + n, site: 'shop', address: null, userAgent: null, batch: batchOf({}, [opening(n)]) })

const setUp = (entry = built) => {
  const logFile = join(temporaryFolder(), 'log.sqlite')
  const log = createSqliteEventLog({ file: logFile })
  const writer = startLogWriter({ logFile }, entry)
  onTestFinished(async () => {
    await writer.stop()
    log.close()
  })
  return { logFile, log, writer }
}

const toProgram = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; ${code}`)}`)

test('keeps what is appended, in its order, whatever the turn of the event loop', async () => {
  const { log, writer } = setUp()
  expect(await Promise.all([1, 2, 3].map(n => writer.append(received(n))))).toEqual([1, 2, 3])
  expect(await writer.append({ ...received(4), json: Buffer.from(JSON.stringify(received(4).batch)) })).toBe(4)
  expect(log.read(0, 10)).toEqual([1, 2, 3, 4].map(n => ({ ...received(n), position: n })))
})

test('hands over what has come meanwhile before anybody is answered', async () => {
  const { log, writer } = setUp()
  const handOver = vi.spyOn(Worker.prototype, 'postMessage')
  onTestFinished(() => handOver.mockRestore())
  const first = writer.append(received(1))
  await new Promise(resolve => setImmediate(resolve))
  expect(handOver).toHaveBeenCalledTimes(1)
  const second = writer.append(received(2))
  await first
  expect(handOver).toHaveBeenCalledTimes(2)
  expect(await second).toBe(2)
  expect(log.last()).toBe(2)
})

test('tells when everything is settled that was appended before', async () => {
  const { log, writer } = setUp()
  const appending = [writer.append(received(1)), writer.append(received(2))]
  await writer.settled()
  expect(log.last()).toBe(2)
  await Promise.all(appending)
})

test('settles at once what is about nothing', async () => {
  const { writer } = setUp()
  await Promise.all([writer.settled(), writer.settled()])
})

test('refuses what cannot be kept, with the reason, and goes on', async () => {
  const { logFile, writer } = setUp()
  const other = new Database(logFile)
  onTestFinished(() => void other.close())
  expect(await writer.append(received(1))).toBe(1)
  other.exec('ALTER TABLE batches RENAME TO elsewhere')
  await expect(writer.append(received(2))).rejects.toThrow('no such table')
  other.exec('ALTER TABLE elsewhere RENAME TO batches')
  expect(await writer.append(received(3))).toBe(2)
})

test('keeps what was appended before it was stopped, and refuses what comes later', async () => {
  const { log, writer } = setUp()
  const appending = writer.append(received(1))
  await writer.stop()
  expect(await appending).toBe(1)
  expect(log.last()).toBe(1)
  await expect(writer.append(received(2))).rejects.toThrow('the thread that writes the event log has ended')
})

test('says why a thread cannot begin', async () => {
  const { writer } = setUp(toProgram("throw Object.assign(Object.create({}), { message: 'no paper at all' })"))
  await expect(writer.append(received(1))).rejects.toThrow('no paper at all')
})

test('refuses what was under way and what comes when the thread fails, until it is started again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { writer } = setUp(toProgram("parentPort.on('message', () => { throw new Error('no more paper') })"))
  const appending = [1, 2].map(n => writer.append(received(n)))
  const settled = writer.settled()
  for (const each of appending) await expect(each).rejects.toThrow('no more paper')
  await settled
  await expect(writer.append(received(3))).rejects.toThrow('no more paper')
  vi.advanceTimersByTime(1000)
  // The thread is there again, and fails in the same way.
  const again = writer.append(received(4))
  await expect(again).rejects.toThrow('no more paper')
})
