import { expect, test } from 'vitest'
import { toPage } from '../../src/model/index.ts'

test('a page is its address, taken apart, and what it says about itself', () => {
  expect(
    toPage({
      url: 'https://www.shop.example.com/shoes?size=42#red',
      title: 'Shoes',
      referrer: 'https://www.shop.example.com/',
      lang: 'de',
      keywords: 'shoes, red',
      breadcrumb: ['Shop', 'Shoes'],
    }),
  ).toEqual({
    url: 'https://www.shop.example.com/shoes?size=42#red',
    title: 'Shoes',
    domain: 'shop.example.com',
    hostname: 'www.shop.example.com',
    pathname: '/shoes',
    queryString: 'size=42',
    fragment: 'red',
    lang: 'de',
    keywords: 'shoes, red',
    breadcrumb: ['Shop', 'Shoes'],
  })
})

test('a page that says nothing about itself has an address and an empty breadcrumb', () => {
  expect(toPage({ url: 'https://shop.example.com/' })).toEqual({
    url: 'https://shop.example.com/',
    domain: 'shop.example.com',
    hostname: 'shop.example.com',
    pathname: '/',
    breadcrumb: [],
  })
})

test('a pseudo path of an app is the pathname', () => {
  expect(toPage({ url: 'app/cart', title: 'Cart' })).toEqual({ url: 'app/cart', title: 'Cart', domain: '', hostname: '', pathname: 'app/cart', breadcrumb: [] })
})
