import { gzipSync } from 'node:zlib'
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import { toDigest } from '../../src/collector/identity/toDigest.ts'
import type { TokenVerdict } from '../../src/collector/identity/createTokenVerifier.ts'
import type { AddressedArrival } from '../../src/collector/ingest/ingestWork.ts'
import { createSqliteEventLog } from '../../src/collector/sqlite/createSqliteEventLog.ts'
import { startRecorder } from '../../src/collector/startRecorder.ts'
import { temporaryFolder } from '../conformance/temporaryFolder.ts'
import { batchOf, idOf, opening, start, visitorId } from './batches.ts'

/** A thread needs a program that Node can run: the one that was built. */
const built = new URL('../../dist/collector/recordWorker.js', import.meta.url)

const origin = 'https://shop.example.com'

const arrival = (n: number, more: object = {}): AddressedArrival => ({
  ...{ bytes: Buffer.from(JSON.stringify(batchOf({}, [opening(n, more)]))), receivedAt: start + n },
  ...{ address: undefined, origin, userAgent: 'Mozilla/5.0', foreign: undefined },
})

const setUp = (entry = built, prepare = (_logFile: string): void => undefined) => {
  const logFile = join(temporaryFolder(), 'log.sqlite')
  const log = createSqliteEventLog({ file: logFile })
  prepare(logFile)
  const verdicts: [site: string, TokenVerdict][] = []
  const failures: unknown[] = []
  const recorder = startRecorder(
    { logFile, sites: [{ id: 'shop', origins: [origin] }], addressPolicy: 'truncated', geolocation: {} },
    { onVerdict: (...told) => verdicts.push(told), onFailure: cause => failures.push(cause) },
    entry,
  )
  onTestFinished(async () => {
    await recorder.stop()
    log.close()
  })
  const positionOf = async (n: number): Promise<number | undefined> => (await recorder.record(arrival(n))).position
  return { logFile, log, recorder, verdicts, failures, positionOf }
}

const toProgram = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; ${code}`)}`)

const unavailable = { code: 'log-unavailable', details: { retryAfter: 5 } }

test('keeps what comes, in its order, whatever the turn of the event loop, and says what it was', async () => {
  const { log, positionOf, recorder } = setUp()
  expect(await Promise.all([1, 2, 3].map(positionOf))).toEqual([1, 2, 3])
  const last = await recorder.record({ ...arrival(4), address: '192.0.2.77', bytes: gzipSync(arrival(4).bytes) })
  expect(last).toEqual({ position: 4, accepted: 1, duplicates: 0, rejected: [], site: 'shop', visitor: visitorId, session: idOf(4), wait: 0 })
  expect(log.read(0, 10).map(({ position, receivedAt, batch }) => [position, receivedAt, batch])).toEqual([1, 2, 3, 4].map(n => [n, start + n, batchOf({}, [opening(n)])]))
  expect(log.read(3, 1)[0]).toMatchObject({ address: '192.0.2.0', userAgent: 'Mozilla/5.0' })
})

test('keeps more than goes to the thread at once, each in its place', async () => {
  const { log, recorder, positionOf } = setUp()
  const ns = Array.from({ length: 100 }, (_, n) => n)
  const all = Promise.all(ns.map(positionOf))
  expect(recorder.pending()).toBe(100)
  expect(await all).toEqual(ns.map(n => n + 1))
  expect(recorder.pending()).toBe(0)
  expect(log.read(0, 200).map(({ receivedAt }) => receivedAt)).toEqual(ns.map(n => start + n))
})

test('hands batches over before the turn of the event loop is over, once there are many', async () => {
  const { recorder } = setUp()
  const handOver = vi.spyOn(Worker.prototype, 'postMessage')
  onTestFinished(() => handOver.mockRestore())
  const few = Array.from({ length: 15 }, (_, n) => recorder.record(arrival(n)))
  expect(handOver).not.toHaveBeenCalled()
  const more = recorder.record(arrival(15))
  expect(handOver).toHaveBeenCalledTimes(1)
  await Promise.all([...few, more])
})

test('acknowledges what is kept while more comes than has been read', async () => {
  const { recorder } = setUp()
  const all = Array.from({ length: 2000 }, (_, n) => recorder.record(arrival(n)))
  await all[0]
  expect(recorder.pending()).toBeGreaterThan(0)
  await Promise.all(all)
})

test('refuses one batch beside others that are kept, and says why', async () => {
  const { log, recorder } = setUp()
  const outcomes = await Promise.allSettled([
    recorder.record(arrival(1)),
    recorder.record({ ...arrival(2), origin: 'https://evil.example.com' }),
    recorder.record({ ...arrival(3), bytes: Buffer.from('{') }),
    recorder.record(arrival(4, { at: 'soon' })),
    recorder.record(arrival(5)),
  ])
  expect(outcomes).toMatchObject([
    { value: { position: 1 } },
    { reason: { name: 'ProblemError', code: 'origin-not-allowed', details: { detail: 'origins of the site shop do not include https://evil.example.com' } } },
    { reason: { code: 'malformed-json' } },
    { reason: { code: 'no-valid-event', details: { detail: 'at: must be integer', members: { rejected: [{ id: idOf(4), reason: 'at: must be integer' }] } } } },
    { value: { position: 2 } },
  ])
  expect(log.last()).toBe(2)
})

