import { expect, test } from 'vitest'
import { filterConversations, mergeConversations, type Conversation } from '../../src/live/conversation.ts'

const call = (id: string, second: number, more: Partial<Conversation> = {}): Conversation => ({
  id,
  status: 'active',
  createdDate: new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString(),
  model: { name: 'sojourn' },
  ...more,
})

test('conversations that go on are listed, the newest first; one that is over leaves', () => {
  const known = mergeConversations([], [call('a', 1), call('b', 2)])
  expect(known.map(({ id }) => id)).toEqual(['b', 'a'])
  expect(mergeConversations(known, [call('c', 3), call('b', 2, { status: 'ended' })]).map(({ id }) => id)).toEqual(['c', 'a'])
})

test.each([
  ['', '', 'a b'],
  ['parcel', '', 'a'],
  ['C-7 voice', '', 'b'],
  ['voice parcel', '', ''],
  ['', 'shop', 'a'],
])('they are narrowed to those with %j on the site %j', (text, site, expected) => {
  const all = [call('a', 1, { site: 'shop', conversationSubject: 'Parcel' }), call('b', 2, { customerId: 'c-7', conversationChannels: [{ type: 'Voice' }] })]
  expect(filterConversations(all, { text, site }).map(({ id }) => id).join(' ')).toBe(expected)
})
