import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { EventLog, ReceivedBatch } from '../../src/collector/eventLog.ts'
import { createSqliteEventLog } from '../../src/collector/sqlite/createSqliteEventLog.ts'
import { createSqliteSessionReader } from '../../src/collector/sqlite/createSqliteSessionReader.ts'
import { createSqliteSessionStore } from '../../src/collector/sqlite/createSqliteSessionStore.ts'
import { startProjection, type RunningProjection, type StartProjectionOptions } from '../../src/collector/startProjection.ts'
import { temporaryFolder } from '../conformance/temporaryFolder.ts'
import { batchOf, idOf, opening, start } from './batches.ts'

/** A thread needs a program that Node can run: the one that was built. */
const entry = new URL('../../dist/collector/projectionWorker.js', import.meta.url)
const sites = [{ id: 'shop', origins: [] }]
const patience = 15_000

const received = (n: number): ReceivedBatch => ({ receivedAt: start + 9, site: 'shop', address: null, userAgent: null, batch: batchOf({}, [opening(n)]) })

const setUp = () => {
  const folder = temporaryFolder()
  const files = { logFile: join(folder, 'log.sqlite'), sessionsFile: join(folder, 'sessions.sqlite') }
  const log = createSqliteEventLog({ file: files.logFile })
  const sessions = createSqliteSessionReader(files.sessionsFile, log)
  onTestFinished(() => {
    sessions.close()
    log.close()
  })
  const run = (more: Partial<StartProjectionOptions> = {}): RunningProjection => {
    const projection = startProjection({ ...files, sites, definitions: { segments: [], outcomes: [] }, entry, ...more })
    onTestFinished(() => projection.stop())
    return projection
  }
  return { folder, log, sessions, run }
}

const appendMany = (log: EventLog, from: number, to: number): Promise<number[]> =>
  Promise.all(Array.from({ length: to - from + 1 }, (_, i) => log.append(received(from + i))))

test('folds what is in the log at its start and what comes later, and tells what has changed', async () => {
  const { log, sessions, run } = setUp()
  const [, last] = await appendMany(log, 1, 2)
  const changed: string[] = []
  const projection = run({ onProgress: (_position, sessions) => changed.push(...sessions.map(({ id }) => id)) })
  expect(await projection.waitFor(last!, patience)).toBe(true)
  expect([projection.isRunning(), projection.position()]).toEqual([true, last])
  expect(sessions.get(idOf(2), 'shop')?.facts).toMatchObject({ shortId: expect.stringMatching(/^\d{4}$/), sdkLibrary: { name: 'sojourn' } })

  for (let n = 3; n <= 30; n++) {
    const position = await log.append(received(n))
    projection.wake()
    expect(await projection.waitFor(position, patience)).toBe(true)
    expect(sessions.get(idOf(n))).toBeDefined()
  }
  expect(changed).toEqual(Array.from({ length: 30 }, (_, i) => idOf(i + 1)))
  expect(sessions.deliveries()).toEqual([{ site: 'shop', counts: { received: 30 } }])
})

test('names where sessions came from, with the sites of the owner', async () => {
  const { log, sessions, run } = setUp()
  const events = ['https://portal.example.net/', 'https://www.google.com/'].map((referrer, i) => opening(i + 1, { start: { type: 'web', index: 1, referrer } }))
  const position = await log.append({ ...received(1), batch: batchOf({}, events) })
  const projection = run({ referrers: [{ name: 'Portal', medium: 'search', hosts: ['portal.example.net'] }] })
  expect(await projection.waitFor(position, patience)).toBe(true)
  expect([1, 2].map(n => sessions.get(idOf(n))?.facts.referrer)).toMatchObject([
    { name: 'Portal', medium: 'search' },
    { name: 'Google', medium: 'search' },
  ])
})

test('misses nothing, however often it is woken', async () => {
  const { log, sessions, run } = setUp()
  const projection = run()
  let last = 0
  for (let n = 1; n <= 300; n++) {
    last = await log.append(received(n))
    projection.wake()
    projection.wake()
  }
  expect(await projection.waitFor(last, patience)).toBe(true)
  expect(sessions.list({}, start, { limit: 1000 }).entities).toHaveLength(300)
})

test('does not wait for ever for what is not in the log', async () => {
  const { run } = setUp()
  expect(await run().waitFor(99, 1)).toBe(false)
})

test('goes on where it stopped', async () => {
  const { log, sessions, run } = setUp()
  const first = run()
  await appendMany(log, 1, 5)
  first.wake()
  expect(await first.waitFor(5, patience)).toBe(true)
  const waiting = first.waitFor(99, patience)
  await first.stop()
  expect([await waiting, first.isRunning()]).toEqual([false, false])
  await first.stop()
  await appendMany(log, 5, 6)
  const second = run()
  expect(await second.waitFor(7, patience)).toBe(true)
  expect(sessions.deliveries()).toEqual([{ site: 'shop', counts: { received: 6, duplicates: 1 } }])
  expect(sessions.list({}, start, { limit: 10 }).entities).toHaveLength(6)
})

test('makes Sessions of another version anew, and says so', async () => {
  const { folder, log, sessions, run } = setUp()
  const [, last] = await appendMany(log, 1, 2)
  let rebuilds = 0
  const first = run({ onRebuild: () => rebuilds++ })
  expect(await first.waitFor(last!, patience)).toBe(true)
  await first.stop()
  const store = createSqliteSessionStore({ file: join(folder, 'sessions.sqlite'), sites, log })
  store.transaction({ name: 'sessions', version: 0, position: last! }, writer => writer.save({ ...store.get(idOf(1))!, facts: {} }))
  store.close()
  expect(rebuilds).toBe(0)
  const second = run({ onRebuild: () => rebuilds++ })
  // The thread tells its position first, and that is behind.
  await log.append(received(3))
  second.wake()
  expect(await second.waitFor(last! + 1, patience)).toBe(true)
  expect([rebuilds, sessions.deliveries()]).toEqual([1, [{ site: 'shop', counts: { received: 3 } }]])
  expect(sessions.get(idOf(1))?.facts.visitorId).toBeDefined()
})

test('reports a thread that ended by itself, and starts it again', async () => {
  const { log, run } = setUp()
  const failures: unknown[] = []
  const broken = new URL('data:text/javascript,throw new Error("broken")')
  await new Promise<void>(resolve => {
    run({
      entry: broken,
      onFailure: cause => {
        failures.push(cause)
        if (failures.length === 2) resolve()
      },
    })
  })
  expect(failures.map(cause => (cause as Error).message)).toEqual(['broken', 'broken'])
  expect(log.last()).toBe(0)
})
