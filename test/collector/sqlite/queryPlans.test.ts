import { join } from 'node:path'
import Database, { type Statement } from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../../src/collector/memory/createMemoryEventLog.ts'
import type { SessionFilter, SessionReader } from '../../../src/collector/sessionStore.ts'
import { createSessionReader, createSqliteSessionReader } from '../../../src/collector/sqlite/createSqliteSessionReader.ts'
import { createSiteIds } from '../../../src/collector/sqlite/siteIds.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'
import { idOf, visitorId } from '../batches.ts'

/** Steps of plans that read, or sort, more than what is answered; each with the reason why it may. */
const allowed: [what: RegExp, step: RegExp, reason: string][] = [
  [/FROM events/, /^USE TEMP B-TREE FOR ORDER BY$/, 'a session has few events, and an index by time would have to be written for every one'],
  [/FROM counts/, /^SCAN counts$/, 'a few rows for each site, and all are asked for'],
  [/FROM campaigns/, /^(SCAN c|USE TEMP B-TREE FOR (ORDER BY|GROUP BY))$/, 'they are put in order by sums'],
  [/is_touch = 1/, /^USE TEMP B-TREE FOR LAST TERM OF ORDER BY$/, 'sessions of one visitor that began in the same millisecond'],
  [/json_each/, /^SCAN json_each VIRTUAL TABLE/, 'the rows of one page, which have been found'],
  [/DISTINCT/, /^USE TEMP B-TREE FOR DISTINCT$/, 'the sessions of one customer'],
]

/** Runs reads on an empty file. @returns the plan of every statement that was asked, by its text */
const planOf = (read: (sessions: SessionReader) => void): Map<string, string[]> => {
  const file = join(temporaryFolder(), 'sessions.sqlite')
  createSqliteSessionReader(file, createMemoryEventLog()).close()
  const db = new Database(file)
  onTestFinished(() => void db.close())
  db.exec("INSERT INTO sites (name) VALUES ('shop')")
  const plans = new Map<string, string[]>()
  const watch = (statement: Statement): Statement =>
    new Proxy(statement, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key)
        if (typeof member !== 'function') return member
        return (...args: unknown[]): unknown => {
          if (key === 'pluck') return watch(target.pluck())
          const steps = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${target.source}`).all(...args)
          plans.set(target.source, steps.map(({ detail }) => detail))
          return Reflect.apply(member, target, args)
        }
      },
    })
  const watched = new Proxy(db, {
    get: (target, key) => (key === 'prepare' ? (sql: string) => watch(target.prepare(sql)) : (Reflect.get(target, key) as unknown)),
  })
  read(createSessionReader(watched, createSiteIds(db), createMemoryEventLog()))
  return plans
}

/** Steps that read or sort more than is answered, unless there is a reason. */
const findCostly = (plans: Map<string, string[]>): string[] =>
  [...plans].flatMap(([sql, steps]) =>
    steps
      .filter(step => /SCAN|TEMP B-TREE/.test(step) && !allowed.some(([what, known]) => what.test(sql) && known.test(step)))
      .map(step => `${step}: ${sql.replaceAll(/\s+/g, ' ')}`),
  )

const fields: Required<SessionFilter> = { site: 'shop', status: 'live', shortId: '4711', customerId: 'c-1', visitorId, from: 1, to: 2 }

const statuses = [undefined, 'live', 'active', 'idle', 'away', 'ended'] as const

/** Every combination of filters that the API has. */
const filters = (Object.keys(fields) as (keyof SessionFilter)[])
  .filter(name => name !== 'status')
  .reduce<SessionFilter[]>((all, name) => all.flatMap(filter => [filter, { ...filter, [name]: fields[name] }]), [{}])
  .flatMap(filter => statuses.map((status): SessionFilter => (status ? { ...filter, status } : filter)))

test('no list of sessions, on no page of it, reads or sorts more than it answers', () => {
  expect(filters).toHaveLength(2 ** 6 * statuses.length)
  const cursor = Buffer.from(JSON.stringify([1, idOf(1), 'shop'])).toString('base64url')
  const plans = planOf(sessions => {
    for (const filter of filters) for (const after of [undefined, cursor]) sessions.list(filter, 5, { limit: 50, ...(after !== undefined && { after }) })
  })
  expect(plans.size).toBeGreaterThan(100)
  expect(findCostly(plans)).toEqual([])
})

test('nor does anything else that is read of Sessions', () => {
  const plans = planOf(sessions => {
    sessions.get(idOf(1))
    sessions.get(idOf(1), 'shop')
    sessions.events('shop', idOf(1), { limit: 50 })
    sessions.naming({ id: 'c-1' })
    sessions.naming({ id: 'c-1', type: 'crm', site: 'shop' })
    sessions.lasting({ site: 'shop', visitorId, customerId: 'c-1', after: 1 })
    sessions.touched({ site: 'shop', visitorId, until: 1 })
    sessions.deliveries()
    sessions.campaigns({ fromDay: 1, toDay: 2 }, { limit: 50 })
    sessions.campaigns({ site: 'shop', fromDay: 1, toDay: 2 }, { limit: 50 })
  })
  expect(plans.size).toBeGreaterThan(8)
  expect(findCostly(plans)).toEqual([])
})

test('a read of everything is found', () => {
  const sql = 'SELECT row FROM sessions WHERE ends_at > @now ORDER BY idle_at'
  expect(findCostly(new Map([[sql, ['SCAN sessions', 'USE TEMP B-TREE FOR ORDER BY']]]))).toHaveLength(2)
})
