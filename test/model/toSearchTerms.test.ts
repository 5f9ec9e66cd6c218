import { expect, test } from 'vitest'
import { limits, toSearchTerms, type Event } from '../../src/model/index.ts'

const base = { id: 'e', at: 0, session: 's', seq: 0, tab: 't' }
const page = { url: 'https://shop.example.com/?q=hats&find=socks' }

test.each<[string, Event, string[]]>([
  ['the address of a pageview', { ...base, type: 'pageview', page }, ['hats']],
  ['its parameters that the site names', { ...base, type: 'pageview', page, searchParameters: ['find'] }, ['socks']],
  ['words that the event tells, before them', { ...base, type: 'pageview', page, searchTerms: ['shoes'] }, ['shoes']],
  ['an attribute', { ...base, type: 'custom', eventName: 'search', page, attributes: { searchTerms: ' red shoes ' } }, ['red shoes']],
  ['an attribute that is a list', { ...base, type: 'custom', eventName: 'search', attributes: { searchTerms: ['red shoes', ' ', 42] } }, ['red shoes', '42']],
  ['nothing of the page of a custom event', { ...base, type: 'custom', eventName: 'sold', page, attributes: { total: 1 } }, []],
])('words searched for are read of %s', (_, event, terms) => expect(toSearchTerms(event)).toEqual(terms))

test('an attribute says no more and no longer words than there may be', () => {
  const searchTerms = Array.from({ length: 50 }, (_, i) => `${i}`.padEnd(1000, 'x'))
  const terms = toSearchTerms({ ...base, type: 'custom', eventName: 'search', attributes: { searchTerms } })
  expect([terms.length, ...new Set(terms.map(term => term.length))]).toEqual([limits.searchTerms, limits.searchTerm])
})
