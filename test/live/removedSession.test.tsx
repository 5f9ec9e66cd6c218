// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { apiKey, openLivePage, type LivePage } from './openLivePage.tsx'
import type { TimelineEvent } from '../../src/live/liveSession.ts'
import { noon, sampleSession } from './sampleSession.ts'

let page: LivePage | undefined

afterEach(() => {
  page?.close()
  page = undefined
})

const openSignedIn = async (): Promise<LivePage> => {
  const opened = (page = openLivePage(noon, apiKey))
  await opened.until(() => expect(opened.find('.connection').textContent).toContain('Live'))
  return opened
}

const kim = sampleSession({ id: 'kim', shortId: '4711' })

const event = (id: string, fields: Partial<TimelineEvent>): TimelineEvent =>
  ({ type: 'pageview', id, at: noon, session: 'kim', seq: 0, tab: 't', ...fields }) as TimelineEvent

test('who was erased is said to be removed, and is in no list', async () => {
  const { collector, until, text, go } = await openSignedIn()
  collector.put(kim, [event('1', { page: { url: 'https://shop.example.com/cart', title: 'Secret cart' } })])
  go('#/sessions/kim')
  await until(() => expect(text()).toContain('Secret cart'))
  collector.remove('kim')
  await until(() => expect(text()).toContain('This session has been removed'))
  expect(text()).not.toMatch(/Secret cart|4711/)
  await until(() => expect(document.title).toBe('Session removed · Sojourn'))
  go('#/')
  await until(() => expect(text()).toContain('On the site now'))
  expect(text()).not.toContain('4711')
})

test('who was erased while the stream was down is said to be removed when it is up again', async () => {
  const { collector, clock, until, text, go, find } = await openSignedIn()
  collector.put(kim, [event('1', { page: { url: 'https://shop.example.com/cart', title: 'Secret cart' } })])
  go('#/sessions/kim')
  await until(() => expect(text()).toContain('Secret cart'))
  collector.breakOff(true)
  await until(() => expect(find('.connection').textContent).not.toContain('Live'))
  collector.timeOut('kim')
  collector.breakOff(false)
  clock.pass(1000)
  await until(() => expect(text()).toContain('This session has been removed'))
  expect(text()).not.toContain('Secret cart')
})
