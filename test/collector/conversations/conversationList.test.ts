import { expect, test } from 'vitest'
import { createConversationList } from '../../../src/collector/conversations/createConversationList.ts'
import { createMemoryDocumentStore } from '../../../src/collector/memory/createMemoryDocumentStore.ts'
import { ProblemError } from '../../../src/collector/problem.ts'
import { start } from '../batches.ts'

test('where there is no conversation, no sessions are read for a list of those of a short id', () => {
  const asked: unknown[] = []
  const list = createConversationList({
    documents: createMemoryDocumentStore(),
    sessions: { list: filter => (asked.push(filter), { entities: [] }) },
    kinds: ['call'],
    show: () => undefined,
    now: () => start,
  })
  expect(list({ shortId: '4711' }, { limit: 50 })).toEqual({ entities: [] })
  expect(() => list({ shortId: '4711' }, { limit: 50, after: 'what no list has said' })).toThrow(ProblemError)
  expect(asked).toEqual([])
})
