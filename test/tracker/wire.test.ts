import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import type { Batch } from '../../src/model/index.ts'
import { envelopeSchema, eventSchemas } from '../../src/model/schema.ts'
import type { TrackerOptions } from '../../src/tracker/options.ts'
import type { Tracker } from '../../src/tracker/tracker.ts'
import { createTestPlatform } from './createTestPlatform.ts'
import type { TabOptions } from './platform/tab.ts'

const ajv = new Ajv({ strict: false, allErrors: true })
const isEnvelope = ajv.compile(envelopeSchema)
const isEvent = Object.fromEntries(Object.entries(eventSchemas).map(([type, schema]) => [type, ajv.compile(schema)]))

const findProblems = (batch: Batch): string[] => {
  const problems = isEnvelope(batch) ? [] : [ajv.errorsText(isEnvelope.errors, { dataVar: 'batch' })]
  for (const event of batch.events) {
    const check = isEvent[event.type]!
    if (!check(event)) problems.push(ajv.errorsText(check.errors, { dataVar: event.type }))
  }
  return problems
}

/** Runs a page until it is closed, and tells what is wrong with what it sent. */
const problemsOf = async (use: (tracker: Tracker) => void, { tab = {}, options = {} }: { tab?: TabOptions; options?: Partial<TrackerOptions> } = {}) => {
  const { run, open, collector } = await createTestPlatform()
  const page = open(tab)
  use(page.start(options))
  await run(100_000)
  page.input()
  await run(400_000)
  await page.close()
  await run(1000)
  return { problems: [...new Set(collector.requests.flatMap(({ batch }) => findProblems(batch)))], types: new Set(collector.events().map(({ type }) => type)) }
}

const long = 'x'.repeat(20_000)

test('every type of event is sent in the shape of the schema', async () => {
  const sent = await problemsOf(tracker => {
    tracker.screenview('Cart', { items: 2 })
    tracker.track('order_completed', { total: 49.9, skus: ['a', 'b'], paid: true })
    tracker.identify('c-1017', { type: 'crm', traits: { email: 'x@example.com', vip: true, age: 7 }, token: 'a.b.c' })
    tracker.reset()
    tracker.pageview({ title: 'After', breadcrumb: ['Shop'] })
  })
  expect(sent).toEqual({ problems: [], types: new Set(['pageview', 'screenview', 'custom', 'identify', 'end', 'activity']) })
})

test.each<[string, TabOptions, Partial<TrackerOptions>]>([
  ['an address that is too long', { url: `https://shop.example.com/${long}?q=${long}&utm_source=${long}&gclid=${long}` }, {}],
  ['a referrer that is too long', { referrer: `https://news.example.org/${long}` }, {}],
  ['an address with many search words', { url: `https://shop.example.com/?${'q=a&'.repeat(50)}` }, {}],
  ['an app', {}, { type: 'app', app: { name: 'Shop', namespace: 'com.example.shop', version: '1.2', buildNumber: '7' } }],
  ['waiting times of its own', {}, { idleAfterSeconds: 7, awayAfterSeconds: 20, leaveGraceSeconds: 3, sessionTimeoutSeconds: 50, sessionMaxSeconds: 1000 }],
])('a page with %s sends what the schema allows', async (_, tab, options) => {
  const { problems } = await problemsOf(() => {}, { tab, options })
  expect(problems).toEqual([])
})

test.each<[string, (tracker: Tracker) => void]>([
  ['a text that is too long', tracker => tracker.track('a', { text: long })],
  ['too many attributes', tracker => tracker.track('a', Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`name${i}`, i])))],
  ['a list that is too long', tracker => tracker.track('a', { list: Array.from({ length: 500 }, (_, i) => `${i}${long}`) })],
  ['a name that is too long', tracker => tracker.track('a', { [long]: 1, kept: 1 })],
  ['a title that is too long', tracker => tracker.pageview({ title: long, keywords: long, referrer: `https://a.example/${long}`, url: `https://b.example/${long}` })],
])('%s is cut to what the schema allows', async (_, use) => {
  const { problems } = await problemsOf(use)
  expect(problems).toEqual([])
})

test('what says nothing is not sent: neither empty texts of the page, nor of its browser', async () => {
  const { run, open, collector } = await createTestPlatform()
  const nothing = JSON.parse('{"title":null,"lang":null,"keywords":null,"referrer":null,"breadcrumb":null}') as object
  const tracker = open({ userAgent: '' }).start({ autotrack: false })
  tracker.pageview({ title: '', lang: '', keywords: '', referrer: '', breadcrumb: [] })
  tracker.pageview(nothing)
  await run(1000)
  const { batch } = collector.requests[0]!
  expect(findProblems(batch)).toEqual([])
  expect(batch.events.map(({ page }) => Object.keys(page!).sort())).toEqual([['breadcrumb', 'url'], ['url']])
  expect(batch.context).not.toHaveProperty('userAgent')
})

test('who knows ids of a session cannot tell its visitor by them', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  tab.start().track('step')
  await run(1000)
  const { visitor, events } = collector.requests[0]!.batch
  const ends = [visitor.id, ...events.map(({ id }) => id)].map(id => id.slice(-12))
  expect(events).toHaveLength(2)
  expect(new Set(ends).size).toBe(2)
  expect(ends.indexOf(ends[0]!, 1)).toBe(-1)
})
