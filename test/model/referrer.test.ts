import { expect, test } from 'vitest'
import { toReferrer } from '../../src/model/index.ts'

test('a referrer is its address, taken apart, of a medium that the collector finds out', () => {
  expect(toReferrer('https://www.google.com/search?q=shoes#top', 'shop.example.com')).toEqual({
    url: 'https://www.google.com/search?q=shoes#top',
    domain: 'google.com',
    hostname: 'www.google.com',
    pathname: '/search',
    queryString: 'q=shoes',
    fragment: 'top',
    medium: 'unknown',
  })
})

test.each([
  ['https://shop.example.com/a', 'shop.example.com', 'internal'],
  ['https://www.shop.example.com/a', 'shop.example.com', 'internal'],
  ['https://shop.example.com/a', 'www.shop.example.com', 'internal'],
  ['https://blog.example.com/a', 'shop.example.com', 'unknown'],
  ['https://shop.example.com.evil.example/', 'shop.example.com', 'unknown'],
  ['https://shop.example.com/a', undefined, 'unknown'],
  ['android-app://com.google.android.gm/', 'shop.example.com', 'unknown'],
  ['not an address', 'shop.example.com', 'unknown'],
  ['not an address', '', 'unknown'],
])('%s, seen from %s, is %s', (url, host, medium) => expect(toReferrer(url, host).medium).toBe(medium))

test('the referrer of an Android app is known by its package', () => {
  expect(toReferrer('android-app://com.google.android.gm/')).toMatchObject({ hostname: 'com.google.android.gm', domain: 'com.google.android.gm' })
})
