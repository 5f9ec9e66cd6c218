import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toMessage } from '../../src/tracker/parts/toMessage.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const section = read('docs/lifecycle.md').split(/^## /m).find(each => each.startsWith('What a page hears')) ?? ''
const words = [...section.matchAll(/`(\w+)`/g)].map(([, word]) => word!)

test('everything that a page can listen to stands in the document', () => {
  const [, names = ''] = /expected (.*), and a function/.exec(toMessage('argument', ['on'])) ?? []
  expect(names).toContain('delivered')
  expect(names.split(/, | or /).filter(name => !words.includes(name))).toEqual([])
})

test('every code of what may go wrong stands in the document', () => {
  const [, union = ''] = /type TroubleCode = (.*)/.exec(read('src/tracker/emitter.ts')) ?? []
  const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code!)
  expect(codes.length).toBeGreaterThan(5)
  expect(codes.filter(code => !words.includes(code))).toEqual([])
})
