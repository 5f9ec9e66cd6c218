import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import type { SessionWriter, StoredSession } from '../../../src/collector/sessionStore.ts'
import { createSessionReader } from '../../../src/collector/sqlite/createSqliteSessionReader.ts'
import { createSqliteSessionStore } from '../../../src/collector/sqlite/createSqliteSessionStore.ts'
import { createSiteIds } from '../../../src/collector/sqlite/siteIds.ts'
import { reduceSession, type Event } from '../../../src/model/index.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { idOf, opening, start } from '../batches.ts'

const mark = { name: 'sessions', version: 1, position: 1 }

const sessionOf = (n: number, ...more: Event[]): StoredSession => ({ site: 'shop', state: more.reduce(reduceSession, reduceSession(undefined, opening(n, { at: start + n }))), facts: {}, duplicates: 0 })

const spring = { site: 'shop', name: 'spring', source: 'mail', medium: 'email' }
const counts = { day: 20_000, sessions: 1, pageviews: 2, outcomes: 0 }

/** A reader of four sessions and a campaign, beside whom somebody writes once: after a page was found, before what is on it is read. */
const openReader = (write: (writer: SessionWriter) => void) => {
  const file = join(temporaryFolder(), 'sessions.sqlite')
  const log = createMemoryEventLog()
  const store = createSqliteSessionStore({ file, sites: [], log })
  store.transaction(mark, writer => {
    for (const n of [1, 2, 3, 4]) writer.save(sessionOf(n))
    writer.addCampaign(spring, counts)
  })
  const waiting = [write]
  const onStatement = (sql: unknown): void => {
    if (/^SELECT (row, site_id AS siteId, body|day)/.test(String(sql))) waiting.splice(0).forEach(each => store.transaction(mark, each))
  }
  const db = new Database(file, { verbose: onStatement })
  const reader = createSessionReader(db, createSiteIds(db), log)
  onTestFinished(() => [reader, store].forEach(each => each.close()))
  return { reader, isWritten: () => !waiting.length }
}

const idsOf = (entities: readonly StoredSession[]): string[] => entities.map(({ state }) => state.id)

test('a list goes on, also where the one session of a page is removed while it is read', () => {
  const { reader, isWritten } = openReader(writer => writer.remove('shop', idOf(4)))
  const { entities, next } = reader.list({}, start, { limit: 1 })
  expect(isWritten()).toBe(true)
  expect([idsOf(entities), idsOf(reader.list({}, start, { limit: 9, after: next! }).entities)]).toEqual([[idOf(4)], [idOf(3), idOf(2), idOf(1)]])
})

test('a list of who is live shows nobody as ended who goes while it is read', () => {
  const end: Event = { id: idOf(90), at: start + 5, session: idOf(4), seq: 1, tab: 'tab-1', type: 'end', reason: 'reset' }
  const { reader, isWritten } = openReader(writer => writer.save(sessionOf(4, end)))
  const { entities } = reader.list({ status: 'live' }, start + 10, { limit: 1 })
  expect(isWritten()).toBe(true)
  expect(entities.map(({ state }) => state.end)).toEqual([undefined])
})

test('the days of a campaign are those that its sum is made of, also where it leads to more meanwhile', () => {
  const { reader, isWritten } = openReader(writer => writer.addCampaign(spring, counts))
  const [campaign] = reader.campaigns({ fromDay: 20_000, toDay: 20_001 }, { limit: 9 }).entities
  expect(isWritten()).toBe(true)
  expect(campaign).toEqual({ ...spring, sessions: 1, pageviews: 2, outcomes: 0, days: [counts] })
})
