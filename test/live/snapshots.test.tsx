// @vitest-environment happy-dom
import { expect, onTestFinished, test } from 'vitest'
import { apiKey, openLivePage, type LivePage } from './openLivePage.tsx'
import { noon, sampleSession, toIso } from './sampleSession.ts'

const kim = sampleSession({ id: 'kim', shortId: '4711' })
const ben = sampleSession({ id: 'ben', shortId: '0815' })

/** A page whose questions for all live visits, or for all conversations that go on, wait for their answers, which are of the moment of the question. */
const openSlow = async (held: 'visits' | 'conversations') => {
  const page = openLivePage(noon, apiKey)
  onTestFinished(page.close)
  const waiting: (() => void)[] = []
  const answer = (_init: RequestInit, query: URLSearchParams): Response | Promise<Response> => {
    const asked = query.get('status') !== 'live' ? undefined : query.get('type') === 'conversation' ? 'conversations' : 'visits'
    const response = new Response(JSON.stringify({ entities: asked === 'visits' ? [kim] : [] }))
    return asked === held ? new Promise(resolve => waiting.push(() => resolve(response))) : response
  }
  page.collector.answerWith({ '/v1/sessions': answer })
  await page.until(() => expect(waiting).toHaveLength(1))
  return { ...page, waiting }
}

const isListed = ({ text }: Pick<LivePage, 'text'>, shortId: string): boolean => text().includes(shortId)

test('who left while the list was on its way is not in it', async () => {
  const page = await openSlow('visits')
  page.collector.put({ ...kim, status: 'ended', endedDate: toIso(5) })
  page.collector.put(ben)
  await page.until(() => expect(isListed(page, '0815')).toBe(true))
  page.waiting[0]!()
  await page.until(() => expect(page.text()).not.toContain('Loading'))
  expect(isListed(page, '4711')).toBe(false)
})

test('a call that came while the list was on its way is in it', async () => {
  const page = await openSlow('conversations')
  page.collector.talk({ id: 'call', status: 'active', createdDate: toIso(0), conversationSubject: 'Parcel', model: { name: 'sojourn' } })
  await page.until(() => expect(page.text()).toContain('Parcel'))
  page.waiting[0]!()
  await page.until(() => expect(isListed(page, '4711')).toBe(true))
  expect(page.text()).toContain('Parcel')
})

test('a stream that is open again is followed by a list that was asked for since then', async () => {
  const page = await openSlow('visits')
  page.collector.breakOff(true)
  await page.until(() => expect(page.find('.connection').textContent).not.toContain('Live'))
  page.collector.breakOff(false)
  page.clock.pass(1000)
  await page.until(() => expect(page.find('.connection').textContent).toContain('Live'))
  page.waiting[0]!()
  await page.until(() => expect(page.waiting).toHaveLength(2))
})
