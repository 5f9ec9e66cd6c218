// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { apiKey, openLivePage, type LivePage } from '../openLivePage.tsx'
import { noon, sampleSession } from '../sampleSession.ts'

let page: LivePage | undefined

afterEach(() => {
  page?.close()
  page = undefined
})

const spring = { site: 'shop', name: 'spring', source: 'mail', medium: 'email', sessions: 3, pageviews: 7, outcomes: 1, days: [{ date: new Date(noon).toISOString().slice(0, 10), sessions: 3, pageviews: 7, outcomes: 1 }] }
const unnamed = { ...spring, name: '', source: '', medium: '', sessions: 1 }

const open = async (answers: Record<string, unknown> = {}): Promise<LivePage> => {
  const opened = (page = openLivePage(noon, apiKey))
  opened.collector.answerWith({ '/v1/campaigns': { entities: [spring, unnamed] }, '/v1/sites': { entities: [{ id: 'shop', origins: ['https://shop.example.com'] }] }, ...answers })
  await opened.until(() => expect(opened.find('.connection').textContent).toContain('Live'))
  opened.go('#/campaigns')
  await opened.until(() => expect(opened.text()).toContain('Build a link'))
  return opened
}

const landing = {
  url: 'https://shop.example.com/',
  mktCampaign: { source: 'mail' },
  searchTerms: ['shoes'],
  campaignReasons: [{ field: 'source', value: 'mail', because: 'the parameter utm_source' }],
  referrerReason: 'No page led here.',
  mistakes: [{ code: 'missing-medium', text: 'The medium is missing.' }],
}

test('lists campaigns, and asks for those of another period', async () => {
  const { text, find, collector, until } = await open()
  await until(() => expect(text()).toContain('spring'))
  expect(text()).toContain('(no name)')
  expect(text()).toContain('(no source) / (no medium)')
  const choice = find<HTMLSelectElement>('#campaign-days')
  choice.value = '7'
  choice.dispatchEvent(new Event('change', { bubbles: true }))
  await until(() => expect(collector.asked.filter(path => path.startsWith('/v1/campaigns?')).length).toBe(2))
  const asked = collector.asked.filter(path => path.startsWith('/v1/campaigns?')).map(path => new URLSearchParams(path.split('?')[1]).get('from'))
  expect(asked.map(from => (noon - Date.parse(from!)) / 86_400_000).map(Math.floor)).toEqual([29, 6])
})

test('says so when none was seen, and when they cannot be had', async () => {
  const { text, collector, until, click } = await open({ '/v1/campaigns': { entities: [] } })
  await until(() => expect(text()).toContain('No campaign has led here in the last 30 days.'))
  collector.breakOff(true)
  click('Campaigns')
  page!.find<HTMLSelectElement>('#campaign-days').dispatchEvent(new Event('change', { bubbles: true }))
  await until(() => expect(text()).toContain('cannot be reached'))
})

test('the name of a campaign shows its days alone', async () => {
  const { find, click, until } = await open()
  await until(() => expect(find('.plot-title').textContent).toContain('the campaigns listed'))
  click('spring')
  await until(() => expect(find('.plot-title').textContent).toContain('spring'))
  click('spring')
  await until(() => expect(find('.plot-title').textContent).toContain('the campaigns listed'))
})

test('what is plotted is chosen', async () => {
  const { find, until } = await open()
  const told = (): string => find('.plot-bars g:last-child title').textContent
  await until(() => expect(told()).toMatch(/: 6 sessions$/))
  const choice = find<HTMLSelectElement>('.plot-title select')
  for (const [measure, words] of [['pageviews', '14 pageviews'], ['outcomes', '2 outcomes']] as const) {
    choice.value = measure
    choice.dispatchEvent(new Event('change', { bubbles: true }))
    await until(() => expect(told()).toContain(`: ${words}`))
  }
})

test('a visit that a campaign has led to changes the list, after a moment', async () => {
  const { collector, clock, until } = await open()
  const count = () => collector.asked.filter(path => path.startsWith('/v1/campaigns?')).length
  const before = count()
  collector.put(sampleSession({ id: 'kim', mktCampaign: { name: 'spring' } }))
  await until(() => expect(clock.waits()).toContain(1000))
  clock.pass(1000)
  await until(() => expect(count()).toBe(before + 1))
})

test('a link is built and explained once the writer pauses', async () => {
  const { find, type, until, clock, text, collector } = await open({ '/v1/campaigns/landing': landing })
  type('#link-source', 'News Letter')
  await until(() => expect(find('#built-link').textContent).toBe('https://shop.example.com/?utm_source=news-letter'))
  type('#link-medium', 'email')
  await until(() => expect(find('#built-link').textContent).toBe('https://shop.example.com/?utm_source=news-letter&utm_medium=email'))
  const isAsked = () => collector.asked.some(path => path.includes('utm_medium%3Demail'))
  expect(isAsked()).toBe(false)
  await until(() => {
    clock.pass(250)
    expect(isAsked()).toBe(true)
  })
  await until(() => expect(text()).toContain('from the parameter utm_source'))
  expect(text()).toContain('The medium is missing.')
  expect(text()).toContain('Searched for: shoes')
})

test('a pasted link is asked about with where it stands; an empty one is not', async () => {
  const { type, until, clock, text, collector } = await open({ '/v1/campaigns/landing': landing })
  type('#check-url', ' https://shop.example.com/ ')
  type('#check-referrer', 'www.google.com')
  await until(() => expect(text()).toContain('Looking'))
  clock.pass(250)
  await until(() => expect(text()).toContain('from the parameter utm_source'))
  const asked = () => collector.asked.filter(path => path.startsWith('/v1/campaigns/landing'))
  expect(asked()).toEqual(['/v1/campaigns/landing?site=shop&url=https%3A%2F%2Fshop.example.com%2F&referrer=www.google.com'])
  type('#check-url', '')
  await until(() => expect(text()).not.toContain('Counts as'))
  clock.pass(250)
  expect(asked()).toHaveLength(1)
})
