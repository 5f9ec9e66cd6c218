/** @typedef {{ sku: string, name: string, price: number, words: string }} Product a price is in euros */

/**
 * What the shop sells, for the pages that are made in the browser. The product pages say the same in plain HTML.
 *
 * @type {Product[]}
 */
export const catalogue = [
  { sku: 'aurora-lamp', name: 'Aurora table lamp', price: 49.9, words: 'lamp light amber paper beech table' },
  { sku: 'ember-lantern', name: 'Ember storm lantern', price: 34.5, words: 'lamp lantern light candle steel glass garden' },
  { sku: 'dune-lamp', name: 'Dune floor lamp', price: 129, words: 'lamp light oak linen floor reading' },
  { sku: 'fjord-blanket', name: 'Fjord wool blanket', price: 89, words: 'textile wool blanket warm' },
  { sku: 'heather-cushion', name: 'Heather cushion', price: 27.5, words: 'textile cotton cushion pillow feather' },
  { sku: 'linen-runner', name: 'Linen table runner', price: 39, words: 'textile linen table runner' },
]

/**
 * Finds the product with that number.
 *
 * @param {string} sku
 */
export const findProduct = sku => catalogue.find(product => product.sku === sku)

/**
 * Products that have every word of a query in their name or description.
 *
 * @param {string} query
 */
export const searchProducts = query => {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean)
  const isFound = (/** @type {Product} */ { name, words }) => wanted.every(word => `${name} ${words}`.toLowerCase().includes(word))
  return wanted.length ? catalogue.filter(isFound) : []
}

/**
 * Euros as the shop shows them.
 *
 * @param {number} value
 */
export const toMoney = value => `€${value.toFixed(2)}`