test('tells what became of identity tokens, none of which it keeps', async () => {
  const { log, recorder, verdicts } = setUp()
  const identify = { type: 'identify', id: idOf(9), at: start, session: idOf(1), seq: 1, tab: 'a1b2c3d4', customer: { id: 'c-1', type: 'crm' }, token: 'a.b.c' }
  await recorder.record({ ...arrival(1), bytes: Buffer.from(JSON.stringify(batchOf({}, [opening(1), identify]))) })
  expect(verdicts).toEqual([['shop', { refusal: 'no-keys' }]])
  expect(JSON.stringify(log.read(0, 9))).not.toContain('a.b.c')
})

test('keeps nothing of sessions that are to be forgotten, of what is on its way neither', async () => {
  const { log, recorder, positionOf } = setUp()
  const before = positionOf(1)
  await recorder.settled()
  const onItsWay = positionOf(1)
  recorder.forget([toDigest('shop', idOf(1))])
  expect(await Promise.all([before, onItsWay, positionOf(1), positionOf(2)])).toEqual([1, undefined, undefined, 2])
  expect(log.last()).toBe(2)
})

test('tells when everything is settled that came before', async () => {
  const { log, recorder } = setUp()
  const recording = [recorder.record(arrival(1)), recorder.record(arrival(2))]
  await recorder.settled()
  expect(log.last()).toBe(2)
  await Promise.all(recording)
})

test('settles at once what is about nothing', async () => {
  const { recorder } = setUp()
  await Promise.all([recorder.settled(), recorder.settled()])
})

test('refuses what cannot be kept, tells the reason, and goes on', async () => {
  const { logFile, recorder, failures, positionOf } = setUp()
  const other = new Database(logFile)
  onTestFinished(() => void other.close())
  expect(await positionOf(1)).toBe(1)
  other.exec('ALTER TABLE batches RENAME TO elsewhere')
  await expect(recorder.record(arrival(2))).rejects.toMatchObject(unavailable)
  expect(failures).toMatchObject([{ message: expect.stringContaining('no such table') }])
  other.exec('ALTER TABLE elsewhere RENAME TO batches')
  expect(await positionOf(3)).toBe(2)
})

test('keeps what came before it was stopped, and refuses what comes later', async () => {
  const { log, recorder, failures, positionOf } = setUp()
  const recording = positionOf(1)
  await recorder.stop()
  expect(await recording).toBe(1)
  expect(log.last()).toBe(1)
  await expect(recorder.record(arrival(2))).rejects.toMatchObject(unavailable)
  expect(failures).toMatchObject([{ message: 'the thread that writes the event log has ended' }])
})

test('tells why a thread cannot begin', async () => {
  const { recorder, failures } = setUp(toProgram("throw Object.assign(Object.create({}), { message: 'no paper at all' })"))
  await expect(recorder.record(arrival(1))).rejects.toMatchObject(unavailable)
  expect(failures).toMatchObject([{ message: 'no paper at all' }])
})

test('refuses what was under way and what comes when the thread fails, until it is started again with all that is to be forgotten', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { recorder, failures } = setUp(
    toProgram("import { workerData } from 'node:worker_threads'; parentPort.on('message', ({ type }) => { if (type !== 'forget') throw new Error('no more paper, ' + workerData.digests) })"),
  )
  recorder.forget(['digest'])
  const recording = [1, 2].map(n => recorder.record(arrival(n)))
  const settled = recorder.settled()
  for (const each of recording) await expect(each).rejects.toMatchObject(unavailable)
  await settled
  await expect(recorder.record(arrival(3))).rejects.toMatchObject(unavailable)
  vi.advanceTimersByTime(1000)
  // The thread is there again, and fails in the same way.
  await expect(recorder.record(arrival(4))).rejects.toMatchObject(unavailable)
  const messages = failures.map(cause => (cause as Error).message)
  expect([...new Set(messages)]).toEqual(['no more paper, ', 'no more paper, digest'])
})

test('makes no log when it begins and the log was moved: what came into that would be gone once the log is put back', async () => {
  const { logFile, log, recorder, positionOf, failures } = setUp(built, file => renameSync(file, `${file}.away`))
  await expect(recorder.record(arrival(1))).rejects.toMatchObject(unavailable)
  expect(String(failures[0])).toContain('log.sqlite was moved or removed while it is in use')
  expect(existsSync(logFile)).toBe(false)
  renameSync(`${logFile}.away`, logFile)
  await expect.poll(() => positionOf(2).catch(() => undefined), { timeout: 15_000 }).toBe(1)
  expect(log.read(0, 9).map(({ receivedAt }) => receivedAt - start)).toEqual([2])
})
