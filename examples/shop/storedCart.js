import { findProduct } from './catalogue.js'

/** @typedef {Map<string, number>} Cart quantities by product number */

const key = 'lantern-and-loom-cart'

/**
 * @param {unknown} value
 * @returns {value is number}
 */
const isQuantity = value => typeof value === 'number' && Number.isInteger(value) && value > 0

/**
 * What is stored may be anything: only known products in whole numbers count.
 *
 * @returns {Cart}
 */
export const readCart = () => {
  try {
    /** @type {[string, unknown][]} */
    const stored = Object.entries(JSON.parse(localStorage.getItem(key) ?? '{}'))
    return new Map(stored.flatMap(([sku, quantity]) => (findProduct(sku) && isQuantity(quantity) ? [[sku, quantity]] : [])))
  } catch {
    // Storage is blocked, or holds no JSON: the cart is empty.
    return new Map()
  }
}

/**
 * Keeps the cart, and tells the page.
 *
 * @param {Cart} cart
 * @returns false when the browser refuses to keep it
 */
export const writeCart = cart => {
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(cart)))
  } catch {
    return false
  }
  dispatchEvent(new Event('cart'))
  return true
}

/**
 * Lines of the cart, with their products.
 *
 * @param {Cart} cart
 */
export const toLines = cart =>
  [...cart].flatMap(([sku, quantity]) => {
    const product = findProduct(sku)
    return product ? [{ ...product, quantity }] : []
  })

/**
 * Sum of the lines, in euros.
 *
 * @param {{ price: number, quantity: number }[]} lines
 */
export const toTotal = lines => Math.round(lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0) * 100) / 100
