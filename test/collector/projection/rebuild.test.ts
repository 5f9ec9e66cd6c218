import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createProjection, isStale, sessionsProjection } from '../../../src/collector/projection/projection.ts'
import { rebuild } from '../../../src/collector/projection/rebuild.ts'
import type { SessionStore } from '../../../src/collector/sessionStore.ts'
import { createSqliteSessionReader } from '../../../src/collector/sqlite/createSqliteSessionReader.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { batchOf, idOf, opening, start } from '../batches.ts'

const sites = [{ id: 'shop', origins: [] }]
const toFacts = () => ({})
const all = { limit: 1000 }

/** A log with sessions that compete for short ids, and the Sessions that were made from it as it grew. */
const setUp = async (count: number) => {
  const file = join(temporaryFolder(), 'sessions.sqlite')
  const log = createMemoryEventLog()
  const sessions = createSqliteSessionStore({ file, sites, log })
  onTestFinished(() => sessions.close())
  const projection = createProjection({ log, sessions, sites, toFacts, chunk: 7 })
  for (let n = 0; n < count; n++) {
    await log.append({ receivedAt: start + n * 1000, site: 'shop', address: null, userAgent: null, batch: batchOf({ sentAt: start + n * 1000 }, [opening(n, { at: start + n * 1000 })]) })
    if (n % 10 === 0) projection.run()
  }
  while (projection.run());
  return { file, sessions, log }
}

const read = (sessions: SessionStore): unknown => sessions.list({}, start, all)

test('makes the same Sessions again, with the same short ids, and tells how far it is', async () => {
  const { sessions, log } = await setUp(500)
  const before = read(sessions)
  const positions: number[] = []
  const counts = await rebuild({ log, sessions, sites, toFacts, chunk: 100, onProgress: position => positions.push(position) })
  expect(read(sessions)).toEqual(before)
  expect(positions).toEqual([100, 200, 300, 400, 500])
  expect(counts).toEqual({ folded: 500, duplicates: 0, foreign: 0 })
})

test('goes on at the next start when it was broken off', async () => {
  const { sessions, log } = await setUp(50)
  const before = read(sessions)
  const breakOff = rebuild({
    log,
    sessions,
    sites,
    toFacts,
    chunk: 10,
    onProgress: position => {
      if (position === 20) throw new Error('interrupted')
    },
  })
  await expect(breakOff).rejects.toThrow('interrupted')
  expect(sessions.mark()).toEqual({ ...sessionsProjection, position: 20 })
  const projection = createProjection({ log, sessions, sites, toFacts })
  expect(projection.run()).toBe(30)
  expect(read(sessions)).toEqual(before)
})

test('happens by itself when the Sessions were made by another version', async () => {
  const { sessions, log } = await setUp(5)
  const before = read(sessions)
  sessions.transaction({ name: 'sessions', version: 0, position: 3 }, writer => {
    const { facts: _, ...first } = sessions.get(idOf(1))!
    writer.save({ ...first, facts: { shortId: 'old' } })
  })
  expect(isStale(sessions)).toBe(true)
  const projection = createProjection({ log, sessions, sites, toFacts })
  expect([projection.position(), projection.run()]).toEqual([0, 5])
  expect(isStale(sessions)).toBe(false)
  expect(read(sessions)).toEqual(before)
})

test('is seen by a reader on a connection of its own', async () => {
  const { file, sessions, log } = await setUp(5)
  const reader = createSqliteSessionReader(file, log)
  onTestFinished(() => reader.close())
  const before = reader.list({ site: 'shop' }, start, all)
  expect(before.entities).toHaveLength(5)
  sessions.clear()
  expect(reader.list({ site: 'shop' }, start, all)).toEqual({ entities: [] })
  await rebuild({ log, sessions, sites, toFacts })
  expect(reader.list({ site: 'shop' }, start, all)).toEqual(before)
  expect(reader.get(idOf(1))?.site).toBe('shop')
})

test('stops a program that was writing to the same Sessions', async () => {
  const { file, sessions, log } = await setUp(5)
  const other = createSqliteSessionStore({ file, sites, log })
  onTestFinished(() => other.close())
  const projection = createProjection({ log, sessions: other, sites, toFacts })
  await rebuild({ log, sessions, sites, toFacts, chunk: 2 })
  await log.append({ receivedAt: start, site: 'shop', address: null, userAgent: null, batch: batchOf({}, [opening(9)]) })
  expect(projection.run()).toBe(1)
  const late = createProjection({ log, sessions, sites, toFacts })
  await log.append({ receivedAt: start, site: 'shop', address: null, userAgent: null, batch: batchOf({}, [opening(10)]) })
  expect(() => late.run()).toThrow(/was written by another program\. Run one collector only on a data folder/)
})
