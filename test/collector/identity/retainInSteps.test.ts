import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createToFacts } from '../../../src/collector/enrich/toFacts.ts'
import { retainInSteps, type RetainCounts } from '../../../src/collector/identity/retainInSteps.ts'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { createProjection } from '../../../src/collector/projection/projection.ts'
import { rebuild } from '../../../src/collector/projection/rebuild.ts'
import { createSqliteEventLog } from '../../../src/collector/sqlite/createSqliteEventLog.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import type { Batch } from '../../../src/model/index.ts'
import { batchOf, idOf, opening, start } from '../batches.ts'

const day = 86_400_000

const sites = [
  { id: 'shop', origins: [] },
  { id: 'short', origins: [], retentionDays: 10 },
  { id: 'long', origins: [], sessionTimeoutSeconds: 50 * 86_400, sessionMaxSeconds: 50 * 86_400 },
]

const daysOf = (site: string): number | undefined => (site === 'for ever' ? undefined : (sites.find(({ id }) => id === site)?.retentionDays ?? 30))

const versions = [
  ['in memory', () => ({ log: createMemoryEventLog(), sessions: createMemorySessionStore(sites) })],
  [
    'in SQLite',
    () => {
      const folder = temporaryFolder()
      const log = createSqliteEventLog({ file: join(folder, 'log.sqlite') })
      const opened = { log, sessions: createSqliteSessionStore({ file: join(folder, 'sessions.sqlite'), sites, log }) }
      onTestFinished(() => {
        opened.sessions.close()
        opened.log.close()
      })
      return opened
    },
  ],
] as const

