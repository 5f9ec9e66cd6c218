// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "disableCSSFileLoading": true, "disableJavaScriptFileLoading": true, "handleDisabledFileLoadingAsSuccess": true } }
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogue, searchProducts, toMoney } from '../../examples/shop/catalogue.js'
import { readCart, toLines, toTotal, writeCart } from '../../examples/shop/storedCart.js'

const folder = join(import.meta.dirname, '../../examples/shop')
const names = readdirSync(folder).filter(name => name.endsWith('.html'))

const open = (name: string): Document => new DOMParser().parseFromString(readFileSync(join(folder, name), 'utf8'), 'text/html')

const attributes = (page: Document, selector: string, name: string): string[] =>
  [...page.querySelectorAll(selector)].map(element => element.getAttribute(name) ?? '')

/** The file that an address within the shop leads to. */
const toFile = (address: string): string => address.replace(/[?#].*$/, '').replace(/^\.\/$/, '') || 'index.html'

describe.each(names)('%s', name => {
  const page = open(name)

  test('leads only to what is there', () => {
    const addresses = [
      ...attributes(page, 'a', 'href'),
      ...attributes(page, 'link', 'href'),
      ...attributes(page, 'script, img', 'src'),
      ...attributes(page, 'form[action]', 'action'),
    ]
    // `/` is the live page, and a fragment stays on the page.
    const inside = addresses.filter(address => address !== '/' && !address.startsWith('#'))
    expect(inside.filter(address => !existsSync(join(folder, toFile(address))))).toEqual([])
  })

  test('has nothing inline that a strict policy would block', () => {
    expect([...page.querySelectorAll('style, script:not([src])')]).toEqual([])
    const names = [...page.querySelectorAll('*')].flatMap(element => [...element.attributes].map(attribute => attribute.name))
    expect(names.filter(each => /^(on.|style$)/.test(each))).toEqual([])
  })

  test('starts Sojourn before anything else, and has a name of its own', () => {
    expect(attributes(page, 'script', 'src')[0]).toBe('sojourn-tag.js')
    expect(names.filter(other => open(other).title === page.title)).toEqual([name])
  })
})

describe('the catalogue', () => {
  test.each(catalogue)('says of $sku what its page says', ({ sku, name, price }) => {
    const page = open(`${sku}.html`)
    const said = ['h1', '.product .price'].map(selector => page.querySelector(selector)?.textContent)
    expect([...said, ...attributes(page, 'form[data-add]', 'data-add')]).toEqual([name, toMoney(price), sku])
  })

  test.each([
    ['wool', ['fjord-blanket']],
    ['TABLE linen', ['linen-runner']],
    ['lamp', ['aurora-lamp', 'ember-lantern', 'dune-lamp']],
    ['carpet', []],
    ['  ', []],
  ])('finds by %j', (query, skus) => expect(searchProducts(query).map(({ sku }) => sku)).toEqual(skus))
})

describe('the cart', () => {
  test('is kept, and adds up without errors of fractions', () => {
    writeCart(new Map([['aurora-lamp', 3], ['ember-lantern', 1]]))
    expect(toTotal(toLines(readCart()))).toBe(184.2)
  })

  test.each(['', 'no json', '[]', '{"nothing":1}', '{"aurora-lamp":-1}', '{"aurora-lamp":"2"}', '{"__proto__":{"a":1}}', 'null'])('is empty when %j is stored', stored => {
    localStorage.setItem('lantern-and-loom-cart', stored)
    expect([...readCart()]).toEqual([])
  })
})
