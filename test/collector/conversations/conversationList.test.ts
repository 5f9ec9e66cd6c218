import { expect, test } from 'vitest'
import { createConversationList } from '../../../src/collector/conversations/createConversationList.ts'
import type { ConversationSession } from '../../../src/collector/conversations/conversationSession.ts'
import type { ForeignDocument } from '../../../src/collector/conversations/documentStore.ts'
import { createMemoryDocumentStore } from '../../../src/collector/memory/createMemoryDocumentStore.ts'
import { ProblemError } from '../../../src/collector/problem.ts'
import type { SessionFilter } from '../../../src/collector/sessionStore.ts'
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

test('of somebody with thousands of conversations, all of them are listed, part by part, though few are wanted', () => {
  const documents = createMemoryDocumentStore()
  for (let n = 0; n < 2500; n++) documents.put({ kind: 'call', id: `${n}`, at: start + n, body: { isOver: n % 500 > 0 }, links: [{ by: 'customer', value: 'c-1' }] }, {})
  const show = ({ id, body }: ForeignDocument): ConversationSession => {
    const shown: Partial<ConversationSession> = { id, status: body.isOver ? 'ended' : 'active', sessions: [] }
    return shown as ConversationSession
  }
  const list = createConversationList({ documents, sessions: { list: () => ({ entities: [] }) }, kinds: ['call'], show, now: () => start })
  const idsOf = (filter: SessionFilter): string[] => {
    const ids: string[] = []
    let after: string | undefined
    do {
      const page = list(filter, { limit: 200, ...(after !== undefined && { after }) })
      ids.push(...page.entities.map(({ conversation }) => conversation.id))
      after = page.next
    } while (after !== undefined)
    return ids
  }
  expect(idsOf({ customerId: 'c-1' })).toEqual(Array.from({ length: 2500 }, (_, n) => `${2499 - n}`))
  expect(idsOf({ customerId: 'c-1', status: 'live' })).toEqual(['2000', '1500', '1000', '500', '0'])
  expect(idsOf({ customerId: 'c-2' })).toEqual([])
})
