import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createCheckLanding } from '../../src/collector/campaigns/checkLanding.ts'
import { createReferrerNames } from '../../src/collector/enrich/referrers/createReferrerNames.ts'
import { openReferrers } from '../../src/collector/enrich/referrers/openReferrers.ts'
import { checkOptions } from '../../src/collector/settings/options.ts'
import { toPageOptions } from '../../src/collector/settings/pageOptions.ts'
import { clickIds, redactUrl } from '../../src/model/index.ts'
import { temporaryFolder } from '../conformance/temporaryFolder.ts'
import { land } from './land.ts'

const text = readFileSync(new URL('../../docs/campaigns.md', import.meta.url), 'utf8')

const sections = new Map(text.split(/^## /m).slice(1).map(section => [section.slice(0, section.indexOf('\n')), section]))

const sectionOf = (title: string): string => sections.get(title) ?? ''

/** Rows of two cells, of the table in a section whose first row begins so. */
const rowsOf = (title: string, head: string): [given: string, expected: string][] => {
  const [, table = ''] = sectionOf(title).split(`| ${head} |`)
  return [...table.split('\n\n')[0]!.matchAll(/^\| `(.+)` \| (.+) \|$/gm)].map(([, given, expected]) => [given!, expected!.replaceAll('`', '')])
}

const jsonOf = (title: string): string => /```json\n([^]*?)```/.exec(sectionOf(title))?.[1] ?? ''

/** `source: a, medium: b`, or nothing. */
const toCampaign = (words: string): object | undefined => (words === 'nothing' ? undefined : Object.fromEntries(words.split(', ').map(pair => pair.split(': '))))

describe.each(['Tagged links', 'Click identifiers', 'Your own parameters', 'Rules'])('%s', title => {
  const json = jsonOf(title)
  const site = json ? checkOptions(JSON.parse(json), '').sites![0]!.campaign : undefined
  const rows = rowsOf(title, 'Link')

  test('has examples', () => expect(rows.length).toBeGreaterThan(2))

  test.each(rows)('%s counts as %s', (landing, expected) => expect(land({ landing, ...(site && { site }) }).campaign).toEqual(toCampaign(expected)))
})

test('the table of click identifiers is the one that is used', () => {
  const rows = [...sectionOf('Click identifiers').matchAll(/^\| ([\w, ]+) \| (\w+) \| (\w+) \| (\w+) \|$/gm)].slice(1)
  const told = rows.flatMap(([, names, network, source, medium]) => names!.split(', ').map(name => [name, { network, source, medium }]))
  expect(Object.fromEntries(told)).toEqual(clickIds)
})

test.each(rowsOf('Referrers', 'Referrer'))('the referrer %s counts as %s', (referrer, expected) => expect(land({ referrer }).referrer).toBe(expected))

test('the file of the owner is understood, and does what is said', () => {
  const file = join(temporaryFolder(), 'more-referrers.json')
  writeFileSync(file, jsonOf('Referrers'))
  const name = createReferrerNames(openReferrers(file))
  const [, own = ''] = sectionOf('Referrers').split('| with this file |')
  const rows = [...own.matchAll(/^\| `(.+)` \| `(.+)` \|$/gm)]
  expect(rows.length).toBe(5)
  for (const [, referrer, expected] of rows) {
    const told = name({ start: { type: 'web', index: 1, referrer: referrer! } }, { origins: [] })!
    expect([told.medium, told.name, told.keywords].filter(Boolean).join(' ')).toBe(expected)
  }
})

test.each(rowsOf('Search on your site', 'Link'))('%s searches for %s', (landing, expected) => expect(land({ landing }).terms).toEqual([expected]))

test.each(rowsOf('What is not kept', 'Address'))('%s is kept as %s', (address, kept) => expect(redactUrl(address)).toBe(kept))

test('what is told to pages is told as the example says', () => {
  const [site] = checkOptions(JSON.parse(jsonOf('Options of pages')), '').sites!
  const { id: _id, origins: _origins, ...options } = site!
  expect(toPageOptions(site!)).toEqual(options)
  for (const name of Object.keys(options)) expect(sectionOf('Options of pages').split('```')[2]).toContain(`\`${name}\``)
})

test.each(rowsOf('Check a link', 'Link'))('%s is told: %s', (landing, told) => {
  const checkLanding = createCheckLanding(createReferrerNames())
  const url = landing.startsWith('/') ? `https://shop.example.com${landing}` : landing
  const { mistakes } = checkLanding({ url }, { id: 'shop', origins: ['https://shop.example.com'] })
  expect(mistakes.map(({ text: words }) => words.slice(0, told.length))).toContain(told)
})

test('every table is read', () => {
  expect(rowsOf('Check a link', 'Link')).toHaveLength(11)
  expect([rowsOf('Referrers', 'Referrer').length, rowsOf('Search on your site', 'Link').length, rowsOf('What is not kept', 'Address').length]).toEqual([10, 2, 2])
})
