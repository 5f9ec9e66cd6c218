import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openReferrers } from '../../../src/collector/enrich/referrers/openReferrers.ts'
import { temporaryFolder } from '../../conformance/temporaryFolder.ts'

const write = (content: unknown): string => {
  const file = join(temporaryFolder(), 'more-referrers.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const portal = { name: 'Portal', medium: 'search', hosts: ['portal.example.com', '.example.org', 'example.*', 'example.com/search', 'com.example.App'] }

test('without a file there are no sites of the owner', () => expect(openReferrers()).toEqual([]))

test('reads the sites of the file', () => {
  const sources = [portal, { ...portal, keywords: ['q'], charset: 'windows-1251' }]
  expect(openReferrers(write(sources))).toEqual(sources)
})

describe('what is wrong is named, with the file and the entry', () => {
  test.each<[what: string, content: unknown, problem: RegExp]>([
    ['no JSON', '[', /^referrers: .* is no JSON \(/],
    ['no list', {}, /: referrers: expected a list, got \{\}$/],
    ['an entry without a name', [portal, { medium: 'search', hosts: ['a.example'] }], /: referrers\[1\]\.name: is missing$/],
    ['an entry without hosts', [{ name: 'a', medium: 'search' }], /: referrers\[0\]\.hosts: is missing$/],
    ['a medium that follows from something else', [{ ...portal, medium: 'paid' }], /: referrers\[0\]\.medium: expected one of search, social, email, unknown, got "paid"$/],
    ['an address in place of a host', [{ ...portal, hosts: ['a.example', 'https://b.example'] }], /: referrers\[0\]\.hosts\[1\]: expected a host such as .*, got "https:\/\/b\.example"$/],
    ['a path that ends with a slash', [{ ...portal, hosts: ['a.example/'] }], /: referrers\[0\]\.hosts\[0\]: expected a host/],
    ['a pattern that is none', [{ ...portal, hosts: ['*.example.com'] }], /: referrers\[0\]\.hosts\[0\]: expected a host/],
    ['an unknown encoding', [{ ...portal, charset: 'klingon' }], /: referrers\[0\]\.charset: expected the name of an encoding such as windows-1251, got "klingon"$/],
    ['an unknown key', [{ ...portal, keyword: ['q'] }], /: referrers\[0\]: keyword is unknown; did you mean keywords\?$/],
  ])('%s', (_, content, problem) => {
    const file = write(content)
    const read = (): unknown => openReferrers(file)
    expect(read).toThrow(problem)
    expect(read).toThrow(file)
  })

  test('a file that is not there', () => expect(() => openReferrers('/nowhere/more.json')).toThrow('referrers: /nowhere/more.json cannot be read'))
})