describe.each(versions)('retention %s', (_name, open) => {
  const setUp = () => {
    const { log, sessions } = open()
    const projecting = { log, sessions, sites, toFacts: createToFacts() }
    const projection = createProjection(projecting)
    const marks = new Map<number, number>()
    const visit = async (n: number, days: number, { site = 'shop', late = 0, lost = {} as NonNullable<Batch['lost']> } = {}): Promise<void> => {
      const at = start + days * day
      await log.append({ receivedAt: at + late * day, site, address: null, userAgent: null, batch: batchOf({ site, sentAt: at + late * day, lost }, [opening(n, { at })]) })
      while (projection.run());
    }
    const retain = (days: number): RetainCounts => {
      const steps = retainInSteps({ log, sessions, projection, daysOf, now: start + days * day, marks })
      for (;;) {
        const { done, value } = steps.next()
        if (done) return { ...value }
      }
    }
    const left = (days: number) => ({
      sessions: sessions.list({}, start + days * day, { limit: 1000 }).entities.map(({ state }) => Number(state.id.slice(-12))).sort((a, b) => a - b),
      batches: log.read(0, 1000).map(({ position }) => position),
    })
    return { log, sessions, projecting, visit, retain, left }
  }

  test('is not kept from the rest of the log by a batch that came while the collector\'s clock was far ahead', async () => {
    const { visit, retain, left } = setUp()
    await visit(1, 1, { late: 3000 })
    for (let n = 2; n <= 150; n++) await visit(n, n / 100)
    retain(60)
    expect(left(60).batches).toEqual([1])
  })

  test('removes what is older than the site keeps it, in Sessions and log', async () => {
    const { visit, retain, left } = setUp()
    for (let n = 1; n <= 5; n++) await visit(n, n)
    expect(retain(30)).toEqual({ sessions: 0, batches: 0 })
    expect(retain(33.5)).toEqual({ sessions: 3, batches: 3 })
    expect(left(33.5)).toEqual({ sessions: [4, 5], batches: [4, 5] })
    expect(retain(33.5)).toEqual({ sessions: 0, batches: 0 })
    await visit(6, 34)
    expect(retain(100)).toEqual({ sessions: 3, batches: 3 })
    expect(left(100)).toEqual({ sessions: [], batches: [] })
  })

  test('keeps every site as long as it says, and for ever what nobody limits', async () => {
    const { visit, retain, left } = setUp()
    for (let n = 0; n < 9; n++) await visit(n + 1, n, { site: ['shop', 'short', 'for ever'][n % 3]! })
    expect(retain(20)).toEqual({ sessions: 3, batches: 3 })
    expect(left(20).sessions).toEqual([1, 3, 4, 6, 7, 9])
    expect(retain(34)).toEqual({ sessions: 2, batches: 2 })
    expect(left(34)).toEqual({ sessions: [3, 6, 7, 9], batches: [3, 6, 7, 9] })
    await visit(10, 35, { site: 'short' })
    expect(retain(60)).toEqual({ sessions: 2, batches: 2 })
    expect(left(60).sessions).toEqual([3, 6, 9])
  })

  test('keeps a session that is not over, and all that the log has of it', async () => {
    const { visit, retain, left, sessions, projecting } = setUp()
    await visit(1, 0, { site: 'long' })
    await visit(2, 1, { site: 'shop' })
    await visit(3, 2, { site: 'long' })
    expect(retain(40)).toEqual({ sessions: 1, batches: 1 })
    expect(left(40)).toEqual({ sessions: [1, 3], batches: [1, 3] })
    const before = sessions.get(idOf(1))
    await rebuild(projecting)
    expect(sessions.get(idOf(1))).toEqual(before)
    expect(retain(60)).toEqual({ sessions: 2, batches: 2 })
  })

  test('keeps what the log has of sessions that are not over, however many there are', async () => {
    const { visit, retain, left, sessions, projecting } = setUp()
    for (let n = 1; n <= 150; n++) await visit(n, n / 100, { site: 'long' })
    expect(retain(40)).toEqual({ sessions: 0, batches: 0 })
    await rebuild(projecting)
    expect(left(40).sessions).toHaveLength(150)
    expect(sessions.events('long', idOf(1), { limit: 9 }).entities).toHaveLength(1)
  })

  test('removes what was lost of sessions that never came, when it was told so long ago', async () => {
    const { visit, retain, sessions, projecting } = setUp()
    await visit(1, 0, { lost: { [idOf(71)]: { cap: 1 } } })
    await visit(2, 0, { site: 'for ever', lost: { [idOf(72)]: { cap: 2 } } })
    await visit(3, 1, { lost: { [idOf(71)]: { cap: 4 }, [idOf(73)]: { cap: 8 } } })
    const lostOf = () => sessions.deliveries().map(({ site, counts }) => [site, counts['lost:cap'] ?? 0])
    retain(30.5)
    expect(lostOf()).toEqual([['shop', 12], ['for ever', 2]])
    retain(31.5)
    expect(lostOf()).toEqual([['shop', 0], ['for ever', 2]])
    await rebuild(projecting)
    expect(lostOf()).toEqual([['for ever', 2]])
  })

  test('removes what came late when its time has come', async () => {
    const { visit, retain, left, projecting } = setUp()
    await visit(1, 0, { late: 20 })
    expect(retain(52)).toMatchObject({ batches: 1 })
    expect(left(52)).toEqual({ sessions: [], batches: [] })
    await rebuild(projecting)
    expect(left(52).sessions).toEqual([])
  })

  test('removes many in small steps, and goes on with later ones when it was broken off', async () => {
    const { visit, retain, left, log, sessions, projecting } = setUp()
    for (let n = 1; n <= 250; n++) await visit(n, n / 100)
    const broken = retainInSteps({ log, sessions, projection: createProjection(projecting), daysOf, now: start + 50 * day, marks: new Map() })
    for (let i = 0; i < 5; i++) broken.next()
    expect(left(50).sessions).toHaveLength(150)
    const counts = retain(50)
    expect(counts.sessions).toBe(150)
    expect(left(50)).toEqual({ sessions: [], batches: [] })
    expect(log.last()).toBe(250)
  })
})
