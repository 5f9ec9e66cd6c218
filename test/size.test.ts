import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { measureSizes } from '../scripts/measureSizes.mjs'
import { readQuotedSizes, toKilobytes, writeQuotedSizes } from '../scripts/quotedSizes.mjs'

/**
 * Brotli bytes of the script, of each file that it fetches when a page needs it, and of each import from npm. Whoever wants more says in the
 * same change what the visitors get for it. An app's bundler does not join the parts of the tracker nor shorten the names of properties, so
 * the import is larger than the script.
 */
const budgets = {
  ...{ script: 8430, session: 3450, check: 560, message: 600, history: 200, lease: 200, links: 2150, sources: 1200 },
  ...{ import: 10_620, appImport: 10_870, removeTags: 680, searchForms: 270, model: 4400 },
}
const names = Object.keys(budgets) as (keyof typeof budgets)[]

describe('the tracker', () => {
  let sizes: Awaited<ReturnType<typeof measureSizes>>

  beforeAll(async () => {
    sizes = await measureSizes()
  })

  test('has a budget for everything that a page can be given', () => expect(Object.keys(sizes).sort()).toEqual([...names].sort()))

  test.each(names)('keeps to its budget as %s', name => {
    expect(sizes[name].brotli).toBeGreaterThan(100)
    expect(sizes[name].brotli).toBeLessThanOrEqual(budgets[name])
  })

  test('has no file to fetch that nobody measures', () => {
    const fetched = readdirSync(new URL('../dist', import.meta.url)).flatMap(name => /^sojourn-(\w+)\.js$/.exec(name)?.[1] ?? [])
    expect(names).toEqual(expect.arrayContaining(fetched))
  })

  test.each(['script', 'import'] as const)('is as large as the README says as %s, within 2 percent', name => {
    const quoted = readQuotedSizes(readFileSync(new URL('../README.md', import.meta.url), 'utf8'))
    expect(quoted[name], `no <!-- size:${name} --> in the README; npm run bench:size fills it in`).toBeDefined()
    expect(Math.abs(quoted[name]! / sizes[name].brotli - 1), `npm run bench:size puts ${toKilobytes(sizes[name].brotli)} into the README`).toBeLessThan(0.02)
  })
})

describe('a quoted size', () => {
  const text = 'It has <!-- size:script -->1.0 KB<!-- /size -->, and <!-- size:other -->2.5 KB<!-- /size -->.'

  test('is read in bytes', () => expect(readQuotedSizes(text)).toEqual({ script: 1000, other: 2500 }))
  test('is replaced in its place, and nowhere else', () =>
    expect(writeQuotedSizes(text, { script: { brotli: 6660 } })).toBe(text.replace('1.0 KB', '6.7 KB')))
})
