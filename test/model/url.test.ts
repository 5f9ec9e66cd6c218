import { describe, expect, test } from 'vitest'
import { limits, parseSearchTerms, parseUrl, toDomain, toStoredUrl, toUrlFields, type UrlOptions } from '../../src/model/index.ts'

describe('an address is taken apart', () => {
  test('into its parts, without the marks between them', () => {
    expect(toUrlFields('https://www.shop.example.com:8080/shoes/red?size=42&q=a+b#reviews')).toEqual({
      url: 'https://www.shop.example.com:8080/shoes/red?size=42&q=a+b#reviews',
      domain: 'shop.example.com',
      hostname: 'www.shop.example.com',
      pathname: '/shoes/red',
      queryString: 'size=42&q=a+b',
      fragment: 'reviews',
    })
  })

  test('without a query or a fragment there are none', () => {
    expect(toUrlFields('https://shop.example.com?#')).toEqual({
      url: 'https://shop.example.com?#',
      domain: 'shop.example.com',
      hostname: 'shop.example.com',
      pathname: '/',
    })
  })

  test.each(['', '/cart', 'cart', '//', 'http://', 'https://[', 'not an address', 'C:\\x', '%', '\u0000'])('what is no address (%j) becomes the pathname', url => {
    const { hostname, pathname, search, hash } = parseUrl(url)
    expect(hostname === '' || pathname !== '').toBe(true)
    expect(() => toUrlFields(url)).not.toThrow()
    if (!/^[a-z]+:/i.test(url)) expect([hostname, pathname, search, hash]).toEqual(['', url, '', ''])
  })

  test('a host that is not ASCII is shown as the browser sends it', () => {
    expect(parseUrl('https://bücher.example/ä').hostname).toBe('xn--bcher-kva.example')
  })
})

test.each([
  ['www.example.com', 'example.com'],
  ['example.com', 'example.com'],
  ['shop.www.example.com', 'shop.www.example.com'],
  ['www2.example.com', 'www2.example.com'],
  ['', ''],
])('the domain of %j is %j', (hostname, domain) => expect(toDomain(hostname)).toBe(domain))

describe('an address as it is stored', () => {
  test.each<[string, [address: string, stored: string], UrlOptions]>([
    ['has no credentials', ['https://ann:secret@shop.example.com/a', 'https://shop.example.com/a'], {}],
    ['has no fragment', ['https://shop.example.com/a#b', 'https://shop.example.com/a'], {}],
    ['keeps the fragment when it is wanted', ['https://shop.example.com/a#b', 'https://shop.example.com/a#b'], { keepFragment: true }],
    ['has no excluded parameter', ['https://shop.example.com/a?token=1&q=b&token=2', 'https://shop.example.com/a?q=b'], { excludedQueryParameters: ['token'] }],
    ['loses the mark with the last parameter', ['https://shop.example.com/a?token=1', 'https://shop.example.com/a'], { excludedQueryParameters: ['token'] }],
    ['keeps the writing of a query that loses nothing', ['https://shop.example.com/a?q=a%20b+c&x', 'https://shop.example.com/a?q=a%20b+c&x'], { excludedQueryParameters: ['token'] }],
    ['may be no address', ['/cart?a#b', '/cart?a#b'], {}],
    ['may be empty', ['', ''], {}],
  ])('%s', (_, [address, stored], options) => expect(toStoredUrl(address, options)).toBe(stored))

  test('is no longer than the wire allows, address or not', () => {
    expect(toStoredUrl(`https://shop.example.com/${'x'.repeat(9000)}`)).toHaveLength(limits.url)
    expect(toStoredUrl('x'.repeat(9000))).toHaveLength(limits.url)
  })
})

describe('search words', () => {
  const parameters = ['q', 'search']

  test.each<[string, string, string[]]>([
    ['are decoded', '?q=red+shoes%21', ['red shoes!']],
    ['come in the order of the parameters', '?search=b&q=a', ['a', 'b']],
    ['may be several of one parameter', '?q=a&q=b', ['a', 'b']],
    ['are trimmed, and blank ones left out', '?q=%20a%20&search=+', ['a']],
    ['are none without a parameter', '?query=a', []],
    ['are none in a fragment', '#?q=a', []],
    ['survive a broken escape', '?q=%E0%A4', ['\ufffd']],
  ])('%s', (_, query, words) => expect(parseSearchTerms(`https://shop.example.com/${query}`, parameters)).toEqual(words))

  test('stay within the limits of the wire', () => {
    const words = parseSearchTerms(`https://shop.example.com/?${`q=${'x'.repeat(300)}&`.repeat(30)}`, parameters)
    expect([words.length, words[0]!.length]).toEqual([limits.searchTerms, limits.searchTerm])
  })
})
