import { expect, test } from 'vitest'
import { createConversations } from '../../../src/collector/conversations/createConversations.ts'
import { ownModel, parseOwnConversation } from '../../../src/collector/conversations/ownConversation.ts'
import { retainConversations } from '../../../src/collector/conversations/retainConversations.ts'
import { createMemoryDocumentStore } from '../../../src/collector/memory/createMemoryDocumentStore.ts'
import { createMemorySessionStore } from '../../../src/collector/memory/createMemorySessionStore.ts'
import { sessionsProjection } from '../../../src/collector/projection/projection.ts'
import { reduceSession } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'

const day = 86_400_000

const setUp = (calls: object[]) => {
  const told: unknown[] = []
  const sessions = createMemorySessionStore([])
  const documents = createMemoryDocumentStore()
  sessions.transaction({ ...sessionsProjection, position: 1 }, ({ save }) => {
    for (const [n, site] of ['shop', 'blog', 'archive'].entries()) save({ site, state: reduceSession(undefined, opening(n + 1)), facts: {}, duplicates: 0 })
  })
  const conversations = createConversations({ documents, sessions, models: [ownModel], now: () => start, onChange: changes => told.push(...changes) })
  for (const call of calls) documents.put(parseOwnConversation(call, { id: 'none', now: start }), {})
  const days: Record<string, number> = { shop: 10, blog: 20 }
  /** Keeps the shop's for 10 days, the blog's for 20, and the archive's for ever. @returns ids of what is left */
  const retain = (now: number, { fewest }: { fewest: number | undefined } = { fewest: 10 }): string => {
    const steps = retainConversations({ documents, show: conversations.show, siteOf: conversations.siteOf, daysOf: site => days[site], fewest, now, onRemoved: conversations.tellRemoved })
    const before = documents.list({ limit: 999 }).length
    let step = steps.next()
    while (!step.done) step = steps.next()
    const left = documents.list({ limit: 999, oldestFirst: true }).map(({ id }) => id)
    expect(step.value).toBe(before - left.length)
    return left.join(' ')
  }
  return { retain, documents, told }
}

const call = (id: string, at: number, more: object = {}) => ({ id, customerId: 'nobody', createdDate: new Date(start + at).toISOString(), ...more })

const everything = [
  call('shop', 1, { sessionId: idOf(1) }),
  call('blog', 2, { sessionId: idOf(2) }),
  call('archive', 3, { sessionId: idOf(3) }),
  call('nobody', 4),
  call('long', 5, { endedDate: new Date(start + 5 * day).toISOString() }),
]

test.each([
  [10 * day, 'shop blog archive nobody long'],
  [10 * day + 2, 'blog archive nobody long'],
  [10 * day + 9, 'blog archive long'],
  [15 * day + 9, 'blog archive'],
  [20 * day + 9, 'archive'],
  [999 * day, 'archive'],
])('what was told last %d ms ago or more is removed as its site keeps Sessions, else as the one that keeps the least', (at, left) => {
  expect(setUp(everything).retain(start + at)).toBe(left)
})

test('what says that it is of a site that keeps for ever goes all the same, when it is tied to no Session', () => {
  expect(setUp([call('a', 1, { site: 'archive' })]).retain(start + 11 * day)).toBe('')
})

test.each([null, 5, { createdDate: 5 }, { createdDate: 'late' }])('what has %j for its last event goes by its dates, and holds up nothing else', lastEvent => {
  expect(setUp([call('a', 1, { lastEvent }), call('b', 2)]).retain(start + 10 * day + 2)).toBe('b')
  expect(setUp([call('a', 1, { lastEvent }), call('b', 2)]).retain(start + 10 * day + 3)).toBe('')
})

test('nothing is removed where everything is kept for ever', () => {
  expect(setUp(everything).retain(start + 9999 * day, { fewest: undefined })).toBe('shop blog archive nobody long')
})

test('who listens is told of each conversation that is removed, and of nothing else', () => {
  const { retain, documents, told } = setUp([call('shop', 1, { sessionId: idOf(1) }), call('nobody', 2)])
  documents.put({ kind: 'syllable.label', id: '1', at: start, body: {}, links: [] }, {})
  retain(start + 11 * day)
  expect(told).toEqual([
    { site: 'shop', id: 'shop', isConversation: true },
    { site: '', id: 'nobody', isConversation: true },
  ])
})

test('a long list goes in steps, each document of it once', () => {
  const many = Array.from({ length: 230 }, (_, n) => call(`c${n}`, n % 3, n % 2 ? { sessionId: idOf(3) } : {}))
  expect(setUp(many).retain(start + 11 * day).split(' ')).toHaveLength(115)
})

test('what was offered to a visitor goes when conversations of its site do', () => {
  const { retain, documents } = setUp([])
  for (const [n, id] of ['shop', 'blog', 'archive'].entries()) documents.put({ kind: 'sojourn.action', id, at: start, body: {}, links: [{ by: 'session', value: idOf(n + 1) }] }, {})
  expect([10, 20, 999].map(days => retain(start + days * day + 1))).toEqual(['archive blog', 'archive', 'archive'])
})

test('labels of what was removed go, too', () => {
  const { retain, documents } = setUp([])
  documents.put({ kind: 'syllable.label', id: '1', at: start, body: {}, links: [] }, {})
  expect(retain(start + 11 * day)).toBe('')
})
