import { describe, expect, test } from 'vitest'
import { noFilter, toVisitorList, type Filter } from '../../src/live/visitorList.ts'
import { noon, samplePage, sampleSession, toIso } from './sampleSession.ts'

const sessions = [
  sampleSession({ id: 'away', awayDate: toIso(-1), idleDate: toIso(-10), site: 'shop' }),
  sampleSession({ id: 'idle', idleDate: toIso(-1), site: 'shop', geolocation: { country: 'FR', countryName: 'France' } }),
  sampleSession({ id: 'older', idleDate: toIso(20), site: 'blog', lastPage: samplePage('/wool', 'Wool & Linen') }),
  sampleSession({ id: 'newer', idleDate: toIso(50), site: 'shop', shortId: '4711', customerId: 'c-1017', mktCampaign: { name: 'Spring' } }),
  sampleSession({ id: 'ended', endedDate: toIso(-5), site: 'shop' }),
]

const listed = (filter: Partial<Filter> = {}, now = noon) => {
  const { visitors, ...rest } = toVisitorList(sessions, { ...noFilter, ...filter }, now)
  return { ids: visitors.map(({ session }) => session.id), ...rest }
}

describe('the list of visitors', () => {
  test('has the most lively first, then who was active last, and nobody who ended', () =>
    expect(listed().ids).toEqual(['newer', 'older', 'idle', 'away']))

  test('follows the clock alone', () => expect(listed({}, noon + 30_000).ids).toEqual(['newer', 'older', 'idle', 'away']))

  test('counts by status', () => {
    expect(listed().counts).toEqual({ active: 2, idle: 1, away: 1 })
    expect(listed({}, noon + 30_000).counts).toEqual({ active: 1, idle: 2, away: 1 })
    expect(listed({}, noon + 3_600_000).counts).toEqual({ active: 0, idle: 0, away: 4 })
  })

  test('names the sites in order', () => expect(listed().sites).toEqual(['blog', 'shop']))

  test('narrows to a status, and still counts all', () =>
    expect(listed({ statuses: ['idle', 'away'] })).toMatchObject({ ids: ['idle', 'away'], counts: { active: 2, idle: 1, away: 1 } }))

  test('narrows to a site, and counts that site', () =>
    expect(listed({ site: 'shop' })).toMatchObject({ ids: ['newer', 'idle', 'away'], counts: { active: 1, idle: 1, away: 1 }, sites: ['blog', 'shop'] }))

  test.each([
    ['4711', ['newer']],
    ['C-1017', ['newer']],
    ['spring', ['newer']],
    ['linen WOOL', ['older']],
    ['linen spring', []],
    ['   ', ['newer', 'older', 'idle', 'away']],
  ])('finds %j in what a row says', (text, ids) => expect(listed({ text }).ids).toEqual(ids))
})
