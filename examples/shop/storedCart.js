import { findProduct } from './catalogue.js'

const key = 'lantern-and-loom-cart'

/** Quantities by product number. What is stored may be anything: only known products in whole numbers count. */
export const readCart = () => {
  try {
    const stored = Object.entries(JSON.parse(localStorage.getItem(key) ?? '{}'))
    return new Map(stored.filter(([sku, quantity]) => findProduct(sku) && Number.isInteger(quantity) && quantity > 0))
  } catch {
    // Storage is blocked, or holds no JSON: the cart is empty.
    return new Map()
  }
}

/** Keeps the cart, and tells the page. @returns false when the browser refuses to keep it */
export const writeCart = cart => {
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(cart)))
  } catch {
    return false
  }
  dispatchEvent(new Event('cart'))
  return true
}

/** Lines of the cart, with their products. */
export const toLines = cart => [...cart].map(([sku, quantity]) => ({ ...findProduct(sku), quantity }))

/** Sum of the lines, in euros. */
export const toTotal = lines => Math.round(lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0) * 100) / 100
