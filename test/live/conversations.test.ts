import { expect, test } from 'vitest'
import { filterConversations, type Conversation } from '../../src/live/conversation.ts'

const call = (id: string, second: number, more: Partial<Conversation> = {}): Conversation => ({
  id,
  status: 'active',
  createdDate: new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString(),
  model: { name: 'sojourn' },
  ...more,
})

test('the newest comes first', () => expect(filterConversations([call('a', 1), call('c', 3), call('b', 2)], { text: '', site: '' }).map(({ id }) => id)).toEqual(['c', 'b', 'a']))

test.each([
  ['', '', 'b a'],
  ['parcel', '', 'a'],
  ['C-7 voice', '', 'b'],
  ['voice parcel', '', ''],
  ['', 'shop', 'a'],
])('they are narrowed to those with %j on the site %j', (text, site, expected) => {
  const all = [call('a', 1, { site: 'shop', conversationSubject: 'Parcel' }), call('b', 2, { customerId: 'c-7', conversationChannels: [{ type: 'Voice' }] })]
  expect(filterConversations(all, { text, site }).map(({ id }) => id).join(' ')).toBe(expected)
})
