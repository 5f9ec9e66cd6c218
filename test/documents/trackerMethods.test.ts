import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inertTracker } from '../../src/tracker/inertTracker.ts'

const root = new URL('../../', import.meta.url)
const pages = ['README.md', ...readdirSync(new URL('docs', root)).filter(name => name.endsWith('.md')).map(name => `docs/${name}`)]
const documents = pages.map(page => readFileSync(new URL(page, root), 'utf8')).join('\n')

test('every method of a tracker stands in the documents', () => {
  const methods = Object.keys(inertTracker())
  expect(methods.length).toBeGreaterThan(10)
  expect(methods.filter(name => !new RegExp(`\\b${name}\\(|sojourn\\('${name}'`).test(documents))).toEqual([])
})
