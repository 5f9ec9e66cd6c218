// @vitest-environment happy-dom
import { expect, onTestFinished, test } from 'vitest'
import type { Conversation } from '../../src/live/conversation.ts'
import { apiKey, openLivePage, type LivePage } from './openLivePage.tsx'
import { noon, sampleSession, toIso } from './sampleSession.ts'

const call = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id,
  status: 'ended',
  createdDate: toIso(-600),
  endedDate: toIso(-540),
  durationInSeconds: 60,
  conversationSubject: id,
  conversationChannels: [{ type: 'Voice' }],
  sessions: ['kim'],
  model: { name: 'sojourn' },
  ...more,
})

const openEnded = async (...calls: Conversation[]): Promise<LivePage> => {
  const opened = openLivePage(noon, apiKey)
  onTestFinished(opened.close)
  await opened.until(() => expect(opened.find('.connection').textContent).toContain('Live'))
  for (const each of calls) opened.collector.talk(each)
  opened.go('#/ended')
  return opened
}

const rows = ({ find }: LivePage): string[] => [...find('[aria-label="Ended calls and chats"]').querySelectorAll('tbody tr')].map(row => row.textContent)

test('calls and chats that are over are listed beside the ended visits, with their length, and lead to their visit', async () => {
  const opened = await openEnded(call('Parcel', { customerId: 'c-7' }), call('Later', { status: 'active' }))
  opened.collector.put(sampleSession({ id: 'past', shortId: '0815', endedDate: toIso(-7200) }))
  await opened.until(() => expect(rows(opened)).toEqual(['Voice: Parcelc-7——1:00']))
  expect(opened.find('[aria-label="Ended calls and chats"] a').getAttribute('href')).toBe('#/sessions/kim')
})

test('one that ends while the list is open stands at its head; one that was erased, or goes on again, leaves', async () => {
  const opened = await openEnded(call('First'))
  await opened.until(() => expect(rows(opened)).toHaveLength(1))
  opened.collector.talk(call('Second', { status: 'active' }))
  opened.collector.talk(call('Second'))
  await opened.until(() => expect(rows(opened).map(row => row.slice(0, 13))).toEqual(['Voice: Second', 'Voice: First—']))
  opened.collector.remove('Second')
  await opened.until(() => expect(rows(opened)).toHaveLength(1))
  opened.collector.talk(call('First', { status: 'active' }))
  await opened.until(() => expect(opened.text()).not.toContain('Voice: First'))
})

test('more of them are loaded page by page', async () => {
  const opened = await openEnded()
  const pages: Record<string, object> = { '': { entities: [call('First')], nextUri: '/v1/sessions?type=conversation&cursor=x' }, x: { entities: [call('First'), call('Second')] } }
  opened.collector.answerWith({ '/v1/sessions': (_init: RequestInit, query: URLSearchParams) => new Response(JSON.stringify(query.get('type') === 'conversation' ? pages[query.get('cursor') ?? ''] : { entities: [] })) })
  await opened.until(() => expect(opened.text()).toContain('No visit has ended yet'))
  opened.click('Refresh')
  await opened.until(() => expect(rows(opened)).toHaveLength(1))
  opened.click('Load more calls and chats')
  await opened.until(() => expect(rows(opened).map(row => row.slice(0, 13))).toEqual(['Voice: First—', 'Voice: Second']))
})
