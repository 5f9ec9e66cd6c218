import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { measureSizes } from '../scripts/measureSizes.mjs'
import { readQuotedSizes, toKilobytes, writeQuotedSizes } from '../scripts/quotedSizes.mjs'

/**
 * Brotli bytes of what a page fetches at first. Whoever wants more says in the same change what the visitors get for it. An app's bundler
 * does not join the parts of the tracker nor shorten the names of properties, so the import is larger.
 */
const budgets = { script: 7900, import: 9700 }

describe('the tracker', () => {
  let sizes: Awaited<ReturnType<typeof measureSizes>>

  beforeAll(async () => {
    sizes = await measureSizes()
  })

  test.each(['script', 'import'] as const)('keeps to its budget as %s', name => {
    expect(sizes[name].brotli).toBeGreaterThan(1000)
    expect(sizes[name].brotli).toBeLessThanOrEqual(budgets[name])
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
