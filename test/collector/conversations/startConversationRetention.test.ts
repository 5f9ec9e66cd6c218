import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startConversationRetention } from '../../../src/collector/conversations/startConversationRetention.ts'
import { createMemoryDocumentStore } from '../../../src/collector/memory/createMemoryDocumentStore.ts'
import { start } from '../batches.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a round that the disk has no room for ends by itself, tells why, and the next one removes what is too old', () => {
  const documents = createMemoryDocumentStore()
  documents.put({ kind: 'call', id: 'old', at: start, body: {}, links: [] }, {})
  let isFull = true
  const remove: typeof documents.remove = (kind, id) => {
    if (isFull) throw new Error('database or disk is full')
    return documents.remove(kind, id)
  }
  const told: unknown[] = []
  const stop = startConversationRetention({
    documents: { list: documents.list, remove },
    show: () => undefined,
    siteOf: () => undefined,
    sites: [],
    retentionDays: 10,
    now: () => start + 11 * 86_400_000,
    onEnd: removed => void told.push(removed),
    onFailure: cause => void told.push(cause),
  })
  vi.advanceTimersByTime(1)
  expect(told).toEqual([new Error('database or disk is full')])
  isFull = false
  vi.advanceTimersByTime(3_600_001)
  expect(told.slice(1)).toEqual([1])
  stop()
  expect([documents.list({ limit: 9 }), vi.getTimerCount()]).toEqual([[], 0])
})
