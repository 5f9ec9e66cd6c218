import { expect, test } from 'vitest'
import type { IngestWork } from '../../../src/collector/ingest/ingestWork.ts'
import { createBatchParser } from '../../../src/collector/ingest/parseBatch.ts'
import { redactStep } from '../../../src/collector/ingest/redactStep.ts'
import type { Site } from '../../../src/collector/site.ts'
import type { Event } from '../../../src/model/index.ts'
import { batchOf, opening } from '../batches.ts'

const shop = 'https://shop.example.com'

const event = opening(1, {
  page: { url: `${shop}/?email=ann@mail.example&ref=1&q=a%20b`, referrer: `${shop}/reset?token=secret#top`, title: 'ann@mail.example' },
  start: { type: 'web', index: 1, referrer: 'https://mail.example/u/ann@mail.example', campaign: { source: 'a', term: 'ann@mail.example' } },
  searchTerms: ['orders of ann@mail.example'],
})

const keep = (site: Partial<Site> = {}, given: Event = event): Event[] => {
  const work: IngestWork = { bytes: Buffer.of(), receivedAt: 0, parsed: { batch: batchOf({}, [given]), rejected: [], duplicates: 0, isWhole: true }, site: { id: 'shop', origins: [], ...site } }
  void redactStep(work)
  // The text of a whole batch goes into the log as it came.
  expect(work.parsed!.isWhole).toBe(work.parsed!.batch.events[0] === given)
  return work.parsed!.batch.events
}

test('nothing of what addresses tell of a person reaches the log', () => {
  expect(keep()[0]).toEqual({
    ...event,
    page: { url: `${shop}/?email=(redacted)&ref=1&q=a%20b`, referrer: `${shop}/reset?token=(redacted)#top`, title: 'ann@mail.example' },
    start: { type: 'web', index: 1, referrer: 'https://mail.example/u/(redacted)', campaign: { source: 'a', term: '(redacted)' } },
    searchTerms: ['orders of (redacted)'],
  })
})

test.each([
  ['orders of ann@mail.example', 'orders of (redacted)'],
  [['shoes', 'ann@mail.example', 7], ['shoes', '(redacted)', 7]],
])('words searched for may stand in an attribute: %j', (searchTerms, kept) => {
  const custom: Event = { id: 'x', type: 'custom', eventName: 'search', at: 1, session: 'x', seq: 0, tab: 'a', attributes: { searchTerms, to: 'ann@mail.example' } }
  expect(keep({}, custom)).toEqual([{ ...custom, attributes: { searchTerms: kept, to: 'ann@mail.example' } }])
})

test('parameters that the site excludes are removed, whoever sent them', () => {
  expect(keep({ excludedQueryParameters: ['ref', 'token'] })[0]!.page).toMatchObject({ url: `${shop}/?email=(redacted)&q=a+b`, referrer: `${shop}/reset#top` })
})

test.each([
  ['/orders?ref=1&q=a%20b#top', '/orders?q=a+b#top'],
  ['/orders?ref=1#top', '/orders#top'],
  ['orders?q=a%20b', 'orders?q=a%20b'],
  ['/orders#?ref=1', '/orders#?ref=1'],
])('also of an address without a host: %s is kept as %s', (url, kept) => {
  expect(keep({ excludedQueryParameters: ['ref'] }, opening(1, { page: { url } }))[0]!.page?.url).toBe(kept)
})

test('a site may keep addresses as they came', () => {
  expect(keep({ redactUrls: false })).toEqual([event])
  expect(keep({ redactUrls: false, excludedQueryParameters: ['email', 'q'] })[0]!.page?.url).toBe(`${shop}/?ref=1`)
})

test('an event without a page stays as it is', () => {
  const custom: Event = { id: 'x', type: 'custom', eventName: 'a', at: 1, session: 'x', seq: 0, tab: 'a' }
  expect(keep({}, custom)).toEqual([custom])
})

test.each([
  ['', true],
  ['"page":{"url":"https://shop.example.com/reset?token=secret"},', false],
])('a body goes into the log as it came unless it tells where parsing passes over it: %s', (hidden, isWhole) => {
  const text = JSON.stringify(batchOf()).replace('"page":', `${hidden}"page":`)
  const work: IngestWork = { bytes: Buffer.from(text), text, receivedAt: 0, parsed: createBatchParser()(JSON.parse(text)), site: { id: 'shop', origins: [] } }
  void redactStep(work)
  expect(work.parsed).toEqual({ batch: batchOf(), rejected: [], duplicates: 0, isWhole })
})
