import { describe, expect, test } from 'vitest'
import { createOriginCheck, isOriginPattern } from '../../../src/collector/settings/origins.ts'

const allows = (pattern: string, origin: string): boolean => createOriginCheck([{ id: 'shop', origins: [pattern] }])('shop', origin)

describe('an origin', () => {
  test.each([
    ['https://shop.example.com', 'https://shop.example.com'],
    ['https://shop.example.com:8443', 'https://shop.example.com:8443'],
    ['https://shop.example.com:443', 'https://shop.example.com'],
    ['http://[::1]:80', 'http://[::1]'],
    ['https://*.example.com', 'https://shop.example.com'],
    ['http://127.0.0.1:*', 'http://127.0.0.1:5173'],
    ['http://127.0.0.1:*', 'http://127.0.0.1'],
    ['http://[::1]:*', 'http://[::1]:80'],
    ['capacitor://localhost', 'capacitor://localhost'],
    ['null', 'null'],
  ])('of the pattern %s includes %s', (pattern, origin) => expect(allows(pattern, origin)).toBe(true))

  test.each([
    ['https://shop.example.com', 'http://shop.example.com'],
    ['https://shop.example.com', 'https://shop.example.com:8443'],
    ['http://shop.example.com:443', 'http://shop.example.com'],
    ['https://shop.example.com', 'https://shop.example.com.evil.com'],
    ['https://shop.example.com', 'https://shopXexample.com'],
    ['https://*.example.com', 'https://example.com'],
    ['https://*.example.com', 'https://a.b.example.com'],
    ['https://*.example.com', 'https://evil.com/.example.com'],
    ['https://*.example.com', 'https://evil.com:1.example.com'],
    ['http://127.0.0.1:*', 'http://127.0.0.1:80@evil.com'],
    ['http://127.0.0.1:*', 'http://127.0.0.1.evil.com:80'],
    ['http://127.0.0.1:*', 'null'],
  ])('of the pattern %s does not include %s', (pattern, origin) => expect(allows(pattern, origin)).toBe(false))

  test('of another site does not count', () => {
    const isAllowed = createOriginCheck([
      { id: 'shop', origins: ['https://shop.example.com'] },
      { id: 'blog', origins: [] },
    ])
    expect(isAllowed('blog', 'https://shop.example.com')).toBe(false)
    expect(isAllowed('none', 'https://shop.example.com')).toBe(false)
  })
})

test.each(['https://shop.example.com/', 'shop.example.com', 'https://', '*', 'https://a b', 'https://a.com:x', 'https://user@a.com', ''])(
  'a pattern is not %j',
  text => expect(isOriginPattern(text)).toBe(false),
)
