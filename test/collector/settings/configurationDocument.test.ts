import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { OptionError } from '../../../src/collector/settings/check.ts'
import { checkOptions } from '../../../src/collector/settings/options.ts'

const document = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')

/** The names that a check knows: it tells all of them to who gives one that is like none. */
const namesOf = (options: object): string[] => {
  try {
    checkOptions(options, '')
  } catch (error) {
    if (error instanceof OptionError) return /known are (.+)$/.exec(error.message)![1]!.split(', ')
    throw error
  }
  return []
}

const strange = { xylophone: 1 }

test.each([
  ['the collector', strange, 15],
  ['a site', { sites: [{ id: 'shop', origins: [], ...strange }] }, 20],
  ['rateLimits', { rateLimits: strange }, 3],
])('every option of %s stands in the document', (_what, options, least) => {
  const names = namesOf(options)
  expect(names.length).toBeGreaterThanOrEqual(least)
  expect(names.filter(name => !document.includes(`\`${name}\``))).toEqual([])
})
