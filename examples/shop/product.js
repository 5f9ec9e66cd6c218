import './page.js'
import { findProduct } from './catalogue.js'
import { enable } from './enable.js'
import { readCart, writeCart } from './storedCart.js'

const form = document.querySelector('[data-add]')

form.addEventListener('submit', event => {
  event.preventDefault()
  const { sku, name, price } = findProduct(form.dataset.add)
  const quantity = form.elements.quantity.valueAsNumber
  const cart = readCart()
  const isKept = writeCart(cart.set(sku, (cart.get(sku) ?? 0) + quantity))
  sojourn('track', 'cart_add', { sku, name, price, quantity })
  const words = document.querySelector('main [role="status"]')
  words.textContent = isKept ? `${quantity} in the cart. ` : 'The browser does not let the shop keep a cart. '
  if (!isKept) return
  const link = document.createElement('a')
  link.href = 'cart.html'
  link.textContent = 'Look into it'
  words.append(link)
})

enable(form)
