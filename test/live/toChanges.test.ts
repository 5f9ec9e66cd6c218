import { expect, test } from 'vitest'
import { toChanges } from '../../src/live/toChanges.ts'

const told = (id: string, more: object = {}) => ({ event: 'session', id: '', data: JSON.stringify({ id, ...more }) })
const removed = (id: string) => ({ event: 'removed', id: '', data: JSON.stringify({ site: 'shop', id }) })

test('what was removed after it changed is no more, and what was told of after that is there again', () => {
  const messages = [told('a'), told('b'), told('call', { type: 'conversation' }), removed('a'), removed('call'), removed('b'), told('b')]
  expect(toChanges(messages)).toEqual({ removed: ['a', 'call'], sessions: [{ id: 'b' }], conversations: [] })
})

test('of what changed several times the last counts, and other messages are none of ours', () => {
  const messages = [told('a', { eventCount: 1 }), { event: 'news', id: '', data: 'not JSON' }, told('call', { type: 'conversation' }), told('a', { eventCount: 2 })]
  expect(toChanges(messages)).toEqual({ removed: [], sessions: [{ id: 'a', eventCount: 2 }], conversations: [{ id: 'call', type: 'conversation' }] })
})
