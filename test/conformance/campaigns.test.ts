import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryEventLog } from '../../src/collector/memory/createMemoryEventLog.ts'
import type { CampaignDay, CampaignName } from '../../src/collector/campaigns/campaignCounts.ts'
import { createMemorySessionStore } from '../../src/collector/memory/createMemorySessionStore.ts'
import { sessionsProjection } from '../../src/collector/projection/projection.ts'
import type { SessionStore } from '../../src/collector/sessionStore.ts'
import { createSqliteSessionStore } from '../../src/collector/sqlite/createSqliteSessionStore.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const stores: Record<string, () => SessionStore> = {
  memory: () => createMemorySessionStore([]),
  SQLite: () => createSqliteSessionStore({ file: join(temporaryFolder(), 'sessions.sqlite'), sites: [], log: createMemoryEventLog() }),
}

const nameOf = (name: string, more: Partial<CampaignName> = {}): CampaignName => ({ site: 'shop', name, source: 'mail', medium: 'email', ...more })

/** @param more pageviews, as many as sessions if not said, and outcomes */
const dayOf = (day: number, sessions: number, [pageviews = sessions, outcomes = 0]: number[] = []): CampaignDay => ({ day, sessions, pageviews, outcomes })

const always = { fromDay: 0, toDay: 1_000_000 }

describe.each(Object.entries(stores))('%s', (_, create) => {
  const setUp = (...entries: [CampaignName, CampaignDay][]) => {
    const store = create()
    onTestFinished(() => store.close())
    const add = (...more: [CampaignName, CampaignDay][]): void =>
      store.transaction({ ...sessionsProjection, position: 1 }, writer => more.forEach(([of, counts]) => writer.addCampaign(of, counts)))
    add(...entries)
    const list = (filter: object = {}, limit = 10) => store.campaigns({ ...always, ...filter }, { limit }).entities
    return { store, add, list }
  }

  test('adds up what a campaign has led to, and tells it by the day', () => {
    const { list } = setUp([nameOf('a'), dayOf(2, 1, [3])], [nameOf('a'), dayOf(1, 1, [2, 1])], [nameOf('a'), dayOf(2, 2, [2, 1])])
    expect(list()).toEqual([{ ...nameOf('a'), sessions: 4, pageviews: 7, outcomes: 2, days: [dayOf(1, 1, [2, 1]), dayOf(2, 3, [5, 1])] }])
  })

  test('tells campaigns apart by site, name, source and medium, those with the most sessions first, then the oldest', () => {
    const { list } = setUp(
      [nameOf('a'), dayOf(1, 1)],
      [nameOf('A'), dayOf(1, 2)],
      [nameOf('a', { source: '' }), dayOf(1, 3)],
      [nameOf('a', { medium: 'print' }), dayOf(1, 2)],
      [nameOf('a', { site: 'blog' }), dayOf(1, 9)],
    )
    expect(list().map(({ site, name, source, medium, sessions }) => [site, name, source, medium, sessions])).toEqual([
      ['blog', 'a', 'mail', 'email', 9],
      ['shop', 'a', '', 'email', 3],
      ['shop', 'A', 'mail', 'email', 2],
      ['shop', 'a', 'mail', 'print', 2],
      ['shop', 'a', 'mail', 'email', 1],
    ])
    expect(list({ site: 'blog' })).toHaveLength(1)
    expect(list({ site: 'news' })).toEqual([])
  })

  test('looks at the days that are asked for, the first and the last included', () => {
    const { list } = setUp([nameOf('a'), dayOf(1, 1)], [nameOf('a'), dayOf(2, 2)], [nameOf('a'), dayOf(3, 4)], [nameOf('b'), dayOf(9, 8)])
    expect(list({ fromDay: 2, toDay: 3 })).toEqual([{ ...nameOf('a'), sessions: 6, pageviews: 6, outcomes: 0, days: [dayOf(2, 2), dayOf(3, 4)] }])
    expect(list({ fromDay: 4, toDay: 8 })).toEqual([])
  })

  test('leaves out what was taken away again', () => {
    const { add, list } = setUp([nameOf('a'), dayOf(1, 1)], [nameOf('b'), dayOf(1, 2)], [nameOf('b'), dayOf(2, 1)])
    add([nameOf('a'), dayOf(1, -1)], [nameOf('b'), dayOf(2, -1)])
    expect(list()).toEqual([{ ...nameOf('b'), sessions: 2, pageviews: 2, outcomes: 0, days: [dayOf(1, 2)] }])
  })

  test('hands out page after page, each campaign once', () => {
    const names = Array.from({ length: 7 }, (_each, i) => nameOf(`c${i}`))
    const { store } = setUp(...names.map((of, i): [CampaignName, CampaignDay] => [of, dayOf(1, (i % 3) + 1)]))
    const found: string[] = []
    let after: string | undefined
    do {
      const page = store.campaigns(always, { limit: 2, ...(after !== undefined && { after }) })
      found.push(...page.entities.map(({ name }) => name))
      after = page.next
    } while (after !== undefined)
    expect(found).toEqual(['c2', 'c5', 'c1', 'c4', 'c0', 'c3', 'c6'])
  })

  test('refuses a cursor that is none', () => {
    const { store } = setUp()
    expect(() => store.campaigns(always, { limit: 1, after: 'x' })).toThrow(expect.objectContaining({ code: 'invalid-query' }))
  })

  test('forgets everything when it is cleared', () => {
    const { store, list } = setUp([nameOf('a'), dayOf(1, 1)])
    store.clear()
    expect(list()).toEqual([])
  })
})
